"""The keys of the table's items and how long each is kept: docs/architecture.md has the table of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

STATE = "STATE"
INCIDENT = "INCIDENT"
OPEN_INCIDENT = "INCIDENT#OPEN"
INCIDENT_RECEIPT = "INCIDENT#RECEIPT"
EVENTS = "EVENT#*"
"""The partitions of all events, as a pattern of IAM's."""
HOUR = "HOUR"
DAY = "DAY"
USUAL = "USUAL"
RENDER = "RENDER"
RENDER_CLAIM = "claim"
PING = "PING"
PING_BODY = "PING#BODY"
PING_KEYS = "PING#KEYS"

KEEP_EVENTS = timedelta(days=90)
KEEP_HOURS = timedelta(days=100)
KEEP_RECEIPTS = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long runs and days are kept; the rest is not for the user to choose."""

    runs: timedelta = timedelta(days=35)
    days: timedelta = timedelta(days=800)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Retention":
        """Return what RETAIN_RUNS_DAYS and RETAIN_DAYS_DAYS say, the defaults where they are not set."""
        default = cls()
        runs, days = environ.get("RETAIN_RUNS_DAYS"), environ.get("RETAIN_DAYS_DAYS")
        return cls(
            runs=timedelta(days=int(runs)) if runs else default.runs,
            days=timedelta(days=int(days)) if days else default.days,
        )


def run_partition(at: datetime) -> str:
    """Return the partition of the runs of the hour that `at` is in."""
    return f"RUN#{hour_key(at)}"


def run_key(at: datetime, shard: str, region: str) -> str:
    """Return a run's key within its hour: minute first, so that an hour reads oldest first."""
    return f"{at.astimezone(UTC):%M}#{shard}#{region}"


def run_bound(hour: datetime, since: datetime) -> str:
    """Return the lowest key of the runs of an hour that were scheduled at `since` or later."""
    return f"{max(hour, since).astimezone(UTC):%M}"


def event_partition(at: datetime) -> str:
    """Return the partition of the events of the day that `at` is in."""
    return f"EVENT#{at.astimezone(UTC):%Y-%m-%d}"


def incident_bound(since: datetime) -> str:
    """Return what the ids of incidents that started at `since` or later are not below."""
    return f"{since.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def incident_day(incident_id: str) -> date:
    """Return the UTC day on which the incident started, which its id begins with."""
    return date.fromisoformat(incident_id[:8])


def hour_key(hour: datetime) -> str:
    """Return the hour as the keys of runs and hours begin."""
    return f"{hour.astimezone(UTC):%Y-%m-%dT%H}"


def hour_of(key: str) -> datetime:
    """Return the hour that the key of an hour's history begins with."""
    return datetime.strptime(key.partition("#")[0], "%Y-%m-%dT%H").replace(tzinfo=UTC)


def day_of(key: str) -> date:
    """Return the day that the key of a day's history begins with."""
    return date.fromisoformat(key.partition("#")[0])


def claim_time(at: datetime) -> str:
    """Return `at` in a form whose order as text is the order in time."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def expiry(at: date, keep: timedelta) -> str:
    """Return the epoch second at which something of `at` may be forgotten, as DynamoDB's TTL wants it."""
    start = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)
    return str(int((start + keep).timestamp()))
