"""Names and times as an announcement writes them: on one line, and short enough."""

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from functions.domain.wording import cut, visible

_ASCII = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d",
        "þ": "th", "ł": "l", "Ł": "L", "ı": "i", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"',  # noqa: RUF001 - they are here to be replaced
        "„": '"', "…": "...", "€": "EUR", "·": "-", "•": "-", "×": "x",  # noqa: RUF001 - they are here to be replaced
    }
)  # fmt: skip
"""What Unicode does not take apart by itself."""


def one_line(text: str, limit: int) -> str:
    """Return the text on one line, with nothing invisible in it, of at most `limit` characters."""
    return cut(visible(" ".join(text.split())), limit)


def ascii_name(name: str, *, otherwise: str, limit: int) -> str:
    """Return the name in printable ASCII; `otherwise` (an id) where less than half of its letters would be left.

    Accents are taken off, and what has no ASCII (emoji, other scripts) is left out.
    """
    plain = _ascii(name)
    letters = sum(c.isalnum() for c in name)
    kept = sum(c.isalnum() for c in plain)
    chosen = plain if kept and 2 * kept >= letters else _ascii(otherwise)
    return chosen if len(chosen) <= limit else f"{chosen[: limit - 3].rstrip()}..."


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split()).translate(_ASCII))
    return " ".join("".join(c for c in decomposed if c.isascii() and c.isprintable()).split())


def clock(at: datetime, *, seen_at: datetime) -> str:
    """Return the hour and minute in UTC, with the day where that is not the day of `seen_at`."""
    at, seen_at = at.astimezone(UTC), seen_at.astimezone(UTC)
    return f"{at:%H:%M} UTC" if at.date() == seen_at.date() else f"{at.day} {at:%b %H:%M} UTC"


def full_time(at: datetime, time_zone: str) -> str:
    """Return the time in UTC and, where it is another, in the page's time zone."""
    utc = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    try:
        local = at.astimezone(ZoneInfo(time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        # The time is known all the same: an announcement does not fail for want of a time zone's rules.
        return utc
    return utc if local.utcoffset() == timedelta(0) else f"{utc} ({local:%Y-%m-%d %H:%M:%S} {time_zone})"


def duration(length: timedelta) -> str:
    """Return a length in its two largest units, e.g. "3 h 20 min"."""
    seconds = max(0, int(length.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((n for n, (amount, _) in enumerate(parts) if amount), len(parts) - 1)
    return " ".join(f"{amount} {unit}" for amount, unit in parts[first : first + 2] if amount) or "0 s"
