"""What becomes of states when the config changes."""

from dataclasses import replace

from functions.domain.reconciliation import adopt, let_go
from functions.domain.state import ShardState, State, newest_states
from functions.domain.verdict import Verdict
from tests.fakes.replay import Replay
from tests.fakes.samples import minute, result


def _judged(monitor: str, line: str = "U") -> State:
    replay = Replay()
    for n, letter in enumerate(line):
        replay.see(result(Verdict.UP if letter == "U" else Verdict.DOWN, monitor), at=minute(n))
    assert replay.state is not None
    return replay.state


def _shard(name: str, *states: State, version: int = 4) -> ShardState:
    return ShardState(shard=name, version=version, states={s.monitor: s for s in states})


def test_a_config_that_fits_needs_nothing() -> None:
    """The usual start of a function costs one read and no write."""
    stored = [_shard("60s-0", _judged("a")), _shard("60s-1", _judged("b"))]
    homes = {"a": "60s-0", "b": "60s-1", "new": "60s-1"}
    assert adopt(stored, homes) == []
    assert let_go(stored, homes, at=minute(9), limit=9) == []


def test_a_monitor_that_moved_takes_its_state_along() -> None:
    """First the new shard adopts it, beside what it has; then the old one lets go."""
    moved, stays = _judged("a", "UD"), _judged("b")
    stored = [_shard("60s-0", moved, version=7), _shard("60s-1", stays, version=2)]
    homes = {"a": "60s-1", "b": "60s-1"}
    (adopted,) = adopt(stored, homes)
    assert adopted == _shard("60s-1", stays, moved, version=2)
    after = [stored[0], replace(adopted, version=3)]
    assert adopt(after, homes) == []
    (left,) = let_go(after, homes, at=minute(9), limit=9)
    assert left.state == _shard("60s-0", version=7)
    assert left.changes == ()


def test_a_shard_that_was_never_judged_can_adopt() -> None:
    """Its version is 0, so that the write knows that it is the first."""
    moved = _judged("a")
    (adopted,) = adopt([_shard("60s-0", moved)], {"a": "300s-0"})
    assert adopted == _shard("300s-0", moved, version=0)


def test_shards_can_swap_monitors() -> None:
    """Each has both in between."""
    a, b = _judged("a"), _judged("b")
    stored = [_shard("60s-0", a), _shard("60s-1", b)]
    homes = {"a": "60s-1", "b": "60s-0"}
    both = adopt(stored, homes)
    assert [sorted(s.states) for s in both] == [["a", "b"], ["a", "b"]]
    left = {r.state.shard: list(r.state.states) for r in let_go(both, homes, at=minute(9), limit=9)}
    assert left == {"60s-0": ["b"], "60s-1": ["a"]}


def test_where_two_shards_have_a_state_the_newer_counts_and_the_home_of_equals() -> None:
    """A state that was left behind must not come back over one that went on."""
    old, new = _judged("a", "U"), _judged("a", "UUD")
    assert newest_states([_shard("60s-0", new), _shard("60s-1", old)], {"a": "60s-1"}) == {"a": new}
    (adopted,) = adopt([_shard("60s-0", new), _shard("60s-1", old)], {"a": "60s-1"})
    assert adopted.states == {"a": new}
    assert adopt([_shard("60s-0", old), _shard("60s-1", new)], {"a": "60s-1"}) == []


def test_a_monitor_that_is_gone_ends_its_incident() -> None:
    """One that was up leaves in silence."""
    down, up = _judged("a", "UD"), _judged("b")
    (left,) = let_go([_shard("60s-0", down, up)], {}, at=minute(9), limit=9)
    assert left.state.states == {}
    (change,) = left.changes
    assert (change.incident, change.at, change.removed) == (down.incident, minute(9), True)


def test_more_ends_than_a_transaction_holds_come_in_steps() -> None:
    """What is left over is found again when this is asked again."""
    shard = _shard("60s-0", *(_judged(f"m{n}", "D") for n in range(5)))
    ended = []
    while (steps := let_go([shard], {}, at=minute(9), limit=2)) != []:
        ended.append(len(steps[0].changes))
        shard = steps[0].state
    assert ended == [2, 2, 1]
    assert shard.states == {}
