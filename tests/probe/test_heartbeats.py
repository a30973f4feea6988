"""Heartbeats in a run: pings are read once, and become results beside the others."""

import threading
from collections.abc import Collection, Mapping
from datetime import timedelta

import pytest

from functions.config import Config
from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.event import EventKind
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor, Shard
from functions.domain.ping import Ping, Pings, Signal, receive
from functions.domain.run import Run
from functions.domain.secret import Secret
from functions.domain.verdict import FailureKind, Verdict
from functions.judge.judge_run import judge_run
from functions.probe.check import Tools
from functions.probe.heartbeats import ReportedHeartbeats
from functions.probe.run import NO_TIME, NOT_FROM_HERE, probe_shard
from functions.secrets import Unreadable
from tests.fakes.memory_pings import MemoryPings
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import minute
from tests.probe.probing import monitor, tools
from tests.targets.behaviours import healthy
from tests.targets.server import serving


def heartbeat(monitor_id: str, *, period: int = 3600, grace: int = 300) -> Monitor:
    """Return a monitor that reports in."""
    return Monitor(
        id=monitor_id,
        name=monitor_id.title(),
        check=Heartbeat(period=period, grace=grace),
        expectations=Expectations.decode(None, None),
    )


class NoSecrets:
    """There are none."""

    def read(self, secrets: Collection[Secret]) -> Mapping[Secret, str | Unreadable]:
        """Return nothing."""
        assert not secrets
        return {}


class Job:
    """A job that pings, and the probe that looks after it each minute."""

    def __init__(self, *monitors: Monitor) -> None:
        self.monitors = monitors or (heartbeat("import"),)
        self.pings = MemoryPings()
        self.store = MemoryStore()
        self.troubles: list[str] = []
        self.config = Config(
            monitors={m.id: m for m in self.monitors},
            pages=(),
            shards={"60s-0": Shard(id="60s-0", interval=60, regions=(), monitors=tuple(m.id for m in self.monitors))},
        )

    def ping(self, signal: str, at: float, *, to: str = "import", said: str = "") -> None:
        """Send a ping so many minutes after noon."""
        before = self.pings.pings_of(to)
        ping = Ping(signal=Signal(signal), at=minute(at), excerpt=said)
        after = receive(before, ping, grace=timedelta(minutes=5))
        if after is not before:
            self.pings.put_pings(after)

    async def run(self, at: float, *, using: Tools | None = None, deadline: float = 5.0) -> Run:
        """Make the run of so many minutes after noon."""
        chosen = using or tools()
        with_pings = Tools(executors=chosen.executors, heartbeats=ReportedHeartbeats(self.pings))
        return await probe_shard(
            self.monitors,
            shard="60s-0",
            at=minute(at),
            region="eu-west-1",
            deadline=deadline,
            tools=with_pings,
            secrets=NoSecrets(),
            store=self.store,
            troubles=lambda monitor_id, _: self.troubles.append(monitor_id),
        )

    async def judge(self, at: float) -> list[tuple[EventKind, Verdict]]:
        """Make and judge a run; return what is told."""
        events = judge_run(await self.run(at), config=self.config, store=self.store)
        return [(event.kind, event.verdict) for event in events]


async def test_a_job_that_was_never_heard_of_is_neither_down_nor_an_error() -> None:
    """No data: there is no result, and nothing that an operator would have to mend."""
    run = await Job().run(600)
    assert (run.results, run.unmade) == ({}, {})


async def test_pings_become_results_beside_those_of_requests() -> None:
    """One run, whatever its monitors do; the pings are read once for all of them."""
    async with serving(healthy) as port:
        job = Job(monitor(f"http://127.0.0.1:{port}/", monitor_id="web"), *(heartbeat(f"job-{n}") for n in range(30)))
        job.ping("success", 0, to="job-0")
        job.ping("fail", 0, to="job-1", said="no space left on device")
        job.pings.reads = 0
        run = await job.run(1)
    assert job.pings.reads == 1
    assert {name: result.verdict for name, result in run.results.items()} == {
        "web": Verdict.UP,
        "job-0": Verdict.UP,
        "job-1": Verdict.DOWN,
    }
    failure = run.results["job-1"].failure
    assert failure is not None
    assert failure.kind is FailureKind.HEARTBEAT
    assert failure.reason == "reported a failure at 12:00 UTC: no space left on device"
    assert len(run.results["job-1"].attempts) == 1


async def test_a_failure_is_told_in_the_next_run_and_a_recovery_when_it_is_confirmed() -> None:
    """From the ping to the event, through the judge as it is for all monitors."""
    job = Job()
    told = []
    for at in range(120):
        if at == 1:
            job.ping("success", at)
        if at == 30:
            job.ping("fail", at - 0.5)
        if at == 40:
            job.ping("success", at - 0.5)
        told += [(at, *event) for event in await job.judge(at)]
    assert told == [
        (30, EventKind.OPENED, Verdict.DOWN),
        (41, EventKind.RESOLVED, Verdict.UP),
        (105, EventKind.OPENED, Verdict.DOWN),
    ]


async def test_a_table_that_cannot_be_read_is_no_outage_of_the_jobs() -> None:
    """Unmade: no data, and the operator is told."""

    class Gone(MemoryPings):
        def pings(self) -> Mapping[str, Pings]:
            raise ConnectionError("secret detail")

    job = Job()
    job.pings = Gone()
    run = await job.run(0)
    assert run.results == {}
    assert run.unmade == {"import": "the check itself failed: ConnectionError"}
    assert job.troubles == ["import"]


async def test_a_table_that_hangs_does_not_delay_the_run() -> None:
    """The others are recorded in time."""
    release = threading.Event()

    class Hanging(MemoryPings):
        def pings(self) -> Mapping[str, Pings]:
            release.wait(10)
            return {}

    job = Job()
    job.pings = Hanging()
    try:
        run = await job.run(0, deadline=0.2)
    finally:
        release.set()
    assert run.unmade == {"import": NO_TIME}


async def test_elsewhere_than_in_a_deployment_nothing_is_known_of_it() -> None:
    """`pulseboard check` says so."""
    job = Job()
    run = await probe_shard(
        job.monitors,
        shard="check",
        at=minute(0),
        region="here",
        deadline=1.0,
        tools=tools(),
        secrets=NoSecrets(),
        store=job.store,
        troubles=lambda *_: None,
    )
    assert run.unmade == {"import": NOT_FROM_HERE}


@pytest.mark.parametrize("late", [False, True])
async def test_a_run_that_is_made_late_judges_its_own_minute(*, late: bool) -> None:
    """What came since then only ever helps: a delayed run raises no alarm that is out of date."""
    job = Job()
    job.ping("success", 0)
    if late:
        job.ping("success", 66.5)
    run = await job.run(66)
    assert run.results["import"].verdict is (Verdict.UP if late else Verdict.DOWN)
