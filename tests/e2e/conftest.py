"""One deployment for all end-to-end tests: the real CDK CLI, the embedded AWS with IAM enforced, a demo to watch.

They run in one worker (`xdist_group`), since they share the deployment. Each story has monitors in a shard of its own
(an interval makes a shard), so that no story waits for the minutes of another. The main one waits for the schedule:
it goes on beside those that leave it alone, and those that look at it, or that stop a function, come after.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cli.local.places import Places
from cli.local.stack import LocalStack
from tests.e2e.deployment import Deployment
from tests.e2e.monitors import KEY, TOKEN, write_configuration
from tests.e2e.story import Story, tell
from tests.e2e.subscriber import Subscriber
from tests.e2e.target import Target, bad_targets, serving_target
from tests.fakes.chromium import CHROMIUM, chromium

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, and put last what waits for the main story."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))
    items.sort(key=lambda item: _HERE in item.path.parents and bool({"story", "alone"} & _fixtures(item)))


def _fixtures(item: pytest.Item) -> set[str]:
    return set(item.fixturenames) if isinstance(item, pytest.Function) else set()


@contextmanager
def _silent_step(_: str) -> Iterator[None]:
    yield


def _fail(text: str) -> None:
    raise AssertionError(f"nothing is to be warned of: {text}")


@pytest.fixture(scope="session", autouse=True)
def _in_one_worker(request: pytest.FixtureRequest) -> None:
    """Fail at once where several workers would each deploy and break a demo of their own, and share two cores."""
    workers = getattr(request.config, "workerinput", {}).get("workercount", 1)
    grouped = all(item.nodeid.endswith("@e2e") for item in request.session.items if item.get_closest_marker("e2e"))
    assert workers == 1 or grouped, "run these with --dist loadgroup, and a pytest and pytest-xdist that go together"


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    """Give a server whose paths answer what a test says."""
    with serving_target() as started:
        yield started


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory, target: Target) -> Iterator[Deployment]:
    """Deploy once, and end all that was started."""
    home = tmp_path_factory.mktemp("stack")
    local = LocalStack(places=Places(home=home), step=_silent_step, warn=_fail, aws_port=0, demo_port=0)
    with ExitStack() as stack, pytest.MonkeyPatch.context() as environment:
        environment.setenv("PULSEBOARD_SECRET_ACME_TOKEN", TOKEN)
        environment.setenv("PULSEBOARD_SECRET_ACME_KEY", KEY)
        config = write_configuration(home / "pulseboard.yaml", target.address, stack.enter_context(bad_targets()))
        stack.callback(local.down)
        yield Deployment(stack=local.up(config), places=local.places)


@pytest.fixture(scope="session", autouse=True)
def telling(
    request: pytest.FixtureRequest, _in_one_worker: None, deployment: Deployment
) -> Iterator[Future[Story] | None]:
    """Begin the main story beside the other tests; None where no test that runs looks at it."""
    if not any("story" in _fixtures(item) for item in request.session.items):
        yield None
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="story") as teller:
        yield teller.submit(tell, deployment)


@pytest.fixture(scope="session")
def story(telling: Future[Story]) -> Story:
    """Give what was seen while the demo was broken and healed, once for all tests."""
    return telling.result()


@pytest.fixture(scope="session")
def alone(telling: Future[Story] | None) -> None:
    """Wait for the end of the main story, in which nobody else may stop a function."""
    if telling is not None:
        wait([telling])


@pytest.fixture
def subscriber(deployment: Deployment) -> Iterator[Subscriber]:
    """Give a queue that is subscribed to the alert topic for as long as the test lasts."""
    with Subscriber.subscribed(deployment) as queue:
        yield queue


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start chromium for a module alone: see tests/render/conftest.py."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    with chromium() as started:
        yield started
