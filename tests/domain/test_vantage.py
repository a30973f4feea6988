"""Who saw what, on the page: one letter a region, U up, G degraded, D down."""

import json

import pytest

from functions.domain.page import Page
from functions.domain.public_monitor import MonitorView, RegionSight
from functions.domain.public_wording import down_from
from functions.domain.settling import settle
from functions.domain.snapshot import Snapshot
from functions.domain.state import RegionView, Signal, State
from functions.domain.status_document import encode_status
from functions.domain.summary import Record, summarise
from functions.domain.verdict import Verdict
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.history import REFUSED, monitor, shard_state, utc

AT = utc(2026, 11, 22, 15, 20)
NAMES = ("ap-south-1", "eu-west-1", "us-east-1")
LETTERS = {"U": Verdict.UP, "G": Verdict.DEGRADED, "D": Verdict.DOWN}


def shown(letters: str, verdict: Verdict, *, judged_at: object = AT) -> Snapshot:
    """Return the page of a monitor whose regions believe that."""
    views = {
        name: RegionView(
            at=AT,
            verdict=LETTERS[letter],
            failing=Signal(on=letter != "U"),
            down=Signal(on=letter == "D"),
            failure=None if letter == "U" else REFUSED,
            status_code=None if letter == "U" else 500,
        )
        for name, letter in zip(NAMES, letters, strict=False)
    }
    state = State(
        monitor="api",
        verdict=verdict,
        since=AT,
        judged_at=AT if judged_at is AT else utc(2026, 11, 22, 9),
        reporting_since=AT,
        regions=views,
    )
    record = Record(states=[shard_state(state)], incidents=[], past=settle([], [], hour=utc(2026, 11, 22, 15)), live=[])
    page = Page(id="acme", title="Acme", monitors=("api",))
    return summarise(page, {"api": monitor()}, record, url="https://x.example", at=AT)


def view(letters: str, verdict: Verdict, *, judged_at: object = AT) -> MonitorView:
    """Return the only monitor of that page."""
    (only,) = shown(letters, verdict, judged_at=judged_at).monitors
    return only


@pytest.mark.parametrize(
    ("letters", "verdict", "expected"),
    [
        pytest.param("UDU", Verdict.DEGRADED, ("eu-west-1",), id="down from one of three"),
        pytest.param("UD", Verdict.DEGRADED, ("eu-west-1",), id="down from one of two"),
        pytest.param("UUU", Verdict.UP, (), id="up"),
        pytest.param("UDU", Verdict.UP, (), id="not said before it is confirmed"),
        pytest.param("DDU", Verdict.DOWN, (), id="down from most is down"),
        pytest.param("GDG", Verdict.DEGRADED, (), id="most see it degraded"),
    ],
)
def test_from_where_alone_it_is_down(letters: str, verdict: Verdict, expected: tuple[str, ...]) -> None:
    """Only where a minority sees it."""
    assert view(letters, verdict).down_from == expected


def test_the_view_keeps_who_saw_what() -> None:
    """Each region that reported in time, by name."""
    assert view("UDG", Verdict.DEGRADED).regions == (
        RegionSight(region="ap-south-1", verdict=Verdict.UP),
        RegionSight(region="eu-west-1", verdict=Verdict.DOWN),
        RegionSight(region="us-east-1", verdict=Verdict.DEGRADED),
    )


def test_of_a_monitor_that_has_fallen_silent_nobody_sees_anything() -> None:
    """What was seen hours ago is no longer seen."""
    assert view("UDU", Verdict.DEGRADED, judged_at=None).regions == ()


def test_the_document_and_the_pages_name_the_region() -> None:
    """And give nothing else away."""
    snapshot = shown("UDU", Verdict.DEGRADED)
    (endpoint,) = json.loads(encode_status(snapshot))["endpoints"]
    assert endpoint["regions"] == [
        {"region": "ap-south-1", "status": "operational"},
        {"region": "eu-west-1", "status": "outage"},
        {"region": "us-east-1", "status": "operational"},
    ]
    site = draw_site(snapshot, Templates(language="en"))
    for key in ("index.html", "monitors/api"):
        text = site[key].body.decode()
        assert "Down from <bdi>eu-west-1</bdi> only." in text
        assert "PRIVATE" not in text


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        (("a",), "It is down from a only."),
        (("a", "b"), "It is down from a and b only."),
        (("a", "b", "c"), "It is down from a, b and c only."),
    ],
)
def test_the_sentence_of_the_timeline(regions: tuple[str, ...], expected: str) -> None:
    """One region or several."""
    assert down_from(regions) == expected
