"""What an alert says, to people, to machines and to filter policies."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.event import Event, EventKind
from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.likely_cause import LikelyCause
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.notify.audience import Audience, audience_of
from functions.notify.message import compose, compose_unreadable
from functions.topic import Message
from tests.fakes.configs import config
from tests.fakes.samples import FAILURE, NOON, event, minute

AUDIENCE = Audience(
    name="Shop API",
    group="Core",
    page_id="acme",
    page_title="Acme API Status",
    page_url="https://status.acme.example",
    time_zone="Europe/Berlin",
)
OPENED = event()
ESCALATED = replace(event(2, kind=EventKind.UPDATED, at=minute(5)), previous=Verdict.DEGRADED)
EASED = replace(ESCALATED, previous=Verdict.DOWN, verdict=Verdict.DEGRADED)
RELAPSED = replace(ESCALATED, previous=Verdict.UP)
RESOLVED = replace(
    event(3, kind=EventKind.RESOLVED, at=minute(14)),
    previous=Verdict.DOWN,
    verdict=Verdict.UP,
    failure=None,
    status_code=None,
    regions=(),
    resolved_at=minute(12),
    summary="The health check passes again.",
)
REMOVED = replace(RESOLVED, verdict=Verdict.NO_DATA, summary="This monitor is no longer watched.")

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "line breaks": "Shop\r\nBcc: everyone@acme.example\n\nAPI",
    "300 characters": "x" * 300,
    "emoji": "🔥🔥 Payments 🔥",
    "only emoji": "🔥🚒🧯",
    "Japanese": "決済サービス",
    "accents": "Zürich \u2013 Größenmaß “Café” Łódź",
    "right to left": "\u202eevil\u202c API",
    "controls": "\x00\x1b[31mred\x07",
    "half a surrogate": "broken \ud83d name",
    "quotes": 'say "hi" \\ {json}',
    "empty": "",
}


def forms(message: Message) -> dict[str, str]:
    """Return the texts by protocol, as SNS reads them."""
    read: dict[str, str] = json.loads(message.body)
    return read


def machine(message: Message) -> dict[str, Any]:
    """Return the JSON document."""
    read: dict[str, Any] = json.loads(forms(message)["default"])
    return read


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(OPENED, "[DOWN] Shop API since 12:00 UTC - Acme API Status", id="opened"),
        pytest.param(ESCALATED, "[DOWN] Shop API since 12:00 UTC - Acme API Status", id="worse"),
        pytest.param(EASED, "[DEGRADED] Shop API since 12:00 UTC - Acme API Status", id="less bad"),
        pytest.param(RELAPSED, "[DOWN] Shop API again, first 12:00 UTC - Acme API Status", id="a relapse"),
        pytest.param(RESOLVED, "[RESOLVED] Shop API after 12 min - Acme API Status", id="resolved"),
        pytest.param(REMOVED, "[RESOLVED] Shop API is no longer watched - Acme API Status", id="removed"),
        pytest.param(
            replace(OPENED, at=NOON + timedelta(days=1)),
            "[DOWN] Shop API since 22 Nov 12:00 UTC - Acme API Status",
            id="told on another day",
        ),
    ],
)
def test_the_subject_says_what_which_and_since_when(told: Event, expected: str) -> None:
    """What a lock screen shows is enough to decide whether to get up."""
    assert compose(told, AUDIENCE).subject == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zürich \u2013 Größenmaß “Café” Łódź", 'Zurich - Grossenmass "Cafe" Lodz'),
        ("🔥🔥 Payments 🔥", "Payments"),
        ("🔥🚒🧯", "api"),
        ("決済サービス", "api"),
        ("決済サービス EU", "api"),
        ("Shop\r\nBcc: everyone@acme.example\n\nAPI", "Shop Bcc: everyone@acme.example API"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("x" * 300, "x" * 41 + "..."),
        ("", "api"),
    ],
)
def test_a_name_that_is_not_ascii_is_spelt_out_or_replaced_by_the_id(name: str, shown: str) -> None:
    """A subject that says "???? is down" helps nobody."""
    assert compose(OPENED, replace(AUDIENCE, name=name)).subject.startswith(f"[DOWN] {shown} since")


def test_the_email_is_one_that_a_person_can_act_on() -> None:
    """What, since when, what was expected and seen, from where, and where to look."""
    failure = Failure(
        kind=FailureKind.JSON, reason='$.checks.database: expected "ok", got "fail"', phase=Phase.FIRST_BYTE
    )
    told = replace(OPENED, failure=failure, at=minute(1), observers=("ap-south-1", "eu-west-1", "us-east-1"))
    assert forms(compose(told, AUDIENCE))["email"] == (
        "Shop API is DOWN.\n"
        "\n"
        "The health check answers with HTTP 503.\n"
        "\n"
        "Monitor   Shop API (api, group Core)\n"
        "Verdict   down (was up)\n"
        "Since     2026-11-22 12:00:00 UTC (2026-11-22 13:00:00 Europe/Berlin)\n"
        'Seen      json during first byte: $.checks.database: expected "ok", got "fail" (HTTP 503)\n'
        "Attempts  2 in the deciding check, the last decided\n"
        "Regions   eu-west-1 (1 of 3 that reported)\n"
        "Decided   2026-11-22 12:01:00 UTC (2026-11-22 13:01:00 Europe/Berlin)\n"
        "\n"
        "Where to look\n"
        "Incident  https://status.acme.example/incidents/20261122T120000Z-api\n"
        "Monitor   https://status.acme.example/monitors/api\n"
        "Page      https://status.acme.example\n"
        "\n"
        "Acme API Status, event 20261122T120000Z-api-1-opened\n"
    )


def test_the_email_of_an_end_says_how_long_it_lasted() -> None:
    """And accuses nobody any more."""
    text = forms(compose(RESOLVED, AUDIENCE))["email"]
    assert text.startswith("Shop API is up again.\n\nThe health check passes again.\n")
    assert "Until     2026-11-22 12:12:00 UTC" in text
    assert "Lasted    12 min\n" in text
    assert "Seen" not in text
    assert "Regions   eu-west-1, us-east-1\n" in text


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (ESCALATED, "Shop API is DOWN."),
        (EASED, "Shop API is still DEGRADED."),
        (RELAPSED, "Shop API is DOWN again."),
        (REMOVED, "Shop API is no longer watched."),
    ],
)
def test_the_first_line_of_the_email_is_the_news(told: Event, headline: str) -> None:
    """Mail programs show it beside the subject."""
    assert forms(compose(told, AUDIENCE))["email"].splitlines()[0] == headline


def test_machines_get_a_versioned_document() -> None:
    """docs/alerts.md describes each field."""
    assert machine(compose(OPENED, AUDIENCE)) == {
        "version": 1,
        "id": "20261122T120000Z-api-1-opened",
        "event": "opened",
        "severity": "critical",
        "page": {"id": "acme", "title": "Acme API Status", "url": "https://status.acme.example"},
        "monitor": {
            "id": "api",
            "name": "Shop API",
            "group": "Core",
            "url": "https://status.acme.example/monitors/api",
        },
        "incident": {
            "id": "20261122T120000Z-api",
            "url": "https://status.acme.example/incidents/20261122T120000Z-api",
        },
        "origin": "judge",
        "monitors": ["api"],
        "title": None,
        "status": None,
        "by": None,
        "verdict": "down",
        "previous_verdict": "up",
        "at": "2026-11-22T12:00:00Z",
        "started_at": "2026-11-22T12:00:00Z",
        "resolved_at": None,
        "duration_seconds": 0,
        "summary": "The health check answers with HTTP 503.",
        "failure": {
            "kind": "status",
            "reason": "expected status 200, got 503",
            "phase": None,
            "status_code": 503,
            "attribution": None,
            "where": None,
            "parts": [],
        },
        "likely_causes": [],
        "attempts": 2,
        "regions": ["eu-west-1"],
        "observers": ["eu-west-1", "us-east-1"],
    }


def test_who_answered_is_told_with_how_sure_that_is() -> None:
    """To machines in words that they can filter by, to people in a line of the e-mail."""
    found = Attribution(finding=Finding.ALB_NO_TARGET, certainty=Certainty.LIKELY)
    told = compose(replace(OPENED, failure=replace(FAILURE, attribution=found)), AUDIENCE)
    words = "likely: the load balancer answered, not the application: no healthy target, since none is registered"
    assert machine(told)["failure"]["attribution"] == {
        "layer": "origin",
        "finding": "alb_no_target",
        "certainty": "likely",
        "words": f"{words} and in use",
    }
    assert f"Who       {words}" in forms(told)["email"]


def test_where_to_look_is_told_where_nobody_answered() -> None:
    """At three in the morning a timeout's phase is a word; this is what it means, and that it is only likely."""
    failure = Failure(kind=FailureKind.TIMEOUT, reason="timed out after 10 s", phase=Phase.FIRST_BYTE)
    told = compose(replace(OPENED, failure=failure), AUDIENCE)
    words = "likely: the application: the connection stands, and it does not begin to answer (overloaded, blocked,"
    assert machine(told)["failure"]["where"].startswith(words)
    assert f"Where     {words}" in forms(told)["email"]
    assert "Who " not in forms(told)["email"]


