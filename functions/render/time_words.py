"""The words for times: dates, moments and how long something lasted."""

from datetime import date as Date  # noqa: N812 (a method below has the plain name)
from datetime import datetime
from typing import Final

from functions.render.speech import Speech

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


class TimeWords(Speech):
    """Says dates, moments and spans."""

    def duration(self, seconds: float) -> str:
        """Return a span in its two largest units, cut and not rounded: `2 hours 5 minutes`."""
        whole = max(0, int(seconds))
        if whole < _MINUTE:
            return self._count("%(n)d second", "%(n)d seconds", whole)
        days, rest = divmod(whole, _DAY)
        hours, rest = divmod(rest, _HOUR)
        parts = [
            self._count("%(n)d day", "%(n)d days", days) if days else "",
            self._count("%(n)d hour", "%(n)d hours", hours) if hours else "",
            self._count("%(n)d minute", "%(n)d minutes", rest // _MINUTE) if rest >= _MINUTE and not days else "",
        ]
        return self.formats.duration([part for part in parts if part])

    def date(self, day: Date) -> str:
        """Return `22 November 2026`."""
        return self.formats.say_date(day)

    def month(self, day: Date) -> str:
        """Return `November 2026`."""
        return self.formats.say_month(day)

    def month_alone(self, day: Date) -> str:
        """Return `November 2026` as a heading or a link: with a capital also where a sentence has none (`novembre`)."""
        said = self.month(day)
        return said[:1].upper() + said[1:]

    def moment(self, at: datetime) -> str:
        """Return `22 November 2026, 12:04 UTC`."""
        return self.formats.say_moment(at)
