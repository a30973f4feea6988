"""The judge over a store: what it commits, and what it does when it is not alone."""

from dataclasses import replace

import pytest

from functions.domain.event import EventKind
from functions.domain.monitor import Shard
from functions.domain.run import Run
from functions.domain.verdict import Verdict
from functions.judge.judge_run import TRIES, judge_run, reconcile
from functions.store import COMMIT_LIMIT, ConflictError, Judgement
from tests.fakes.configs import config
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute, run

ONE = config({"60s-0": ["api"]})


class RivalStore(MemoryStore):
    """A store in which somebody else writes the same shard just before each of the first commits."""

    def __init__(self, rivals: list[Judgement]) -> None:
        super().__init__()
        self.rivals = rivals

    def commit(self, judgement: Judgement) -> None:
        """Let a rival go first, while there is one."""
        if self.rivals:
            rival = self.rivals.pop(0)
            super().commit(replace(rival, state=replace(rival.state, version=judgement.state.version)))
        super().commit(judgement)


def test_an_outage_is_opened_and_resolved_in_the_store() -> None:
    """From runs to incident and events."""
    store = MemoryStore()
    for n, verdict in enumerate([Verdict.UP, Verdict.DOWN, Verdict.DOWN, Verdict.UP, Verdict.UP]):
        judge_run(run(minute(n), verdict), config=ONE, store=store)
    assert [str(e.kind) for e in store.events.values()] == ["opened", "resolved"]
    (incident,) = store.incidents(NOON)
    assert (incident.started_at, incident.resolved_at) == (minute(1), minute(3))
    assert store.shard_state("60s-0").version == 5


def test_a_run_that_comes_again_is_not_even_written() -> None:
    """The stream delivers at least once; the second time costs a read."""
    store = MemoryStore()
    assert len(judge_run(run(NOON, Verdict.DOWN), config=ONE, store=store)) == 1
    assert judge_run(run(NOON, Verdict.DOWN), config=ONE, store=store) == []
    assert store.shard_state("60s-0").version == 1


def test_who_is_overtaken_decides_again_on_what_the_other_wrote() -> None:
    """The other judge had seen the very run: then there is nothing left to tell."""
    other = MemoryStore()
    (event,) = judge_run(run(NOON, Verdict.DOWN), config=ONE, store=other)
    incidents = tuple(replace(incident, version=0) for incident in other.incidents(NOON))
    rival = Judgement(state=other.shard_state("60s-0"), incidents=incidents, events=(event,))
    store = RivalStore([rival])
    assert judge_run(run(NOON, Verdict.DOWN), config=ONE, store=store) == []
    assert list(store.events.values()) == [event]
    assert store.shard_state("60s-0").version == 1


def test_regions_that_write_at_the_same_moment_all_count() -> None:
    """Two are overtaken by the third, and no run is lost."""
    three = config({"60s-0": ["api"]}, regions=["a", "b", "c"])
    store = MemoryStore()
    for region in "abc":
        judge_run(run(NOON, Verdict.UP, region=region), config=three, store=store)
    first = MemoryStore()
    first.commit(Judgement(state=replace(store.shard_state("60s-0"), version=0)))
    judge_run(run(minute(1), Verdict.DOWN, region="a"), config=three, store=first)
    overtaken = RivalStore([Judgement(state=first.shard_state("60s-0"))])
    events = judge_run(run(minute(1), Verdict.DOWN, region="b"), config=three, store=overtaken)
    assert [(e.kind, e.regions) for e in events] == [(EventKind.OPENED, ("a", "b"))]


def test_whoever_is_always_overtaken_gives_up_and_is_delivered_again() -> None:
    """Bounded: the stream's retry is the longer patience."""
    state = MemoryStore().shard_state("60s-0")
    store = RivalStore([Judgement(state=state)] * TRIES)
    with pytest.raises(ConflictError):
        judge_run(run(NOON, Verdict.DOWN), config=ONE, store=store)
    assert store.events == {}


def test_a_mass_outage_is_judged_in_steps_and_every_monitor_is_told_once() -> None:
    """More monitors change than a commit holds."""
    names = [f"m{n}" for n in range(2 * COMMIT_LIMIT + 10)]
    many = config({"60s-0": names})
    store = MemoryStore()
    judge_run(run(NOON, Verdict.UP, *names), config=many, store=store)
    events = judge_run(run(minute(1), Verdict.DOWN, *names), config=many, store=store)
    assert sorted(e.monitor for e in events) == sorted(names)
    assert len(store.events) == len(store.incidents(NOON)) == len(names)
    assert store.shard_state("60s-0").version == 4


