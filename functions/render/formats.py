"""How a language writes dates, numbers and lists: forms of the Unicode CLDR, made into a small file at build time.

`site_templates/locales/{language}/formats.json` is written by `make locales` (localisation/cldr.py); nothing here
needs Babel or the CLDR. A folder with such a file is what makes a language one that a page can have.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 (a method below has the plain name)
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup, escape

from functions.render import figures
from functions.render.locales import FILE

_SECOND_MS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """One language's forms; `{name}` in them is where a value goes. All methods are pure.

    `date_months` are the months as they stand in a date, `month_months` as they stand beside a year alone; many
    languages decline the one and not the other. `list_*` join names, `spans` the parts of a duration, `sentences` is
    what stands between two sentences.
    """

    direction: str
    date: str
    date_months: tuple[str, ...]
    month: str
    month_months: tuple[str, ...]
    moment: str
    decimal: str
    percent: str
    milliseconds: str
    seconds: str
    list_pair: str
    list_start: str
    list_middle: str
    list_end: str
    spans: str
    sentences: str

    def say_date(self, day: Date) -> str:
        """Return `22 November 2026`."""
        return self.date.format(day=day.day, month=self.date_months[day.month - 1], year=day.year)

    def say_month(self, day: Date) -> str:
        """Return `November 2026`."""
        return self.month.format(month=self.month_months[day.month - 1], year=day.year)

    def say_moment(self, at: datetime) -> str:
        """Return `22 November 2026, 12:04 UTC`, in the zone that `at` is in."""
        return self.moment.format(date=self.say_date(at), time=clock(at))

    def number(self, figure: str) -> str:
        """Return a figure that has a point in the language's way."""
        return figure.replace(".", self.decimal)

    def in_percent(self, value: float) -> str:
        """Return `99.98 %`: floored, with the sign where the language has it."""
        return self.percent.format(number=self.number(figures.percent(value)))

    def share(self, value: float) -> str:
        """Return `97 %`: whole percent, floored."""
        return self.percent.format(number=figures.coverage(value))

    def response(self, milliseconds: float) -> str:
        """Return `127 ms`, or `1.27 s` from a second on."""
        if milliseconds >= _SECOND_MS:
            return self.seconds.format(number=self.number(f"{milliseconds / _SECOND_MS:.2f}"))
        return self.milliseconds.format(number=max(1, round(milliseconds)))

    def names(self, names: Sequence[str]) -> Markup:
        """Return names in a sentence, each keeping its own reading direction; empty for none."""
        said = [Markup("<bdi>{}</bdi>").format(name) for name in names]
        if len(said) < 2:  # noqa: PLR2004 (below two there is nothing to join)
            return said[0] if said else Markup()
        if len(said) == 2:  # noqa: PLR2004 (a pair has a form of its own)
            return _joined(self.list_pair, *said)
        *middle, last = said[1:]
        joined = said[0]
        for position, name in enumerate(middle):
            joined = _joined(self.list_middle if position else self.list_start, joined, name)
        return _joined(self.list_end, joined, last)

    def listed(self, names: Sequence[str]) -> str:
        """Return names in a sentence, as plain text; empty for none."""
        if len(names) < 2:  # noqa: PLR2004 (below two there is nothing to join)
            return "".join(names)
        if len(names) == 2:  # noqa: PLR2004 (a pair has a form of its own)
            return self.list_pair.format(*names)
        first, *middle, last = names
        for position, name in enumerate(middle):
            first = (self.list_middle if position else self.list_start).format(first, name)
        return self.list_end.format(first, last)

    @property
    def comma(self) -> str:
        """Return what stands between the entries of a list."""
        return self.list_middle.format("", "")

    def duration(self, parts: Sequence[str]) -> str:
        """Return the parts of a duration as one: `2 hours 5 minutes`."""
        first, *others = parts
        for part in others:
            first = self.spans.format(first, part)
        return first


def load_formats(language: str, locales: Path) -> Formats:
    """Return the forms of `language`, English ones where it has none."""
    file = locales / language / FILE
    if not file.is_file():
        file = locales / "en" / FILE
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    for key in ("date_months", "month_months"):
        document[key] = tuple(document[key])
    return Formats(**document)


def zone_name(at: datetime) -> str:
    """Return what `at`'s zone is called then: `UTC`, `CET`, or, of a zone that has no letters of its own, `UTC+3`."""
    name = at.tzname() or "UTC"
    if name[:1].isalpha():
        return name
    minutes = (at.utcoffset() or timedelta(0)) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")  # noqa: RUF001 (a minus sign)


def clock(at: datetime) -> str:
    """Return `12:04 UTC`: hours to 24, so that nobody has to ask which half of the day is meant."""
    return f"{at:%H:%M} {zone_name(at)}"


def utc(at: datetime) -> str:
    """Return `2026-11-22T12:04:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _joined(pattern: str, before: Markup, name: Markup) -> Markup:
    """Return both in the pattern; where no space parts them, a line may break before the name.

    A browser that keeps Japanese phrases together would otherwise break a long name in its middle.
    """
    spaced = pattern.partition("{1}")[0].endswith(" ")
    return escape(pattern).format(before, name if spaced else Markup("<wbr>") + name)
