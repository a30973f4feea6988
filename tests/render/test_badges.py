"""What badges say, in which colour, and whose words they have."""

import json
from dataclasses import replace

import pytest

from functions.domain.badge_look import BadgeLook, BadgeName
from functions.domain.public_figures import LatencySummary, Uptime, Window
from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Overall
from functions.domain.verdict import Verdict
from functions.render.badges import COLOURS, NAME_LIMIT, Badge, group_badges, monitor_badges, page_badges, shields
from tests.fakes import snapshots, views

NAMES = set(BadgeName)


def with_uptime(percent: float | None) -> MonitorView:
    """Return a monitor with the same uptime over every window."""
    known = Uptime(percent=percent, coverage=100.0, down_seconds=0)
    return replace(views.monitor_view(), uptime=dict.fromkeys(Window, known))


def with_response_time(average: float | None) -> MonitorView:
    """Return a monitor that answers in `average` ms."""
    known = LatencySummary(average=average, p50=average, p95=average, p99=average)
    return replace(views.monitor_view(), latency=dict.fromkeys(Window, known))


@pytest.mark.parametrize(
    ("percent", "message", "colour"),
    [
        (100, "100%", "brightgreen"),
        (99.999, "99.99%", "brightgreen"),
        (99.9, "99.9%", "brightgreen"),
        (99.29, "99.29%", "green"),
        (99.899, "99.89%", "green"),
        (98.999, "98.99%", "yellow"),
        (94.99, "94.99%", "red"),
        (0, "0%", "red"),
        (None, "no data", "lightgrey"),
    ],
)
def test_uptime_is_floored_and_coloured_by_thresholds(percent: float | None, message: str, colour: str) -> None:
    """Nothing that failed is rounded up, neither to a hundred nor over a threshold."""
    badge = monitor_badges(with_uptime(percent))["uptime-7d"]
    assert badge == Badge("uptime 7d", message, colour)


@pytest.mark.parametrize(
    ("average", "message"),
    [
        (127, "130 ms"),
        (121, "120 ms"),
        (9.6, "10 ms"),
        (0.2, "1 ms"),
        (996, "1 s"),
        (1240, "1.2 s"),
        (31_000, "31 s"),
        (None, "no data"),
    ],
)
def test_response_time_has_two_digits(average: float | None, message: str) -> None:
    """A badge that follows each millisecond would be written again at every rendering."""
    assert monitor_badges(with_response_time(average))["response-time"].message == message


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_verdict_has_a_word_and_a_colour(verdict: Verdict) -> None:
    """Down alone is an error that embedders may not paint over."""
    badge = monitor_badges(replace(views.monitor_view(), verdict=verdict))["status"]
    assert badge.label == "Shop API"
    assert badge.message == verdict.replace("_", " ")
    assert badge.is_error is (verdict is Verdict.DOWN)


@pytest.mark.parametrize("overall", list(Overall))
def test_each_state_of_the_page_has_a_badge(overall: Overall) -> None:
    """The page's badges have the same names as a monitor's."""
    badges = page_badges(replace(snapshots.healthy(), overall=overall))
    assert badges.keys() == NAMES
    assert all(badge.color in COLOURS for badge in badges.values())


def test_the_pages_uptime_is_the_mean_of_those_with_data() -> None:
    """A monitor without data neither helps nor harms."""
    page = snapshots.snapshot([with_uptime(100.0), with_uptime(99.0), with_uptime(None)])
    assert page_badges(page)["uptime"] == Badge("uptime 30d", "99.5%", "green")


def test_a_page_without_monitors_has_no_data() -> None:
    """An empty page still answers each badge."""
    badges = page_badges(snapshots.empty())
    assert {badge.message for badge in badges.values()} == {"no data"}


def test_the_shields_document_has_exactly_its_keys() -> None:
    """shields.io rejects a document with any other key."""
    document = json.loads(shields(Badge("uptime 30d", "99.98%", "brightgreen")))
    assert document == {
        "schemaVersion": 1,
        "label": "uptime 30d",
        "message": "99.98%",
        "color": "brightgreen",
        "isError": False,
        "cacheSeconds": 300,
    }


def test_long_names_are_cut() -> None:
    """A badge stays a badge."""
    badge = monitor_badges(views.monitor_view(name="one two " * 40))["status"]
    assert len(badge.label) <= NAME_LIMIT
    assert badge.label.endswith("…")


def with_certificate(days: int | None, monitor: str = "shop-api", group: str | None = None) -> MonitorView:
    """Return a monitor whose certificate is good for so many days."""
    return replace(views.monitor_view(monitor, group=group), certificate_days=days)


@pytest.mark.parametrize(
    ("days", "message", "colour", "error"),
    [
        (397, "56 weeks", "brightgreen", False),
        (90, "12 weeks", "brightgreen", False),
        (30, "4 weeks", "brightgreen", False),
        (29, "29 days", "green", False),
        (7, "7 days", "yellow", False),
        (1, "1 day", "red", False),
        (0, "0 days", "red", False),
        (-1, "expired", "red", True),
        (None, "no data", "lightgrey", False),
    ],
)
def test_a_certificate_counts_down(days: int | None, message: str, colour: str, error: bool) -> None:  # noqa: FBT001 (a column)
    """An expired one is an error; of what has none, or was not seen, nothing is claimed."""
    badge = monitor_badges(with_certificate(days))["certificate"]
    assert badge == Badge("certificate", message, colour, error)


