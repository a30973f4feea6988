"""The steps of a monitor on its page and in the JSON."""

import json
from dataclasses import replace

from functions.domain.public_monitor import MonitorView, StepView
from functions.domain.snapshot import Snapshot
from functions.domain.status_document import status_document
from functions.domain.verdict import Verdict
from functions.render.site import draft_site, draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots, views

STEPS = (
    StepView(name="Log in", milliseconds=123.4),
    StepView(name="<b>List</b>", milliseconds=56.7),
    StepView(name="Log out", milliseconds=None),
)


def shown(*steps: StepView) -> Snapshot:
    """Return a page with a monitor that has these steps."""
    monitor: MonitorView = replace(views.monitor_view("checkout", verdict=Verdict.UP), steps=steps)
    return snapshots.snapshot([monitor])


def page(snapshot: Snapshot) -> str:
    """Return the monitor's page."""
    return draw_site(snapshot, Templates(language="en"))["monitors/checkout"].body.decode()


def test_each_step_has_its_time_on_the_page() -> None:
    """A name is text, and a step that was not reached says so."""
    text = page(shown(*STEPS))
    assert "Steps of the newest check" in text
    assert '<th scope="row"><bdi>Log in</bdi></th><td>123' in text
    assert "<bdi>&lt;b&gt;List&lt;/b&gt;</bdi>" in text
    assert '<th scope="row"><bdi>Log out</bdi></th><td>not reached</td>' in text


def test_a_monitor_without_steps_shows_none() -> None:
    """There is no empty table."""
    assert "Steps of the newest check" not in page(shown())


def test_the_times_alone_are_no_reason_to_write_the_page_again() -> None:
    """They never stand still, and each writing is a PUT."""
    one, other = (
        draft_site(shown(StepView(name="Log in", milliseconds=ms)), Templates(language="en"))["monitors/checkout"]
        for ms in (1.0, 2.0)
    )
    assert one.fingerprint == other.fingerprint is not None


def test_the_json_has_the_same() -> None:
    """By name, in whole milliseconds."""
    endpoints = [json.loads(json.dumps(status_document(shown(*steps))))["endpoints"][0] for steps in (STEPS, ())]
    assert [endpoint["steps"] for endpoint in endpoints] == [
        [
            {"name": "Log in", "responseTime": 123},
            {"name": "<b>List</b>", "responseTime": 57},
            {"name": "Log out", "responseTime": None},
        ],
        [],
    ]