@pytest.mark.parametrize(
    ("verdict", "depended_on", "said"),
    [
        (Verdict.DOWN, False, "Stripe reports a major outage since {}, a likely cause"),
        (Verdict.DEGRADED, False, "Stripe reports a problem since {}, a likely cause"),
        (Verdict.DOWN, True, "Stripe reports a major outage since {}, which this depends on: probably the cause"),
    ],
)
def test_a_likely_cause_is_told_beside_the_failure(verdict: Verdict, said: str, *, depended_on: bool) -> None:
    """So that whoever is woken looks there first."""
    cause = LikelyCause(
        monitor="stripe", name="Stripe", verdict=verdict, since=minute(1), upstream=True, depended_on=depended_on
    )
    told = compose(replace(OPENED, likely_causes=(cause,)), AUDIENCE)
    assert machine(told)["likely_causes"] == [
        {
            "monitor": "stripe",
            "name": "Stripe",
            "verdict": verdict.value,
            "since": "2026-11-22T12:01:00Z",
            "depended_on": depended_on,
        }
    ]
    since = "2026-11-22 12:01:00 UTC (2026-11-22 13:01:00 Europe/Berlin)"
    assert f"Likely    {said.format(since)}\n" in forms(told)["email"]


def test_the_document_of_an_end_has_its_time_and_no_failure() -> None:
    """The duration is that of the outage, not of its confirmation."""
    read = machine(compose(RESOLVED, AUDIENCE))
    assert (read["resolved_at"], read["duration_seconds"], read["failure"]) == ("2026-11-22T12:12:00Z", 720, None)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (OPENED, {"event": "opened", "severity": "critical", "verdict": "down"}),
        (replace(OPENED, verdict=Verdict.DEGRADED), {"event": "opened", "severity": "warning", "verdict": "degraded"}),
        (ESCALATED, {"event": "updated", "severity": "critical", "verdict": "down"}),
        (EASED, {"event": "updated", "severity": "info", "verdict": "degraded"}),
        (RESOLVED, {"event": "resolved", "severity": "info", "verdict": "up"}),
    ],
)
def test_attributes_are_what_filter_policies_select_by(told: Event, expected: Mapping[str, str]) -> None:
    """A pager takes critical, a chat takes all."""
    assert compose(told, AUDIENCE).attributes == {**expected, "monitor": "api", "page": "acme"}