@pytest.mark.parametrize(
    ("thresholds", "days", "message"),
    [
        ((60, 30, 7), 60, "8 weeks"),
        ((60, 30, 7), 59, "59 days"),
        ((14, 7, 3), 28, "4 weeks"),
        ((14, 7, 3), 27, "27 days"),
    ],
)
def test_a_certificate_is_told_of_in_weeks_while_nothing_is_due(
    thresholds: tuple[float, float, float], days: int, message: str
) -> None:
    """Down to the end of bright green, and never for less than four weeks."""
    look = BadgeLook(certificate=thresholds)
    assert monitor_badges(with_certificate(days), look)["certificate"].message == message


def test_percentiles_are_of_the_last_day() -> None:
    """Median and 95th, each with its name."""
    day = LatencySummary(average=130.0, p50=110.0, p95=480.0, p99=900.0)
    badges = monitor_badges(replace(views.monitor_view(), latency={Window.DAY: day}))
    assert badges["response-time-p50"] == Badge("response time p50", "110 ms", "blue")
    assert badges["response-time-p95"] == Badge("response time p95", "480 ms", "blue")


@pytest.mark.parametrize(
    ("badge", "look", "colour"),
    [
        ("uptime", BadgeLook(uptime=(99.99, 99.95, 99.9)), "red"),
        ("uptime", BadgeLook(uptime=(99.6, 99.5, 99)), "green"),
        ("certificate", BadgeLook(certificate=(60, 40, 20)), "yellow"),
        ("response-time", BadgeLook(response_time=(130, 200, 300)), "brightgreen"),
        ("response-time", BadgeLook(response_time=(100, 129, 300)), "yellow"),
        ("response-time", BadgeLook(response_time=(100, 110, 129)), "red"),
    ],
)
def test_thresholds_are_the_teams_to_set(badge: str, look: BadgeLook, colour: str) -> None:
    """Where the colours end is told by config; a bound itself is on the better side."""
    known = Uptime(percent=99.5, coverage=100.0, down_seconds=0)
    monitor = replace(with_response_time(130), uptime=dict.fromkeys(Window, known), certificate_days=25)
    assert monitor_badges(monitor, look)[badge].color == colour


def test_labels_are_the_teams_to_choose() -> None:
    """A monitor's own come before the page's; the page's `status` is nobody else's, since theirs is a name."""
    look = BadgeLook(
        labels={"status": "Acme", "uptime": "Verfügbarkeit", "certificate": "TLS"},
        monitors={"shop-api": {"uptime": "shop", "status": "the shop"}},
    )
    shown = snapshots.snapshot([views.monitor_view(group="Core"), views.monitor_view("docs", name="Docs")])
    page = replace(shown, page=replace(shown.page, badges=look))
    shop, docs = (monitor_badges(monitor, look) for monitor in page.monitors)
    group = group_badges(page, page.groups[0])

    assert [page_badges(page)[name].label for name in ("status", "uptime", "certificate")] == [
        "Acme",
        "Verfügbarkeit",
        "TLS",
    ]
    assert [group[name].label for name in ("status", "uptime")] == ["Core", "Verfügbarkeit"]
    assert [docs[name].label for name in ("status", "uptime", "uptime-7d")] == ["Docs", "Verfügbarkeit", "uptime 7d"]
    assert [shop[name].label for name in ("status", "uptime", "certificate")] == ["the shop", "shop", "TLS"]


def test_a_group_speaks_for_its_members_on_the_page_alone() -> None:
    """The mean of their uptime and averages, the slowest's percentiles, the certificate that expires first."""
    first, second = with_uptime(99.0), replace(with_uptime(100.0), id="checkout")
    first = replace(first, group="Core", certificate_days=40)
    slow = LatencySummary(average=300.0, p50=290.0, p95=900.0, p99=1000.0)
    quick = LatencySummary(average=100.0, p50=90.0, p95=110.0, p99=120.0)
    first = replace(first, latency={Window.DAY: slow})
    second = replace(second, group="Core", certificate_days=12, latency={Window.DAY: quick})
    stranger = replace(with_certificate(1, "docs"), verdict=Verdict.DOWN)
    page = snapshots.snapshot([first, second, stranger])
    badges = group_badges(page, page.groups[0])

    assert badges.keys() == NAMES
    assert badges["status"] == Badge("Core", "up", "brightgreen")
    assert badges["uptime-90d"].message == "99.5%"
    assert badges["response-time"].message == "200 ms"
    assert badges["response-time-p95"].message == "900 ms"
    assert badges["certificate"].message == "12 days"
    assert page_badges(page)["certificate"].message == "1 day"


def test_what_nobody_knows_is_said_by_every_badge() -> None:
    """A monitor without any data is not up, and has no number."""
    [monitor, *_] = snapshots.no_data().monitors
    assert {badge.message for badge in monitor_badges(monitor).values()} == {"no data"}
