"""What every store of pings promises: the fake in memory and the real one over DynamoDB pass the same tests."""

from dataclasses import replace
from datetime import UTC

import pytest

from functions.adapters.ping_table import PingTable
from functions.domain.ping import Pings, Start
from functions.store import ConflictError, PingBody
from tests.fakes.memory_pings import MemoryPings
from tests.fakes.samples import NOON, minute

Store = MemoryPings | PingTable

FULL = Pings(
    monitor="import",
    finished_at=minute(-1.505),
    succeeded_at=minute(-60),
    failing_since=minute(-30),
    status=137,
    excerpt="…killed: “out of memory”",
    duration_ms=61_234.0,
    open=(Start(at=minute(-3)), Start(at=minute(-2), rid="0d338dcc-a054-41ec-b909-0242ac120002")),
    ended=("6f2a6b2e-0000-4000-8000-000000000000",),
    logged_at=minute(-4),
    minute=minute(-1),
    in_minute=3,
)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """Give each store in turn, empty."""
    if request.param == "memory":
        return MemoryPings()
    return PingTable(request.getfixturevalue("dynamodb"), request.getfixturevalue("table"))


def test_a_monitor_without_pings_has_version_0(store: Store) -> None:
    """The first ping is recorded without asking whether it is the first."""
    assert store.pings_of("import") == Pings(monitor="import")
    assert store.pings() == {}
    assert store.ping_body("import") is None


@pytest.mark.parametrize("pings", [FULL, Pings(monitor="import"), Pings(monitor="import", finished_at=NOON, status=0)])
def test_pings_come_back_whole(store: Store, pings: Pings) -> None:
    """To the millisecond, and times in UTC."""
    store.put_pings(pings)
    assert store.pings_of("import") == replace(pings, version=1)
    assert store.pings() == {"import": replace(pings, version=1)}
    newest = store.pings_of("import").newest
    assert newest is None or newest.tzinfo is UTC


def test_who_read_before_another_wrote_is_told_and_changes_nothing(store: Store) -> None:
    """Two pings at the same moment do not undo each other."""
    first = store.pings_of("import")
    store.put_pings(replace(first, finished_at=NOON))
    with pytest.raises(ConflictError):
        store.put_pings(replace(first, finished_at=minute(5)))
    with pytest.raises(ConflictError):
        store.put_pings(replace(first, version=7))
    known = store.pings_of("import")
    assert (known.version, known.finished_at) == (1, NOON)
    store.put_pings(replace(known, finished_at=minute(6)))
    assert store.pings_of("import").finished_at == minute(6)


def test_all_monitors_are_read_at_once(store: Store) -> None:
    """Without the bodies and without what keys are made of."""
    store.make_key_ring(b"x" * 32)
    for monitor in ("b", "a", "c"):
        store.put_pings(Pings(monitor=monitor, finished_at=NOON))
        store.put_ping_body(monitor, PingBody(at=NOON, signal="success", data=b"fine"))
    assert set(store.pings()) == {"a", "b", "c"}


def test_the_newest_body_is_kept_byte_for_byte(store: Store) -> None:
    """A job may write whatever it wants."""
    store.put_ping_body("a", PingBody(at=NOON, signal="log", data=b"old"))
    newest = PingBody(at=minute(1), signal="fail", data=bytes(range(256)) * 39)
    store.put_ping_body("a", newest)
    assert store.ping_body("a") == newest
    assert store.ping_body("b") is None


def test_there_is_one_key_ring_however_often_it_is_made(store: Store) -> None:
    """Two people who ask at once get the same keys."""
    assert store.key_ring() is None
    made = store.make_key_ring(b"a" * 32)
    assert store.make_key_ring(b"b" * 32) == made == store.key_ring()
    assert made.secret == b"a" * 32


def test_one_key_is_replaced_and_the_others_stay(store: Store) -> None:
    """An address that has leaked is no reason to touch all other jobs."""
    before = store.make_key_ring(b"a" * 32)
    after = store.replace_key("import")
    assert after == store.key_ring()
    assert after.key("import") != before.key("import")
    assert after.key("backup") == before.key("backup")
    assert store.replace_key("import").key("import") not in {before.key("import"), after.key("import")}
