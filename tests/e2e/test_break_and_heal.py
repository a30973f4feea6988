"""The main story: the demo breaks and heals, people are told, the open page follows, history keeps it.

The demo's health body has parts, so all of them say that it is the database that failed, and the cache that did not.
"""

from datetime import timedelta

import pytest

from tests.e2e.deployment import Deployment
from tests.e2e.onlooker import Glimpse
from tests.e2e.story import Scene, Story, moment, said

_IN_TIME = timedelta(seconds=90)
"""One interval of the schedule, and then what judging, announcing and rendering take."""


@pytest.fixture(params=["broken", "healed"])
def scene(request: pytest.FixtureRequest, story: Story) -> Scene:
    """Give both halves of the story, one after the other."""
    return story.broken if request.param == "broken" else story.healed


def test_everybody_knows_in_time(scene: Scene) -> None:
    """SNS was told and the page was made within 90 s of the switch, by their own clocks."""
    for text in (scene.told["Timestamp"], scene.status["generatedAt"]):
        assert timedelta() < moment(text) - scene.at <= _IN_TIME


def test_what_broke_is_said_everywhere(story: Story) -> None:
    """Page, monitor's page, badges, feed, JSON in both shapes, and the announcement."""
    scene = story.broken

    assert "degraded" in scene.files["badge"]
    assert said(scene.files["shield"])["message"] == "degraded"
    assert "egraded" in scene.files["monitor"]
    assert "<bdi>Cache</bdi>" in scene.files["monitor"]
    assert "Database has failed." in scene.files["index"]
    assert scene.told["MessageAttributes"]["verdict"]["Value"] == "degraded"
    assert scene.told["Message"]["failure"]["parts"] == [{"name": "Database", "verdict": "down"}]
    assert scene.told["Message"]["summary"] == "Database has failed."
    assert scene.shop["status"] == "degraded"
    assert scene.shop["cause"]["parts"] == [{"name": "Database", "status": "outage"}]
    assert scene.parts == {"database": "outage", "cache": "operational"}
    assert any(scene.incident["id"] in entry["url"] for entry in said(scene.files["feed"])["items"])
    [component] = [each for each in said(scene.files["statuspage"])["components"] if each["id"] == "shop"]
    assert component["status"] == "degraded_performance"


def test_the_incident_begins_with_the_first_run_that_saw_it(story: Story) -> None:
    """And goes on."""
    assert abs(moment(story.broken.incident["startedAt"]) - story.broken.at) <= _IN_TIME
    assert story.broken.incident["resolvedAt"] is None


def test_healing_brings_all_back_and_the_incident_stays(deployment: Deployment, story: Story) -> None:
    """It is the same one, ended by the first good run, in the history and on a page of its own."""
    scene = story.healed

    assert scene.shop["status"] == "operational"
    assert scene.parts == {"database": "operational", "cache": "operational"}
    assert "Shop: up" in scene.files["badge"]
    assert said(scene.files["shield"])["message"] == "up"
    assert "Database has failed." not in scene.files["index"]
    assert scene.incident["id"] == story.broken.incident["id"]
    assert scene.incident["startedAt"] == story.broken.incident["startedAt"]
    assert abs(moment(scene.incident["resolvedAt"]) - scene.at) <= _IN_TIME
    assert scene.incident["id"] in scene.files["history"]
    assert deployment.page(f"/incidents/{scene.incident['id']}").status == 200


def seen(scene: Scene) -> Glimpse:
    """Return what the open page showed; skip where there was none."""
    if scene.glimpse is None:
        pytest.skip("there is no chromium (apt-get install chromium)")
    return scene.glimpse


def test_the_open_page_follows(story: Story) -> None:
    """Breaking and healing show in place."""
    broken, healed = seen(story.broken), seen(story.healed)

    assert "Degraded" in broken.state
    assert "Happening now" in broken.now
    assert "Database has failed." in broken.now
    assert "Up" in healed.state
    assert "Database has failed." not in healed.now


def test_the_open_page_is_the_one_that_was_opened(scene: Scene) -> None:
    """Nothing is reloaded, and the browser complains of nothing."""
    glimpse = seen(scene)

    assert not glimpse.reloaded
    assert glimpse.complaints == ()
