"""The main story: the demo breaks and heals, by the clock and the schedule alone, and all that is seen of it.

It happens once for all tests: a monitor that comes and goes is believed to be well again only later (docs/judging.md).
What is waited for takes as long as the machine needs; how long it took is read from what the deployment says itself.
"""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.onlooker import Glimpse, Onlooker, onlooking
from tests.e2e.subscriber import Subscriber

_PATIENCE = 300.0
"""Seconds for a run of the schedule, judging, announcing and rendering on a machine that has other things to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the world knew once the switch of `at` had shown: SNS, the page and its files, a page that was open before.

    `told` is the announcement in SNS's envelope, `status` the status JSON, `files` the text of each of `FILES`.
    """

    at: datetime
    told: Mapping[str, Any]
    status: Mapping[str, Any]
    files: Mapping[str, str]
    glimpse: Glimpse | None

    @property
    def shop(self) -> Mapping[str, Any]:
        """Return the monitor."""
        [found] = [endpoint for endpoint in self.status["endpoints"] if endpoint["id"] == "shop"]
        return dict(found)

    @property
    def incident(self) -> Mapping[str, Any]:
        """Return the monitor's one incident."""
        [found] = [incident for incident in self.status["incidents"] if "shop" in incident["endpoints"]]
        return dict(found)

    @property
    def parts(self) -> dict[str, str]:
        """Return the statuses of the monitor's parts."""
        components = self.status["components"]
        return {each["part"]: each["status"] for each in components if "part" in each and "shop" in each["endpoints"]}


FILES = {
    "index": "/",
    "monitor": "/monitors/shop",
    "history": "/history",
    "badge": "/badge/e2e/shop/status.svg",
    "shield": "/badge/e2e/shop/status.json",
    "feed": "/feeds/incidents.json",
    "statuspage": "/api/v2/summary.json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Broken, then healed."""

    broken: Scene
    healed: Scene


def tell(deployment: Deployment) -> Story:
    """Let it happen; raise NotYetError where nobody was told, or the page did not follow."""
    with ExitStack() as stack:
        subscriber = stack.enter_context(Subscriber.subscribed(deployment))
        onlooker = stack.enter_context(onlooking(deployment.stack.page_url))
        stack.callback(deployment.demo, "heal")
        broken = _scene(deployment, subscriber, onlooker, switch="break/database", tells="opened", shows="degraded")
        healed = _scene(deployment, subscriber, onlooker, switch="heal", tells="resolved", shows="operational")
        return Story(broken=broken, healed=healed)


def _scene(
    deployment: Deployment, subscriber: Subscriber, onlooker: Onlooker | None, *, switch: str, tells: str, shows: str
) -> Scene:
    at = datetime.now(UTC)
    deployment.demo(switch)
    told = subscriber.wait_for("shop", tells, within=_PATIENCE)
    wait_until(
        lambda: deployment.monitor("shop")["status"] == shows,
        within=_PATIENCE,
        what=f"the shop to be {shows} on the page",
    )
    return Scene(
        at=at,
        told=told,
        status=deployment.status(),
        files={name: deployment.page(path).text for name, path in FILES.items()},
        glimpse=onlooker.look({"degraded": "Degraded", "operational": "Up"}[shows]) if onlooker else None,
    )


def moment(text: str) -> datetime:
    """Return a time of the status JSON or of SNS."""
    return datetime.fromisoformat(text)


def said(text: str) -> dict[str, Any]:
    """Return a JSON document."""
    return dict(json.loads(text))
