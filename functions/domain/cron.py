"""When a cron expression is due: cron's own rules, daylight saving time included, by cronsim.

cronsim follows Debian's cron (man 8 cron): a job at a fixed time that falls into the hour that is skipped in spring is
due at once after it, and one in the hour that comes twice in autumn is due once. Jobs that run hourly or more often are
due whenever the clock on the wall says so.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

FIELDS = 5


class CronError(ValueError):
    """The expression is none, or is never due; the message says why."""


def check_cron(expression: str) -> None:
    """Raise CronError unless `expression` has cron's five fields and is due at some time."""
    if len(expression.split()) != FIELDS:
        raise CronError("five fields are needed: minute, hour, day of the month, month, day of the week")
    try:
        next(CronSim(expression, datetime(2024, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        raise CronError(str(error)[:1].lower() + str(error)[1:]) from error
    except StopIteration as error:
        raise CronError("there is no such day") from error


def next_due(expression: str, time_zone: str, after: datetime) -> datetime:
    """Return the first time (UTC) later than `after` at which `expression` is due in `time_zone`.

    Raises CronError for an expression that `check_cron` refuses.
    """
    try:
        times = CronSim(expression, after.astimezone(ZoneInfo(time_zone)))
        # In the hour that comes twice, cronsim counts from the clock on the wall, which stood there an hour ago too.
        return next(due for time in times if (due := time.astimezone(UTC)) > after)
    except (CronSimError, StopIteration) as error:
        raise CronError(f"{expression} is never due") from error