class MortalStore(MemoryStore):
    """A store that is lost after some commits, as when the function is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.commits_left: int | None = None

    def commit(self, judgement: Judgement) -> None:
        """Commit, while there are commits left."""
        if self.commits_left == 0:
            raise ConnectionError
        super().commit(judgement)
        if self.commits_left is not None:
            self.commits_left -= 1


@pytest.mark.parametrize("commits", [0, 1, 2])
def test_a_judge_that_dies_in_a_mass_outage_loses_nothing(commits: int) -> None:
    """Whatever step it dies after: delivered again, the run is finished, and nobody is told twice."""
    names = [f"m{n}" for n in range(2 * COMMIT_LIMIT + 10)]
    many = config({"60s-0": names})
    store = MortalStore()
    judge_run(run(NOON, Verdict.UP, *names), config=many, store=store)
    outage = run(minute(1), Verdict.DOWN, *names)
    store.commits_left = commits
    with pytest.raises(ConnectionError):
        judge_run(outage, config=many, store=store)
    assert len(store.events) == commits * COMMIT_LIMIT
    store.commits_left = None
    judge_run(outage, config=many, store=store)
    assert sorted(e.monitor for e in store.events.values()) == sorted(names)
    assert len(store.incidents(NOON)) == len(names)


def test_a_monitor_that_could_not_be_checked_is_left_alone() -> None:
    """A secret that cannot be read is our failure; it neither opens nor ends anything."""
    store = MemoryStore()
    judge_run(run(NOON, Verdict.DOWN), config=ONE, store=store)
    before = store.shard_state("60s-0")
    unmade = Run(shard="60s-0", at=minute(1), region="eu-west-1", results={}, unmade={"api": "no secret"})
    assert judge_run(unmade, config=ONE, store=store) == []
    assert store.shard_state("60s-0") == before


def test_a_run_of_what_the_config_does_not_have_changes_nothing() -> None:
    """Neither an unknown shard nor a monitor that has moved on to another one."""
    store = MemoryStore()
    moved = config({"60s-0": ["other"], "60s-1": ["api"]})
    assert judge_run(run(NOON, Verdict.DOWN, shard="gone"), config=moved, store=store) == []
    assert judge_run(run(NOON, Verdict.DOWN, "api"), config=moved, store=store) == []
    assert store.shard_states() == []


def test_a_monitor_that_moves_keeps_its_incident_and_is_resolved_in_its_new_shard() -> None:
    """The outage goes on, with its old start; the old shard forgets it."""
    store = MemoryStore()
    judge_run(run(NOON, Verdict.DOWN, "api", "shop"), config=config({"60s-0": ["api", "shop"]}), store=store)
    moved = config({"60s-0": ["shop"], "60s-1": ["api"]})
    assert reconcile(at=minute(1), config=moved, store=store) == []
    assert {s.shard: list(s.states) for s in store.shard_states()} == {"60s-0": ["shop"], "60s-1": ["api"]}
    for n in (1, 2):
        events = judge_run(run(minute(n), Verdict.UP, "api", shard="60s-1"), config=moved, store=store)
    assert [(e.kind, e.started_at, e.resolved_at) for e in events] == [(EventKind.RESOLVED, NOON, minute(1))]


def test_a_monitor_that_is_gone_is_resolved_with_a_note() -> None:
    """Also where its whole shard is gone, and no run of it will ever come."""
    store = MemoryStore()
    judge_run(run(NOON, Verdict.DOWN, "api", "shop"), config=config({"60s-0": ["api", "shop"]}), store=store)
    events = reconcile(at=minute(9), config=config({"300s-0": ["new"]}), store=store)
    assert sorted(e.monitor for e in events) == ["api", "shop"]
    assert {e.summary for e in events} == {"This monitor is no longer watched."}
    assert all(not i.open for i in store.incidents(NOON))
    assert reconcile(at=minute(10), config=config({"300s-0": ["new"]}), store=store) == []


def test_a_config_that_fits_is_not_written() -> None:
    """A cold start costs one read."""
    store = MemoryStore()
    judge_run(run(NOON, Verdict.UP), config=ONE, store=store)
    reconcile(at=minute(1), config=ONE, store=store)
    assert store.shard_state("60s-0").version == 1


def test_more_monitors_that_are_gone_than_a_commit_holds_all_end() -> None:
    """In steps, as in a mass outage."""
    names = [f"m{n}" for n in range(COMMIT_LIMIT + 5)]
    store = MemoryStore()
    judge_run(run(NOON, Verdict.DOWN, *names), config=config({"60s-0": names}), store=store)
    assert len(reconcile(at=minute(1), config=config({"60s-0": ["new"]}), store=store)) == len(names)


def test_a_shard_without_named_regions_is_judged_by_the_one_that_reports() -> None:
    """Regions that are not named mean: the one that it is deployed to."""
    nowhere = replace(ONE, shards={"60s-0": Shard(id="60s-0", interval=60, regions=(), monitors=("api",))})
    assert len(judge_run(run(NOON, Verdict.DOWN), config=nowhere, store=MemoryStore())) == 1