def test_every_form_exists_as_text() -> None:
    """Any protocol without a form of its own (SQS, Lambda, HTTPS) gets the document."""
    message = compose(OPENED, AUDIENCE)
    assert set(forms(message)) == {"default", "email", "sms"}
    assert forms(message)["sms"] == message.subject


def check_limits(message: Message) -> None:
    """Assert all that SNS and mail ask of a message."""
    assert 0 < len(message.subject) < 100
    assert re.fullmatch(r"[!-~][ -~]*", message.subject)
    size = len(message.body.encode()) + len(message.subject)
    size += sum(len(k.encode()) + len("String") + len(v.encode()) for k, v in message.attributes.items())
    assert size < 32_000
    assert all(message.attributes.values())
    text = forms(message)["email"]
    assert "\r" not in text
    assert all(line.isprintable() for line in text.splitlines())
    assert text.encode()


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("told", [OPENED, EASED, RELAPSED, RESOLVED, REMOVED], ids=lambda e: f"{e.kind}-{e.verdict}")
def test_no_name_breaks_a_message(told: Event, name: str) -> None:
    """Neither its subject, nor the lines of its e-mail, nor its JSON."""
    message = compose(told, replace(AUDIENCE, name=name, page_title=name, group=name))
    check_limits(message)
    assert machine(message)["monitor"]["name"] == name[:500]
    # A line break in a name must not make a line that looks like ours.
    assert not re.search(r"^Bcc:", forms(message)["email"], re.MULTILINE)


