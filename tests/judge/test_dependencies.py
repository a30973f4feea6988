"""Who is told while a monitor's parent is down: lines of a letter a minute, U up, G degraded, D down, - no run."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from functions.config import Config
from functions.domain.dependency import Parent, excused, parents_first
from functions.domain.monitor import Confirmation
from functions.domain.run import Run
from functions.domain.state import ShardState
from functions.domain.verdict import Verdict
from functions.judge.judge_run import judge_run
from tests.fakes.configs import config
from tests.fakes.history import state
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute, result, run

LETTERS = {"U": Verdict.UP, "G": Verdict.DEGRADED, "D": Verdict.DOWN}
TOGETHER = {"60s-0": ["shop", "database"]}
"""The child stands first in the file: the order of the file must not matter."""
APART = {"60s-0": ["shop"], "60s-1": ["database"]}
SHOP = {"shop": ["database"]}


def judged(lines: Mapping[str, str], settings: Config, order: Sequence[str], store: MemoryStore) -> None:
    """Judge one line for each monitor, minute by minute, the shards in `order` within each."""
    for n in range(max(map(len, lines.values()))):
        for shard in order:
            letters = {m: lines[m][n] for m in settings.shards[shard].monitors if lines[m][n] != "-"}
            if letters:
                results = {m: result(LETTERS[letter], m) for m, letter in letters.items()}
                run = Run(shard=shard, at=minute(n), region="eu-west-1", results=results)
                judge_run(run, config=settings, store=store)


def told(store: MemoryStore) -> str:
    """Return the events as "minute monitor kind verdict" joined by commas."""
    events = sorted(store.events.values(), key=lambda e: (e.at, e.monitor))
    return ", ".join(f"{(e.at - NOON).seconds // 60} {e.monitor} {e.kind} {e.verdict}" for e in events)


SENTENCES = [
    pytest.param(
        "UDDDUUU",
        "UDDDUUU",
        "1 database opened down, 5 database resolved up",
        id="down together, only the parent is told",
    ),
    pytest.param(
        "UUDDUUU", "UDDDUUU", "1 database opened down, 5 database resolved up", id="nor a child that follows later"
    ),
    pytest.param(
        "UDDDDDUU",
        "UUDDUUUU",
        "1 shop opened down, 2 database opened down, 5 database resolved up, 7 shop resolved up",
        id="what was told before is resolved",
    ),
    pytest.param(
        "UDUUUUUU",
        "UUDDDDUU",
        "1 shop opened down, 2 database opened down, 3 shop resolved up, 7 database resolved up",
        id="also while the parent is down",
    ),
    pytest.param(
        "UDDDUDDD",
        "UDDDUUUU",
        "1 database opened down, 5 database resolved up, 6 shop opened down",
        id="a child that still fails after the parent's recovery is told then",
    ),
    pytest.param(
        "UDDDUUUU",
        "UDDDDUUU",
        "1 database opened down, 6 database resolved up",
        id="a child that recovers first is never told",
    ),
    pytest.param(
        "UDDDDDUU",
        "UDDDUUUU",
        "1 database opened down, 5 database resolved up",
        id="nor one that needs a minute more than the parent's confirmation",
    ),
    pytest.param(
        "UDDD", "UGGG", "1 database opened degraded, 1 shop opened down", id="a parent that is degraded excuses nobody"
    ),
    pytest.param("UGDDGUU", "UDDDDUU", "1 database opened down, 6 database resolved up", id="whatever becomes of it"),
    pytest.param(
        "UGDDGUU",
        "UUDDDUU",
        "1 shop opened degraded, 2 database opened down, 6 database resolved up, 6 shop resolved up",
        id="getting worse is not told either",
    ),
    pytest.param(
        "UDDDDDD", "UD-----", "1 database opened down, 6 shop opened down", id="a parent without data has no say"
    ),
]


@pytest.mark.parametrize(("child", "parent", "expected"), SENTENCES)
@pytest.mark.parametrize(
    ("shards", "order"),
    [
        pytest.param(TOGETHER, ["60s-0"], id="in one shard"),
        pytest.param(APART, ["60s-1", "60s-0"], id="the parent's shard first"),
    ],
)
def test_a_child_keeps_quiet_while_its_parent_is_down(
    child: str, parent: str, expected: str, shards: Mapping[str, Sequence[str]], order: Sequence[str]
) -> None:
    """Each rule is two lines of runs and the events that follow."""
    store = MemoryStore()
    judged({"shop": child, "database": parent}, config(shards, depends_on=SHOP), order, store)
    assert told(store) == expected


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        pytest.param("UDDDUUU", "UDDDUUU", "1 database opened down, 5 database resolved up", id="down together"),
        pytest.param("UDDUU", "UUUUU", "2 shop opened down, 4 shop resolved up", id="alone, a run later"),
        pytest.param("UDUUU", "UUUUU", "", id="and not at all where that run is good"),
    ],
)
def test_a_child_whose_run_comes_before_its_parents_waits_for_it(child: str, parent: str, expected: str) -> None:
    """Runs of one minute come in any order; one run is the price."""
    store = MemoryStore()
    judged({"shop": child, "database": parent}, config(APART, depends_on=SHOP), ["60s-0", "60s-1"], store)
    assert told(store) == expected


def test_a_parent_that_is_yet_to_be_confirmed_down_is_waited_for() -> None:
    """It takes three runs, the child one: both began in the same minute, and only one of them is told."""
    store = MemoryStore()
    settings = config(TOGETHER, depends_on=SHOP, confirmation={"database": Confirmation(failures=3)})
    judged({"shop": "UDDDD", "database": "UDDDD"}, settings, ["60s-0"], store)
    assert told(store) == "3 database opened down"


def test_who_was_kept_quiet_is_told_with_its_own_beginning() -> None:
    """The incident starts at the child's first failing check, not when somebody was told."""
    store = MemoryStore()
    judged({"shop": "UDDDDDDD", "database": "UDDDUUUU"}, config(TOGETHER, depends_on=SHOP), ["60s-0"], store)
    event = next(e for e in store.events.values() if e.monitor == "shop")
    assert (event.at, event.started_at, event.previous) == (minute(6), minute(1), Verdict.UP)
    shop = store.shard_state("60s-0").states["shop"]
    assert (shop.held, shop.verdict, shop.incident) == (None, Verdict.DOWN, event.incident)


