"""What the page says of a cause."""

import json
from dataclasses import replace

import pytest
from markupsafe import Markup

from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.finding import Layer
from functions.domain.monitor import Monitor
from functions.domain.page import Page
from functions.domain.public_cause import PublicCause
from functions.domain.settling import settle
from functions.domain.slot import hour_of
from functions.domain.snapshot import Snapshot
from functions.domain.status_document import status_document
from functions.domain.summary import Record, summarise
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.render import timeline
from functions.render.site import draw_site
from functions.render.templates import FOLDER, Templates
from functions.render.words import load_words
from tests.fakes import snapshots, views
from tests.fakes.incident_views import incident_view

WORDS, _ = load_words("en", FOLDER / "locales")


@pytest.mark.parametrize("kind", FailureKind)
@pytest.mark.parametrize("phase", [None, *Phase])
@pytest.mark.parametrize("layer", [None, *Layer])
def test_every_cause_has_its_sentences(kind: FailureKind, phase: Phase | None, layer: Layer | None) -> None:
    """The layer is a sentence of its own, and always only likely."""
    said = WORDS.cause(PublicCause(kind=kind, phase=phase, layer=layer))
    assert said.endswith(".")
    assert ("likely" in said) == (layer not in (None, Layer.APPLICATION))


@pytest.mark.parametrize(
    ("kind", "phase", "expected"),
    [
        (FailureKind.TIMEOUT, None, "It does not answer in time."),
        (FailureKind.TIMEOUT, "first_byte", "It does not answer in time: it was connected to, and nothing came."),
        (FailureKind.LATENCY, None, "It answers too slowly."),
        (FailureKind.LATENCY, "dns", "It answers too slowly: most of the time goes into looking up its address."),
        (FailureKind.CONNECT, "connect", "It cannot be reached."),
    ],
)
def test_the_phase_is_told_where_time_is_the_matter(kind: FailureKind, phase: str | None, expected: str) -> None:
    """Elsewhere the kind says it already."""
    assert WORDS.cause(PublicCause(kind=kind, phase=phase)) == expected


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (
            PublicCause(kind=FailureKind.STATUS, status_code=500, step="Log in"),
            "The step “Log in” answers with HTTP 500.",
        ),
        (
            PublicCause(kind=FailureKind.SCHEMA, step="100 %(code)d"),
            "The step “100 %(code)d” fails. Its answer does not have the expected form.",
        ),
    ],
)
def test_a_step_is_named(cause: PublicCause, expected: str) -> None:
    """Which of several requests it was, and what happened to it."""
    assert WORDS.cause(cause) == expected


def test_what_is_recorded_of_a_step_is_said_in_the_page_s_language() -> None:
    """The name stays as it is."""
    formats = replace(WORDS.formats, sentences="|")
    text = "The step “A” fails. It cannot be reached."
    said = timeline.said(text, lambda message: f"<{message}>", lambda one, *_: one, formats)
    assert said == "<The step “A” fails.>|<It cannot be reached.>"


def test_an_incident_of_one_region_says_so_in_history() -> None:
    """On its own page, on its monitor's and among the others."""
    seen = replace(
        incident_view("search", verdict=Verdict.DEGRADED, resolved_at=views.NOW),
        down_from=("eu-west-1", "us-east-1"),
    )
    page = replace(snapshots.healthy(), incidents=(seen,))
    for key in ("history", "monitors/search", f"incidents/{seen.id}"):
        assert "Down from eu-west-1 and us-east-1 only." in _said(page, key)
    [listed] = json.loads(json.dumps(status_document(page)))["incidents"]
    assert listed["downFrom"] == ["eu-west-1", "us-east-1"]


def test_a_heartbeat_without_a_ping_waits_for_it() -> None:
    """It is not the page that has yet to look."""
    plain = Monitor(id="api", name="API", check=HttpRequest(url="https://api.example"), expectations=Expectations())
    worker = replace(plain, id="worker", name="Worker", check=Heartbeat(period=300, grace=60))
    record = Record(states=[], incidents=[], past=settle([], [], hour=hour_of(views.NOW)), live=[])
    page = Page(id="acme", title="Acme", monitors=("api", "worker"))
    shown = summarise(page, {"api": plain, "worker": worker}, record, url="https://status.example", at=views.NOW)
    assert "Waiting for its first ping" in _said(shown, "monitors/worker")
    assert "Not checked yet" in _said(shown, "monitors/api")
    assert _said(shown, "index.html").count("Waiting for its first ping") == 1
    endpoints = json.loads(json.dumps(status_document(shown)))["endpoints"]
    assert [endpoint["awaitsPing"] for endpoint in endpoints] == [False, True]


def _said(page: Snapshot, key: str) -> str:
    body = draw_site(page, Templates(language="en"))[key].body.decode()
    return Markup(body).striptags()  # noqa: S704 - our own page, for reading
