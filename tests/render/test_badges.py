"""What badges say, in which colour, and how wide they are."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from functions.domain.snapshot import LatencySummary, MonitorView, Overall, Uptime, Window
from functions.domain.verdict import Verdict
from functions.render.badges import COLOURS, NAME_LIMIT, Badge, monitor_badges, page_badges, shields, svg
from functions.render.text_width import text_width
from tests.fakes import snapshots

NAMES = {"status", "uptime", "uptime-24h", "uptime-7d", "uptime-30d", "uptime-90d", "response-time"}


def with_uptime(percent: float | None) -> MonitorView:
    """Return a monitor with the same uptime over every window."""
    known = Uptime(percent=percent, coverage=100.0, down_seconds=0)
    return replace(snapshots.monitor_view(), uptime=dict.fromkeys(Window, known))


def with_response_time(average: float | None) -> MonitorView:
    """Return a monitor that answers in `average` ms."""
    known = LatencySummary(average=average, p50=average, p95=average, p99=average)
    return replace(snapshots.monitor_view(), latency=dict.fromkeys(Window, known))


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
    badge = monitor_badges(replace(snapshots.monitor_view(), verdict=verdict))["status"]
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


@pytest.mark.parametrize("label", ["a", "uptime 30d", "W" * 48, "状态", "Ünïcödé", "👩‍👧", ""])
def test_both_halves_fit_their_text(label: str) -> None:
    """The box is the text and five pixels on each side; the whole is both boxes."""
    root = ET.fromstring(svg(Badge(label, "up", "brightgreen")))  # noqa: S314 (our own)
    texts = root.findall(".//{http://www.w3.org/2000/svg}text")
    widths = [int(text.attrib["textLength"]) / 10 for text in texts[::2]]
    assert int(root.attrib["width"]) == sum(widths) + 20
    for text, width in zip((label, "up"), widths, strict=True):
        assert abs(width - text_width(text)) <= 1


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("up", 13.81),
        ("MTQS", 32.23),
        ("99.98%", 43.8),
        ("é", 6.55),
        ("e\u0301", 6.55),
        ("状", 11.0),
        ("\u202e", 0.0),
        ("", 0.0),
    ],
)
def test_text_is_as_wide_as_in_verdana(text: str, pixels: float) -> None:
    """Advances of the font at 11 px, without kerning."""
    assert text_width(text) == pytest.approx(pixels, abs=0.02)


def test_long_names_are_cut() -> None:
    """A badge stays a badge."""
    badge = monitor_badges(snapshots.monitor_view(name="one two " * 40))["status"]
    assert len(badge.label) <= NAME_LIMIT
    assert badge.label.endswith("…")