def test_a_child_that_is_kept_quiet_is_down_all_the_same() -> None:
    """It is shown; only nobody is called."""
    store = MemoryStore()
    judged({"shop": "UDD", "database": "UDD"}, config(TOGETHER, depends_on=SHOP), ["60s-0"], store)
    shop = store.shard_state("60s-0").states["shop"]
    assert (shop.verdict, shop.since, shop.incident) == (Verdict.DOWN, minute(1), None)


def test_a_chain_is_told_at_its_root_only() -> None:
    """The page needs the shop, the shop the database."""
    store = MemoryStore()
    settings = config({"60s-0": ["page", "shop", "database"]}, depends_on={"page": ["shop"], "shop": ["database"]})
    judged({"page": "UDD", "shop": "UDD", "database": "UDD"}, settings, ["60s-0"], store)
    assert told(store) == "1 database opened down"


class CountingStore(MemoryStore):
    """A store that notes which shards' states are read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def shard_state(self, shard: str) -> ShardState:
        """Return the state, as ever."""
        self.read.append(shard)
        return super().shard_state(shard)


def test_a_parent_in_another_shard_is_only_read_when_its_child_fails() -> None:
    """Quiet times cost nothing more."""
    store = CountingStore()
    settings = config(APART, depends_on=SHOP)
    judge_run(run(NOON, Verdict.UP, "shop"), config=settings, store=store)
    assert set(store.read) == {"60s-0"}
    judge_run(run(minute(1), Verdict.DOWN, "shop"), config=settings, store=store)
    assert "60s-1" in store.read


def test_a_monitor_that_is_checked_rarely_does_not_wait_for_its_parent() -> None:
    """Its next run may be an hour away."""
    parent = Parent(interval=60, state=state(Verdict.UP, minute(-1)))
    assert not excused([parent], since=NOON, at=NOON, interval=timedelta(hours=1))
    assert excused([parent], since=NOON, at=NOON, interval=timedelta(minutes=1))


def test_a_circle_that_slipped_through_still_ends() -> None:
    """Validation refuses it; the judge must not hang on it."""
    assert sorted(parents_first(["a", "b"], {"a": ("b",), "b": ("a",)})) == ["a", "b"]
