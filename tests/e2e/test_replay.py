"""A run that is delivered again."""

from http import HTTPStatus

from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.monitors import REPLAYED
from tests.e2e.subscriber import Subscriber
from tests.e2e.target import Target


def test_a_run_that_comes_twice_is_one_run_and_one_announcement(
    deployment: Deployment, subscriber: Subscriber, target: Target
) -> None:
    """EventBridge may start the probe twice for one minute: the record overwrites itself, and nothing is told twice."""
    target.status["/replayed"] = HTTPStatus.INTERNAL_SERVER_ERROR
    minute = deployment.run(REPLAYED)
    subscriber.wait_for("replayed", "opened")
    runs = {item["sk"]["S"] for item in deployment.items("RUN#") if f"#{REPLAYED}#" in item["sk"]["S"]}
    events = {item["sk"]["S"] for item in deployment.items("EVENT#")}

    deployment.run(REPLAYED, at=minute)
    # What comes after it in the stream has been judged and told: so has the replay, had there been anything to tell.
    target.status["/replayed"] = HTTPStatus.OK
    deployment.run(REPLAYED)
    subscriber.wait_for("replayed", "resolved")

    after = {item["sk"]["S"] for item in deployment.items("RUN#") if f"#{REPLAYED}#" in item["sk"]["S"]}
    new_events = {item["sk"]["S"] for item in deployment.items("EVENT#")} - events
    assert len(after - runs) == 1
    assert len([event for event in new_events if event.endswith("resolved")]) >= 1
    assert len(subscriber.told("replayed", "opened")) == 1
    assert len(subscriber.told("replayed", "resolved")) == 1


def test_a_run_that_comes_late_changes_nothing(deployment: Deployment, subscriber: Subscriber, target: Target) -> None:
    """A minute that is already past when it arrives says nothing of how things are now."""
    late = deployment.next_minute()
    deployment.run(REPLAYED)
    wait_until(lambda: deployment.monitor("replayed")["status"] == "operational", within=20, what="operational")
    target.status["/replayed"] = HTTPStatus.INTERNAL_SERVER_ERROR

    deployment.run(REPLAYED, at=late)
    target.status["/replayed"] = HTTPStatus.OK
    last = deployment.run(REPLAYED)
    wait_until(lambda: _judged(deployment, last), within=20, what="the run after the late one to be judged")

    assert subscriber.told("replayed", "opened") == []


def _judged(deployment: Deployment, minute: object) -> bool:
    """Return whether the run of `minute` was judged: only that makes the page tell of it."""
    deployment.invoke("render", {"reason": "test"})
    checked = deployment.monitor("replayed")["checkedAt"]
    return checked is not None and str(checked)[:16] == f"{minute:%Y-%m-%dT%H:%M}"