anything = st.text(st.characters(codec=None), max_size=2_000)


@given(name=anything, title=anything, reason=anything, regions=st.lists(anything, max_size=60))
def test_no_text_at_all_breaks_a_message(name: str, title: str, reason: str, regions: list[str]) -> None:
    """Whatever a config or a target says, at any length."""
    told = replace(
        OPENED,
        failure=Failure(kind=FailureKind.BODY, reason=reason),
        regions=tuple(r[:40] for r in regions),
        observers=tuple(r[:40] for r in regions),
    )
    message = compose(told, replace(AUDIENCE, name=name, page_title=title, group=name))
    assert len(message.body.encode()) < 256_000
    assert re.fullmatch(r"[!-~][ -~]{0,98}", message.subject)
    assert all(line.isprintable() for line in forms(message)["email"].split("\n"))


def test_the_audience_is_the_page_that_shows_the_monitor() -> None:
    """With its name and its time zone, and addresses without a double slash."""
    audience = audience_of(
        "api", config=config({"60s-0": ["shop", "api"]}), urls={"acme": "https://status.acme.example/"}
    )
    assert audience == replace(AUDIENCE, name="Api", group=None)


def test_a_monitor_that_is_gone_goes_by_its_id() -> None:
    """Its last incident is still announced."""
    audience = audience_of("old", config=config({"60s-0": ["api"]}), urls={"acme": "https://status.acme.example"})
    assert (audience.name, audience.page_id) == ("old", "acme")


def test_a_time_zone_that_is_not_known_leaves_utc() -> None:
    """An announcement does not fail for want of the rules of a time zone."""
    text = forms(compose(OPENED, replace(AUDIENCE, time_zone="Atlantis/Capital")))["email"]
    assert "Since     2026-11-22 12:00:00 UTC\n" in text


@pytest.mark.parametrize("event_id", ["20261122T120000Z-api-1-opened", "", "x" * 400, "\n\ud800"])
def test_an_event_that_cannot_be_read_is_pointed_at(event_id: str) -> None:
    """With its id: never zero times."""
    message = compose_unreadable(event_id, audience=AUDIENCE)
    check_limits(message)
    assert machine(message)["id"] == event_id
    assert machine(message)["event"] == message.attributes["event"] == "unreadable"


@pytest.mark.parametrize(
    ("failure", "status_code", "seen"),
    [
        (
            Failure(kind=FailureKind.STATUS, reason="status: expected 200, got 503"),
            503,
            "status: expected 200, got 503",
        ),
        (
            Failure(kind=FailureKind.LATENCY, reason="latency: expected < 2 s, got 2.4 s", phase=Phase.FIRST_BYTE),
            200,
            "latency, mostly first byte: expected < 2 s, got 2.4 s (HTTP 200)",
        ),
        (
            Failure(kind=FailureKind.TIMEOUT, reason="no byte within 10 s", phase=Phase.FIRST_BYTE),
            None,
            "timeout during first byte: no byte within 10 s",
        ),
    ],
)
def test_what_was_seen_is_said_once(failure: Failure, status_code: int | None, seen: str) -> None:
    """The kind and the status are not told again where the reason begins with them."""
    text = forms(compose(replace(OPENED, failure=failure, status_code=status_code), AUDIENCE))["email"]
    assert f"\nSeen      {seen}\n" in text
