"""The status JSON keeps PulseAPI's keys and their types, and adds ours."""

import json
from datetime import date, timedelta

import pytest

from functions.domain.incident import Incident
from functions.domain.page import Page
from functions.domain.settling import settle
from functions.domain.status_document import INCIDENT_LIMIT, encode_status, status_document
from functions.domain.summary import Record, summarise
from functions.domain.verdict import Verdict
from tests.fakes.history import day, hour, incident, monitor, shard_state, span, state, utc

AT = utc(2026, 11, 22, 15, 20, 40)
HOUR = utc(2026, 11, 22, 15)


def document(*incidents: Incident) -> dict[str, object]:
    """Return the document of a page with a group of two, one of which is down, and the other new."""
    monitors = {"api": monitor("api", group="Core"), "new": monitor("new", group="Core")}
    past = settle(
        [day(date(2026, 11, 19), of=span(up=86_300, down=100))],
        [hour(HOUR - timedelta(hours=2), of=span(up=3000, degraded=540, down=60, latency_ms=127))],
        hour=HOUR,
    )
    record = Record(states=[shard_state(state(Verdict.DOWN, AT))], incidents=incidents, past=past, live=[])
    page = Page(id="acme", title="Acme", custom_domain="status.acme.com", monitors=("api", "new"), groups=("Core",))
    snapshot = summarise(page, monitors, record, url="https://status.acme.com", at=AT)
    decoded: dict[str, object] = json.loads(encode_status(snapshot))
    assert decoded == json.loads(json.dumps(status_document(snapshot)))
    assert encode_status(snapshot) == encode_status(snapshot)
    return decoded


def test_the_keys_of_the_known_shape_are_there_with_their_types() -> None:
    """A client of the hosted service reads ours without change."""
    found = document()
    page = found["page"]
    endpoints = found["endpoints"]
    assert isinstance(page, dict)
    assert isinstance(endpoints, list)
    assert {k: page[k] for k in ("id", "title", "language", "customDomain")} == {
        "id": "acme",
        "title": "Acme",
        "language": "en",
        "customDomain": "status.acme.com",
    }
    assert found["overallStatus"] == "major_outage"
    api, new = endpoints
    assert {k: api[k] for k in ("id", "name", "status", "uptime24h", "avgResponseTime")} == {
        "id": "api",
        "name": "API",
        "status": "outage",
        "uptime24h": 98.33,
        "avgResponseTime": pytest.approx(127, rel=0.02),
    }
    assert len(api["sparkline"]) == 24
    assert [value for value in api["sparkline"] if value is not None] == [pytest.approx(127, rel=0.02)]
    assert len(api["uptime90d"]) == len(api["coverage90d"]) == 90
    assert [value for value in api["uptime90d"] if value is not None] == [99.88, 98.33]
    assert api["uptime90d"][-1] == 98.33
    assert new["status"] == "unknown"
    assert new["uptime24h"] is None
    assert new["uptime90d"] == [None] * 90


def test_ours_stands_beside_it() -> None:
    """When it was made, until when to believe it, how much is known, and what the numbers mean."""
    found = document()
    assert (found["generatedAt"], found["staleAfter"]) == ("2026-11-22T15:20:40Z", "2026-11-22T15:30:40Z")
    endpoints = found["endpoints"]
    assert isinstance(endpoints, list)
    assert endpoints[0]["cause"] == {
        "kind": "status",
        "statusCode": 500,
        "phase": None,
        "subject": None,
        "step": None,
        "layer": None,
        "parts": [],
    }
    assert all(endpoints[0][f"coverage{w}"] < 100 for w in ("24h", "7d", "30d", "90dTotal"))
    assert found["components"] == [{"name": "Core", "status": "outage", "endpoints": ["api", "new"]}]
    policy = found["uptimePolicy"]
    assert isinstance(policy, dict)
    assert (policy["countsAsUp"], policy["countsAsDown"]) == (["operational", "degraded"], ["outage"])


def test_open_incidents_are_always_listed_and_the_newest_of_the_others() -> None:
    """An old one that goes on is more important than fifty that are over."""
    resolved = [incident(AT - timedelta(hours=number), resolved_at=AT) for number in range(1, INCIDENT_LIMIT + 11)]
    going_on = incident(AT - timedelta(hours=500))
    listed = document(*resolved, going_on)["incidents"]
    assert isinstance(listed, list)
    assert len(listed) == INCIDENT_LIMIT + 1
    assert listed[-1]["id"] == going_on.id
    assert listed[-1]["resolvedAt"] is None
    assert listed[0]["updates"][0]["body"] == "It fails."
    assert listed[0]["cause"] == {
        "kind": "status",
        "statusCode": 500,
        "phase": None,
        "subject": None,
        "step": None,
        "layer": None,
        "parts": [],
    }


def test_whole_percentages_have_no_fraction() -> None:
    """100 and not 100.0, as in the known shape."""
    monitors = {"api": monitor()}
    past = settle([], [hour(HOUR - timedelta(hours=1))], hour=HOUR)
    record = Record(states=[], incidents=[], past=past, live=[])
    page = Page(id="acme", title="Ümläute", monitors=("api",))
    text = encode_status(summarise(page, monitors, record, url="", at=AT)).decode()
    assert '"uptime24h":100,' in text
    assert '"title":"Ümläute"' in text
