"""The shop as the repository's pulseboard.yaml watches it: really served, checked and judged."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from cli.environment_secrets import EnvironmentSecrets
from configuration import load
from functions.adapters.guard import interrupting_guard
from functions.adapters.network import Network
from functions.config import Config, decode_config
from functions.domain.address import AddressPolicy
from functions.domain.event import EventKind
from functions.domain.settling import settle
from functions.domain.slot import hour_of
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.summary import Record, summarise
from functions.domain.verdict import Verdict
from functions.judge.judge_run import judge_run
from functions.probe.check import Tools
from functions.probe.executors import Executors
from functions.probe.run import probe_shard
from tests.examples.test_shop import REPOSITORY, serve
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import minute


class Watcher:
    """Probe and judge of the demo's one shard, by the minute."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.store = MemoryStore()
        self.minutes = 0
        self.told: list[tuple[str, str, str]] = []

    async def watch(self, runs: int = 1) -> None:
        """Check and judge so many minutes, one at once after the other."""
        for _ in range(runs):
            at = minute(self.minutes)
            self.minutes += 1
            [shard] = self.config.shards
            network = Network(policy=AddressPolicy(allow_private=True))
            run = await probe_shard(
                [replace(monitor, attempts=1) for monitor in self.config.monitors_of(shard)],
                shard=shard,
                at=at,
                region="eu-west-1",
                deadline=30.0,
                tools=Tools(executors=Executors(network), guard=interrupting_guard()),
                secrets=EnvironmentSecrets({}),
                store=self.store,
                troubles=_raised,
            )
            events = judge_run(run, config=self.config, store=self.store)
            self.told += [(event.kind.value, event.monitor, event.summary) for event in events]

    @property
    def page(self) -> Snapshot:
        """Return what the page shows now."""
        at = minute(self.minutes - 1)
        record = Record(
            states=self.store.shard_states(),
            incidents=self.store.incidents(minute(0)),
            past=settle([], [], hour=hour_of(at)),
            live=[],
        )
        return summarise(self.config.pages[0], self.config.monitors, record, url="https://status", at=at)


def _raised(monitor: str, error: BaseException) -> None:
    raise AssertionError(monitor) from error


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a healthy shop."""
    async for client in serve(tmp_path):
        yield client


@pytest.fixture
def watcher(shop: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Watcher:
    """Give somebody who watches it by the repository's own pulseboard.yaml."""
    monkeypatch.setenv("DEMO_URL", str(shop.base_url).rstrip("/"))
    return Watcher(decode_config(load(REPOSITORY / "pulseboard.yaml").runtime))


async def test_a_broken_database_degrades_the_page(shop: httpx.AsyncClient, watcher: Watcher) -> None:
    """503 with a body that says what has failed is degraded; the page names the database, and healing ends it."""
    await watcher.watch(2)
    assert watcher.page.overall is Overall.OPERATIONAL
    await shop.post("/break/database")
    await watcher.watch(3)
    page = watcher.page
    assert page.overall is Overall.DEGRADED
    assert {view.id for view in page.monitors if view.verdict is Verdict.DEGRADED} == {"health", "products", "orders"}
    assert "Database has failed." in {incident.updates[-1].body for incident in page.incidents}
    await shop.post("/heal")
    await watcher.watch(3)
    assert watcher.page.overall is Overall.OPERATIONAL
    assert [kind for kind, _, _ in watcher.told] == ["opened"] * 3 + ["resolved"] * 3


async def test_a_process_that_only_errs_is_one_incident(shop: httpx.AsyncClient, watcher: Watcher) -> None:
    """What hangs on it fails, too, and says what it waits for; its own end is told, and nothing else ever was."""
    await watcher.watch(2)
    await shop.post("/break/error")
    await watcher.watch(3)
    page = watcher.page
    [incident] = page.incidents
    assert incident.title == "Process down"
    held = {view.id: view.held_by for view in page.monitors if view.verdict.failing and view.id != "live"}
    assert held == dict.fromkeys(("health", "products", "orders"), ("live",))
    await shop.post("/heal")
    await watcher.watch(3)
    assert watcher.page.overall is Overall.OPERATIONAL
    assert [(kind, monitor) for kind, monitor, _ in watcher.told] == [("opened", "live"), ("resolved", "live")]


@pytest.mark.parametrize(
    ("broken", "opened"),
    [
        ("cache", {("health", "Cache has failed.")}),
        ("error", {("live", "The health check answers with HTTP 500.")}),
        ("slow", {("products", "It answers too slowly"), ("orders", "It answers too slowly")}),
    ],
)
async def test_what_else_can_be_broken_is_told_of_once(
    shop: httpx.AsyncClient, watcher: Watcher, broken: str, opened: set[tuple[str, str]]
) -> None:
    """A process that answers nothing but errors is one incident as well; what is merely slow holds nobody back."""
    await watcher.watch(2)
    await shop.post(f"/break/{broken}")
    await watcher.watch(3)
    assert {kind for kind, _, _ in watcher.told} == {EventKind.OPENED}
    assert {(monitor, text.split(":")[0]) for _, monitor, text in watcher.told} == opened
