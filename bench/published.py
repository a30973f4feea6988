"""The tables of docs/ that say what `make bench` measured, written between their markers from bench/latest.json.

A table stands between `<!-- bench: NAME -->` and `<!-- end -->`; what is written around it is for people to keep true.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from bench.lighthouse import CATEGORIES
from bench.probe.contest import NAMES
from bench.probe.tables import MOST
from bench.services import REPOSITORY
from bench.site import COLUMNS

PAGES = (REPOSITORY / "docs" / "cost.md", REPOSITORY / "docs" / "benchmarks.md")
_MARKED = re.compile(r"(<!-- bench: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def publish(latest: Mapping[str, Any], pages: Sequence[Path] = PAGES) -> list[Path]:
    """Write all marked tables anew and return the pages that changed; raises KeyError for a name that is unknown."""
    changed = []
    for page in pages:
        before = page.read_text(encoding="utf-8")
        after = filled(before, latest)
        if after != before:
            page.write_text(after, encoding="utf-8")
            changed.append(page)
    return changed


def filled(text: str, latest: Mapping[str, Any]) -> str:
    """Return `text` with the tables between its markers made from `latest`."""
    return _MARKED.sub(lambda found: f"{found[1]}{_drawn(found['name'], latest)}{found[3]}", text)


def _drawn(name: str, latest: Mapping[str, Any]) -> str:
    part, table = TABLES[name]
    return table(latest) if part in latest else "Not measured yet.\n"


def _table(head: Sequence[str], rows: Iterator[Sequence[str]], at: str, *, left: int = 1) -> str:
    lines = [head, ["---"] * left + ["---:"] * (len(head) - left), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + f"\nRun of {at[:10]}.\n"


def _bill(latest: Mapping[str, Any]) -> str:
    cost = latest["cost"]
    sizes = sorted(cost["sizes"], key=int)
    bills = {size: {line["name"]: line["dollars"] for line in cost["sizes"][size]["lines"]} for size in sizes}
    dearest = bills["100"] if "100" in bills else bills[sizes[-1]]
    names = sorted({name for bill in bills.values() for name in bill}, key=lambda name: -dearest.get(name, 0))

    def rows() -> Iterator[Sequence[str]]:
        for name in names:
            yield [name, *(f"{bills[size][name]:.4f}" if name in bills[size] else "" for size in sizes)]
        yield ["**together**", *(f"**{cost['sizes'][size]['dollars']:.2f}**" for size in sizes)]

    return _table(["", *(f"{int(size):,} monitors" for size in sizes)], rows(), cost["at"])


def _cpu(latest: Mapping[str, Any]) -> str:
    measured = latest["probe"]["cpu_ms_per_check"]
    names = list(next(iter(measured.values())))
    rows = ([scheme, *(f"{by_name[name]:.2f}" for name in names)] for scheme, by_name in measured.items())
    return _table(["", *names], rows, latest["probe"]["at"])


def _truth(latest: Mapping[str, Any]) -> str:
    def row(place: _Place, cells: Mapping[str, Mapping[str, Any]]) -> Sequence[str]:
        ours = cells[NAMES[0]]
        seen = [
            (f"{cells[name]['reported_ms']:.0f}", f"{cells[name]['error_ms']['first_byte']:.0f}", _true(cells[name]))
            for name in NAMES
        ]
        return [*_situation(place), f"{ours['truth_ms']:.0f}", *chain.from_iterable(seen), str(ours["busy"])]

    columns = chain.from_iterable((name, "p95", "true") for name in NAMES)
    head = ["CPU", "scheme", "checks", "truth", *columns, "busy"]
    return _table(head, (row(*each) for each in _places(latest).items()), latest["probe"]["at"], left=2)


def _wall(latest: Mapping[str, Any]) -> str:
    rows = (
        [*_situation(place)[:2], *(f"{cells[name]['wall_ms']:.0f}" for name in NAMES)]
        for place, cells in _places(latest).items()
        if place[2] == MOST
    )
    return _table(["CPU", "scheme", *NAMES], rows, latest["probe"]["at"], left=2)


_Place = tuple[int, str, int]


def _places(latest: Mapping[str, Any]) -> Mapping[_Place, Mapping[str, Mapping[str, Any]]]:
    """Return the measured cells by situation (thousandths of a CPU, scheme, checks at once) and contestant."""
    places: dict[_Place, dict[str, Mapping[str, Any]]] = {}
    for cell in latest["probe"]["times"]:
        places.setdefault((cell["share"], cell["scheme"], cell["at_once"]), {})[cell["contestant"]] = cell
    return places


def _situation(place: _Place) -> tuple[str, str, str]:
    share, scheme, at_once = place
    return f"{share}/1000", scheme, str(at_once)


def _true(cell: Mapping[str, Any]) -> str:
    return f"{100 * min(cell['true'].values()):.0f} %"


def _imports(latest: Mapping[str, Any]) -> str:
    rows = (
        [name, f"{seen['ms']:.0f}", f"{seen['cpu_ms']:.0f}", str(seen["modules"])]
        for name, seen in sorted(latest["imports"]["handlers"].items())
    )
    return _table(["handler", "ms", "CPU ms", "modules"], rows, latest["imports"]["at"])


def _site(latest: Mapping[str, Any]) -> str:
    rows = ([f"{row[key]:,}" for key in COLUMNS] for row in latest["site"]["rows"])
    return _table(list(COLUMNS.values()), rows, latest["site"]["at"], left=0)


def _writes(latest: Mapping[str, Any]) -> str:
    sizes = sorted(latest["cost"]["sizes"].items(), key=lambda each: int(each[0]))
    rows = (
        [f"{int(size):,}", *(f"{seen['measured'][hour]['s3_writes']:.0f}" for hour in ("quiet_hour", "troubled_hour"))]
        for size, seen in sizes
    )
    return _table(["monitors", "PUTs in a quiet hour", "in one with two outages"], rows, latest["cost"]["at"], left=0)


def _lighthouse(latest: Mapping[str, Any]) -> str:
    rows = (
        [row["page"], row["device"], *(str(row["scores"][each]) for each in CATEGORIES)]
        for row in latest["lighthouse"]["rows"]
    )
    return _table(["page", "device", *CATEGORIES], rows, latest["lighthouse"]["at"], left=2)


def _replay(latest: Mapping[str, Any]) -> str:
    rows = (
        [form, *(str(row[key]) for key in ("cpu_s", "wall_s", "memory_mb", "events"))]
        for form, row in latest["replay"]["forms"].items()
    )
    return _table(["lines", "CPU s", "wall s", "memory MB", "events"], rows, latest["replay"]["at"])


TABLES: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "bill": ("cost", _bill),
    "cpu": ("probe", _cpu),
    "truth": ("probe", _truth),
    "wall": ("probe", _wall),
    "imports": ("imports", _imports),
    "site": ("site", _site),
    "writes": ("cost", _writes),
    "lighthouse": ("lighthouse", _lighthouse),
    "replay": ("replay", _replay),
}
"""What a marker may name: the part of latest.json that it needs, and how its table is drawn."""
