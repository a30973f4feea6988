"""A month as it is published: what it holds, what it keeps, and that it can be read back."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from functions.domain.history import Span
from functions.domain.month_document import DocumentError, decode_month, encode_month, happenings_table, uptime_table
from functions.domain.month_report import (
    SETTLED_AFTER,
    MonthReport,
    carried_on,
    happened,
    month_before,
    months_between,
    next_month,
    report_month,
)
from functions.domain.month_uptimes import uptimes_from
from functions.domain.past import midnight
from functions.domain.public_figures import Uptime
from functions.domain.uptime_policy import STRICT_POLICY, UPTIME_POLICY
from tests.fakes import snapshots, views
from tests.fakes.history import day, span, utc
from tests.fakes.incident_views import incident_view
from tests.fakes.views import NOW

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NAMES = {"checkout": "Checkout"}


def test_months_follow_each_other_over_the_end_of_a_year() -> None:
    """December is followed by January."""
    assert [next_month(date(2026, 12, 1)), month_before(date(2027, 1, 1))] == [date(2027, 1, 1), date(2026, 12, 1)]
    assert list(months_between(date(2026, 11, 30), date(2027, 1, 2))) == [
        date(2027, 1, 1),
        date(2026, 12, 1),
        date(2026, 11, 1),
    ]


@pytest.mark.parametrize(
    ("began", "ended", "months"),
    [
        ((10, 31, 23), (10, 31, 23, 59), ["October"]),
        ((10, 31, 23), (11, 1, 0), ["October", "November"]),
        ((9, 30, 23), (11, 2, 0), ["October", "November"]),
        ((10, 12), None, ["October", "November"]),
        ((11, 1), (11, 1, 1), ["November"]),
    ],
    ids=["within", "over the end", "longer than a month", "going on", "at the first moment"],
)
def test_an_incident_is_in_each_month_that_it_reaches_into(
    began: tuple[int, ...], ended: tuple[int, ...] | None, months: list[str]
) -> None:
    """Who looks at a month sees what made its uptime what it is, whenever that began."""
    seen = incident_view(started_at=utc(2026, *began), resolved_at=None if ended is None else utc(2026, *ended))
    found = {
        f"{first:%B}" for first in (OCTOBER, NOVEMBER) if happened(first, [seen], [], names=NAMES, at=NOW).incidents
    }
    assert found == set(months)


def test_maintenance_that_has_not_begun_is_not_history() -> None:
    """The window under way and the one that is over are; those to come are on the index."""
    shown = report_month(snapshots.maintenance(), NOVEMBER)
    assert [(window.title, window.under_way) for window in shown.maintenance] == [
        ("Database upgrade", True),
        ("Weekly patching", False),
    ]


def test_a_month_is_final_some_hours_after_its_end() -> None:
    """By then the last hours have been rolled up."""
    end = midnight(NOVEMBER)
    states = [
        report_month(replace(snapshots.healthy(), generated_at=at), OCTOBER).final
        for at in (end, end + SETTLED_AFTER - timedelta(seconds=1), end + SETTLED_AFTER)
    ]
    assert states == [False, False, True]


def test_a_month_can_be_read_back() -> None:
    """What was published is the record: nothing that a page shows is lost."""
    snapshot = snapshots.maintenance()
    report = report_month(replace(snapshot, policy=STRICT_POLICY), NOVEMBER)
    assert report.incidents
    assert report.maintenance
    assert report.uptimes
    assert decode_month(encode_month(report, snapshot.page)) == report


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"month": "2026"}', b"null"])
def test_what_is_no_month_is_refused(body: bytes) -> None:
    """Whoever reads it then does without."""
    with pytest.raises(DocumentError):
        decode_month(body)


def test_a_final_uptime_stays_what_it_was() -> None:
    """A rebuilt history, another policy or a monitor that left the page change nothing of it."""
    before = report_month(snapshots.healthy(), OCTOBER)
    worse = Uptime(percent=1.0, coverage=1.0, down_seconds=9)
    new = replace(before, uptimes=tuple(replace(row, uptime=worse) for row in before.uptimes[1:]), policy=STRICT_POLICY)
    assert before.final
    kept = carried_on(new, before, at=NOW)
    assert (kept.uptimes, kept.policy) == (before.uptimes, UPTIME_POLICY)
    assert carried_on(new, replace(before, final=False), at=NOW).uptimes == new.uptimes
    assert carried_on(new, None, at=NOW) == new


def test_what_is_over_stays_listed_and_what_was_called_off_does_not() -> None:
    """A plan is taken out of pulseboard.yaml when it is over; one that is taken out before never took place."""
    before = report_month(snapshots.maintenance(), NOVEMBER)
    under_way, over = before.maintenance
    kept = carried_on(MonthReport(first=NOVEMBER), before, at=NOW)
    assert kept.maintenance == (over,)
    assert kept.incidents == before.incidents
    assert dict(kept.names)[over.monitors[0]] == "Nightly reports"
    late = carried_on(MonthReport(first=NOVEMBER), before, at=under_way.end)
    assert [(window.id, window.under_way) for window in late.maintenance] == [(under_way.id, False), (over.id, False)]


def test_what_is_told_of_an_incident_later_takes_the_place_of_what_stood_there() -> None:
    """A postmortem, another title: the newest word counts, and nothing stands twice."""
    before = report_month(snapshots.healthy(), NOVEMBER)
    new = replace(before, incidents=tuple(replace(i, learnt=True) for i in before.incidents))
    assert carried_on(new, before, at=NOW).incidents == new.incidents


def test_tables_hold_a_row_each_and_no_formula() -> None:
    """A name that a spreadsheet would compute stands there as text."""
    report = report_month(snapshots.maintenance(), NOVEMBER)
    first = replace(report.uptimes[0], name='=HYPERLINK("https://evil.example")', group="-1")
    report = replace(report, uptimes=(first, *report.uptimes[1:]))
    rows = list(csv.DictReader(uptime_table(report).decode().splitlines()))
    assert [row["monitor"] for row in rows] == [row.monitor for row in report.uptimes]
    assert (rows[0]["name"], rows[0]["group"]) == ("'" + first.name, "'-1")
    assert (rows[0]["month"], float(rows[0]["uptime_percent"])) == ("2026-11", first.uptime.percent)
    happenings = list(csv.DictReader(happenings_table(report).decode().splitlines()))
    assert [(row["kind"], row["status"]) for row in happenings] == [
        ("maintenance", "in_progress"),
        ("maintenance", "completed"),
        ("incident", "resolved"),
    ]
    assert (happenings[2]["seconds"], happenings[2]["monitors"]) == ("2460", "webhooks")


@pytest.mark.parametrize(
    "name", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\uff1d1", "\uff201"]
)
def test_a_cell_that_would_be_computed_is_text(name: str) -> None:
    """Whatever blanks are before the sign, however wide it is; the record (JSON) has the name as it is."""
    page = snapshots.snapshot([views.monitor_view("api", name=name)])
    report = report_month(page, NOVEMBER)
    [row] = csv.DictReader(io.StringIO(uptime_table(report).decode(), newline=""))
    assert row["name"] == f"'{name}"
    assert decode_month(encode_month(report, page.page)).uptimes[0].name == name


def test_a_cell_that_only_looks_like_it_stays_as_it_is() -> None:
    """Signs inside of a name mean nothing."""
    report = report_month(snapshots.snapshot([views.monitor_view("api", name='A=B, "C" +1')]), NOVEMBER)
    [row] = csv.DictReader(io.StringIO(uptime_table(report).decode(), newline=""))
    assert row["name"] == 'A=B, "C" +1'


def test_uptime_comes_from_days_where_the_calendar_does_not_reach() -> None:
    """Over the shards that a monitor was in; known since the month began, or since its first data."""
    view = views.monitor_view("api", name="API")
    young = replace(view, id="young")
    days = [
        *(day(date(2025, 2, 28) + timedelta(days=n)) for n in range(32)),
        day(date(2025, 3, 5), shard="300s-0", of=span(down=864)),
        day(date(2025, 3, 31), "young", of=span(up=43_200)),
        day(date(2025, 3, 7), "gone", of=Span(up=1)),
    ]
    rows = list(uptimes_from(days, [view, young], first=date(2025, 3, 1), policy=UPTIME_POLICY))
    assert [(row.monitor, row.name, row.uptime) for row in rows] == [
        ("api", "API", Uptime(percent=99.96, coverage=100.0, down_seconds=864)),
        ("young", "API", Uptime(percent=100.0, coverage=100.0, down_seconds=0)),
    ]


def test_a_gap_at_the_start_of_a_month_shows_in_its_coverage() -> None:
    """Data on the day before says that the monitor was there already."""
    view = views.monitor_view("api")
    known = [day(date(2025, 3, 31), of=span(up=86_400)), day(date(2025, 2, 28))]
    (row,) = uptimes_from(known, [view], first=date(2025, 3, 1), policy=UPTIME_POLICY)
    assert row.uptime == Uptime(percent=100.0, coverage=3.22, down_seconds=0)
