"""How `pulseboard check` shows a run: as a table for people, as a document for machines."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.tables import print_table
from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.checks.steps import Steps
from functions.domain.monitor import Monitor
from functions.domain.part import Part
from functions.domain.result import Phases
from functions.domain.run import Run
from functions.domain.verdict import Phase, Verdict
from functions.domain.whereabouts import whereabouts

_STYLES = {Verdict.UP: "green", Verdict.DEGRADED: "yellow", Verdict.DOWN: "bold red", Verdict.NO_DATA: "magenta"}
_HEADS = {Phase.DNS: "DNS", Phase.CONNECT: "connect", Phase.TLS: "TLS", Phase.FIRST_BYTE: "first byte"}
_ROOM_FOR_PHASES = 72


def all_up(monitors: Sequence[Monitor], run: Run) -> bool:
    """Tell whether every monitor that can be checked from here was and is up: a heartbeat reports to its deployment."""
    checked = (m for m in monitors if not isinstance(m.check, Heartbeat))
    return all(m.id in run.results and run.results[m.id].verdict is Verdict.UP for m in checked)


def check_document(monitors: Sequence[Monitor], run: Run) -> dict[str, object]:
    """Return what `--json` prints: one entry for each monitor, in the file's order; times in ms."""
    return {"results": [_entry(monitor, run) for monitor in monitors]}


def check_table(monitors: Sequence[Monitor], run: Run, *, console: Console) -> None:
    """Print a line for each monitor, in the file's order, and below it why those that are not up are not."""
    # A narrow terminal has no room for the phases beside the ids; `--json` has them anyway.
    phases = tuple(Phase) if not console.is_terminal or console.width >= _ROOM_FOR_PHASES else ()
    heads = ["status", *(_HEADS.get(phase, phase.value) for phase in phases), "total ms"]
    if console.is_terminal:  # on two lines: each column less is one more for the ids
        heads = [head.replace(" ", "\n") for head in heads]
    print_table(_times(monitors, run, phases, heads), console=console)
    for monitor in monitors:
        steps = _steps(monitor, run)
        if steps:
            told = ", ".join(f"{name} {_number(ms)}{'' if ms is None else ' ms'}" for name, ms in steps)
            console.print(Text.assemble((monitor.id, "dim"), f": {told}"), soft_wrap=not console.is_terminal)
    for monitor in monitors:
        verdict, *_, reason = _seen(monitor, run)
        if reason:
            failure = run.results[monitor.id].failure if monitor.id in run.results else None
            kind = f" ({failure.kind})" if failure else ""
            told = reason.removeprefix(f"{failure.kind}: ") if failure else reason
            words = Text.assemble((monitor.id, _STYLES[verdict]), f" is {verdict}{kind}: {told}")
            console.print(words, soft_wrap=not console.is_terminal)
            who = failure and (
                failure.attribution.words
                if failure.attribution
                else whereabouts(failure, run.results[monitor.id].last.status_code)
            )
            if who:
                console.print(Text(f"  {who}"), soft_wrap=not console.is_terminal)
        if monitor.expand is not None and monitor.id in run.results:
            shown = Text.assemble((monitor.id, _STYLES[verdict]), " has the parts: ", *_parts_line(monitor, run))
            console.print(shown, soft_wrap=not console.is_terminal)


def _times(monitors: Sequence[Monitor], run: Run, phases: Sequence[Phase], heads: Sequence[str]) -> Table:
    """Return the table of verdicts and times; of its columns, only the ids are folded where there is no room."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("monitor", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for monitor in monitors:
        verdict, seen, status, latency, _ = _seen(monitor, run)
        times = (getattr(seen, phase.value) for phase in phases)
        table.add_row(
            monitor.id, Text(verdict, style=_STYLES[verdict]), _number(status), *map(_number, times), _number(latency)
        )
    return table


def _parts_line(monitor: Monitor, run: Run) -> list[str | tuple[str, str]]:
    parts = _parts(monitor, run)
    if not parts:
        return ["none that could be read"]
    pieces: list[str | tuple[str, str]] = []
    for part in parts:
        word = "says nothing that is understood" if part.verdict is Verdict.NO_DATA else part.verdict.value
        pieces += [", " if pieces else "", f"{part.name} ", (word, _STYLES[part.verdict])]
    return pieces


def _parts(monitor: Monitor, run: Run) -> tuple[Part, ...]:
    """Return the parts of a monitor's health body; none where they are not shown."""
    result = run.results.get(monitor.id)
    return () if result is None else result.last.parts


def _steps(monitor: Monitor, run: Run) -> list[tuple[str, float | None]]:
    """Return the steps of a monitor that has them, with their milliseconds; None for one that was not reached."""
    if not isinstance(monitor.check, Steps) or monitor.id not in run.results:
        return []
    return list(zip_longest((step.name for step in monitor.check.steps), run.results[monitor.id].last.steps))


def _entry(monitor: Monitor, run: Run) -> dict[str, object]:
    verdict, phases, status, latency, reason = _seen(monitor, run)
    result = run.results.get(monitor.id)
    failure = result.failure if result else None
    steps = _steps(monitor, run)
    return {
        "monitor": monitor.id,
        "verdict": verdict.value,
        "failure": failure.kind.value if failure else None,
        "reason": reason,
        "attribution": failure.attribution.words if failure and failure.attribution else None,
        "status_code": status,
        "latency_ms": _rounded(latency),
        "phases": {phase.value: _rounded(getattr(phases, phase.value)) for phase in Phase},
        **({"steps": [{"name": name, "ms": _rounded(ms)} for name, ms in steps]} if steps else {}),
        "parts": {part.name: part.verdict.value for part in _parts(monitor, run)},
    }


def _seen(monitor: Monitor, run: Run) -> tuple[Verdict, Phases, int | None, float | None, str | None]:
    """Return verdict, phases, status code, latency and reason of one monitor."""
    result = run.results.get(monitor.id)
    if result is None:
        return Verdict.NO_DATA, Phases(), None, None, run.unmade.get(monitor.id)
    failure = result.failure
    last = result.last
    return result.verdict, last.phases, last.status_code, last.latency_ms, failure.reason if failure else None


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 1)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)
