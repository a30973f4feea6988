"""When cron schedules are due, on ordinary days and on those when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.cron import CronError, check_cron, next_due

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata", "UTC")


def utc(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "zone", "after", "due"),
    [
        ("0 3 * * *", "Europe/Berlin", "2026-01-10T02:00", "2026-01-11T02:00"),
        ("0 3 * * *", "Europe/Berlin", "2026-07-10T01:00", "2026-07-11T01:00"),
        ("*/5 * * * *", "UTC", "2026-01-10T02:04", "2026-01-10T02:05"),
        ("0 9 * * 1-5", "America/New_York", "2026-11-20T15:00", "2026-11-23T14:00"),
        ("0 0 1 * *", "Asia/Kolkata", "2026-01-31T18:30", "2026-02-28T18:30"),
        ("0 0 29 2 *", "UTC", "2026-01-01T00:00", "2028-02-29T00:00"),
        # Clocks go from 02:00 to 03:00 on 29 March: there is no 02:30, the job is due at once after it.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T01:30", "2026-03-29T01:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00", "2026-03-30T00:30"),
        # From 03:00 back to 02:00 on 25 October: 02:30 comes twice, the job is due once.
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T00:30", "2026-10-25T00:30"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10", "2026-10-26T01:30"),
        # In New York from 02:00 to 03:00 on 8 March, and from 02:00 back to 01:00 on 1 November.
        ("30 2 * * *", "America/New_York", "2026-03-07T07:30", "2026-03-08T07:00"),
        ("30 2 * * *", "America/New_York", "2026-03-08T07:00", "2026-03-09T06:30"),
        ("30 2 * * *", "America/New_York", "2026-10-31T06:30", "2026-11-01T07:30"),
        ("30 1 * * *", "America/New_York", "2026-10-31T05:30", "2026-11-01T05:30"),
        ("30 1 * * *", "America/New_York", "2026-11-01T05:30", "2026-11-02T06:30"),
        # What runs each hour runs in each, also in the one that comes twice.
        ("30 * * * *", "America/New_York", "2026-11-01T05:30", "2026-11-01T06:30"),
        ("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:00"),
    ],
)
def test_a_schedule_is_due_when_cron_would_run_it(expression: str, zone: str, after: str, due: str) -> None:
    """In the zone's own time, whatever its offset is on that day."""
    assert next_due(expression, zone, utc(after)) == utc(due)


@given(
    expression=st.sampled_from(["30 2 * * *", "0 3 * * *", "15 1,2 * * *", "59 23 * * 0", "30 */2 * * *", "7 * * * *"]),
    zone=st.sampled_from(ZONES),
    after=st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis wants naive bounds
)
def test_the_next_time_is_later_and_there_is_none_between(expression: str, zone: str, after: datetime) -> None:
    """From anywhere between two times, the next is the same; and it stands on the clock as it is written."""
    due = next_due(expression, zone, after)
    assert due > after
    assert next_due(expression, zone, after + (due - after) / 2) == due
    assert next_due(expression, zone, due - timedelta(seconds=1)) == due
    local = due.astimezone(ZoneInfo(zone))
    before = (due - timedelta(hours=1)).astimezone(ZoneInfo(zone))
    changed = local.utcoffset() != before.utcoffset()
    assert changed or expression.startswith(f"{local.minute} ")


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2024, 1, 1), date(2029, 1, 1)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
def test_a_daily_job_is_due_once_a_day_on_every_day(zone: str, day: date, hour: int, minute: int) -> None:
    """Also on the two days of the year that have 23 or 25 hours."""
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    first = next_due(f"{minute} {hour} * * *", zone, start - timedelta(seconds=1))
    second = next_due(f"{minute} {hour} * * *", zone, first)
    days = [time.astimezone(ZoneInfo(zone)).date() for time in (first, second)]
    assert days == [day, day + timedelta(days=1)]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "five fields"),
        ("* * * *", "five fields"),
        ("0 0 3 * * *", "five fields"),
        ("@daily", "five fields"),
        ("61 * * * *", "minute"),
        ("0 25 * * *", "hour"),
        ("0 0 30 2 *", "day-of-month"),
        ("0 0 * 13 *", "month"),
        ("0 0 * * 8", "day-of-week"),
        ("H * * * *", "minute"),
        ("*/0 * * * *", "minute"),
        ("* * */20 * 1L", "no such day"),
    ],
)
def test_what_is_never_due_is_refused(expression: str, reason: str) -> None:
    """With the field that is wrong."""
    with pytest.raises(CronError, match=reason):
        check_cron(expression)


@pytest.mark.parametrize("expression", ["0 3 * * *", " 0  3 * * MON-FRI ", "0 0 L * *", "0 0 29 2 *", "5/15 * * JAN *"])
def test_what_cron_knows_is_accepted(expression: str) -> None:
    """Names, lists, steps, and the last day of the month."""
    check_cron(expression)
