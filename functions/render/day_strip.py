"""The days of a strip as one short attribute, from which the page's script says what a day was like.

Elements with their titles would take 4,500 of them on a page of 50 monitors. Days stand oldest first, separated by
blanks; days in a row that say the same are one piece with their number before it:

    [number] verdict [percent] [, seconds down] [, coverage]        12u x97.70,1980 g 40u u,,98 n

`u` is up, `g` degraded, `x` down, `m` maintenance, `n` no data. What is left out is the ordinary: 100 % uptime (`-`
says that there is none), no second down, all of the day known.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from functions.domain.public_figures import DayBar
from functions.domain.public_incident import IncidentView
from functions.domain.verdict import Verdict
from functions.render import figures
from functions.render.words import Words

LETTERS: Final = {
    Verdict.UP: "u",
    Verdict.DEGRADED: "g",
    Verdict.DOWN: "x",
    Verdict.MAINTENANCE: "m",
    Verdict.NO_DATA: "n",
}


def encode_days(days: Sequence[DayBar]) -> str:
    """Return the days in the format above."""
    pieces = ((piece, len(list(alike))) for piece, alike in groupby(map(_piece, days)))
    return " ".join(f"{count if count > 1 else ''}{piece}" for piece, count in pieces)


def encode_incidents(incidents: Iterable[IncidentView], words: Words, names: Mapping[str, str]) -> list[list[object]]:
    """Return what a day's links need of each incident: id, title, first and last day, monitors.

    The last day is None while it goes on; `names` are the monitors' by id.
    """
    return [
        [
            incident.id,
            words.incident_title(incident, names),
            f"{incident.started_at:%Y-%m-%d}",
            None if incident.resolved_at is None else f"{incident.resolved_at:%Y-%m-%d}",
            list(incident.monitors),
        ]
        for incident in incidents
    ]


def _piece(bar: DayBar) -> str:
    letter = LETTERS[bar.verdict]
    if bar.verdict is Verdict.NO_DATA:
        return letter
    percent = "-" if bar.uptime.percent is None else figures.percent(bar.uptime.percent)
    coverage = figures.coverage(bar.uptime.coverage)
    fields = (
        "" if percent == "100" else percent,
        str(bar.uptime.down_seconds or ""),
        "" if coverage == "100" else coverage,
    )
    return letter + ",".join(fields).rstrip(",")
