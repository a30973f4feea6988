"""What every store promises: the fake in memory and the real one over DynamoDB pass the same tests."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.adapters.dynamo_store import DynamoStore
from functions.domain.event import Event, EventKind
from functions.domain.event_codec import decode_event
from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.incident import Incident
from functions.domain.people import add_update
from functions.domain.result import Attempt, Phases, Result
from functions.domain.run import Run
from functions.domain.state import RegionView, ShardState, Signal, State
from functions.domain.usual import Usual
from functions.domain.verdict import Verdict
from functions.store import COMMIT_LIMIT, ConflictError, Judgement, Receipt
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import FAILURE, NOON, event, incident, minute, opened, run

Store = MemoryStore | DynamoStore


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """Give each store in turn, empty."""
    if request.param == "memory":
        return MemoryStore()
    return DynamoStore(request.getfixturevalue("dynamodb"), request.getfixturevalue("table"))


def _state(monitor: str, verdict: Verdict = Verdict.UP, at: datetime = NOON) -> State:
    return State(
        monitor=monitor,
        verdict=verdict,
        since=at - timedelta(days=3),
        judged_at=at,
        reporting_since=at - timedelta(days=9),
        regions={"eu-west-1": RegionView(at=at, verdict=verdict)},
    )


def _first(*monitors: str) -> ShardState:
    return ShardState(shard="60s-0", version=0, states={m: _state(m) for m in monitors or ("api",)})


def _events_of(store: Store, incident_id: str) -> list[Event]:
    """Return the incident's events: the protocols need no such reading, since the stream tells of them."""
    if isinstance(store, MemoryStore):
        return [e for e in store.events.values() if e.incident == incident_id]
    partition = f"EVENT#{NOON:%Y-%m-%d}"
    return [decode_event(item["data"]["S"]) for item in store._query(partition)]  # noqa: SLF001 - see above


def test_a_run_is_read_back_in_its_hour(store: Store) -> None:
    """The record that all else is derived from comes back whole."""
    recorded = run(minute(4), Verdict.DOWN, "api", "shop")
    store.put_run(recorded)
    assert list(store.runs(NOON)) == [recorded]
    assert list(store.runs(NOON - timedelta(hours=1))) == []
    assert list(store.runs(NOON + timedelta(hours=1))) == []


def test_the_same_run_again_overwrites_itself(store: Store) -> None:
    """A run that was delivered twice is one run; the later writing wins."""
    store.put_run(run(minute(4), Verdict.DOWN))
    store.put_run(run(minute(4), Verdict.UP))
    assert list(store.runs(NOON)) == [run(minute(4), Verdict.UP)]


def test_the_runs_of_an_hour_come_oldest_first(store: Store) -> None:
    """Whatever the order of writing, all shards and regions of a minute stand together."""
    written = [
        run(minute(59), Verdict.UP),
        run(minute(0), Verdict.UP, shard="60s-1"),
        run(minute(0), Verdict.UP, region="us-east-1"),
        run(minute(0), Verdict.UP),
        run(minute(9), Verdict.UP),
    ]
    for each in written:
        store.put_run(each)
    found = [(r.at, r.shard, r.region) for r in store.runs(NOON)]
    assert found == sorted((r.at, r.shard, r.region) for r in written)


def test_the_newest_runs_of_an_hour_can_be_had_alone(store: Store) -> None:
    """Whoever knows the others reads from a minute on; a moment before the hour leaves nothing out."""
    for n in (0, 9, 10, 59):
        store.put_run(run(minute(n), Verdict.UP))
        store.put_run(run(minute(n), Verdict.UP, region="us-east-1"))
    assert [r.at for r in store.runs(NOON, since=minute(10))] == [minute(n) for n in (10, 10, 59, 59)]
    assert len(list(store.runs(NOON, since=NOON - timedelta(minutes=3)))) == 8


def test_an_hour_of_more_than_a_megabyte_is_read_whole(store: Store) -> None:
    """A query answers in pages of 1 MB; reading on is the store's business."""
    written = [_incompressible_run(minute(n)) for n in range(0, 60, 3)]
    for each in written:
        store.put_run(each)
    assert list(store.runs(NOON)) == written


def _incompressible_run(at: datetime) -> Run:
    """Return a run of about 100 KB: reasons of random digits do not compress."""
    failing = Attempt(verdict=Verdict.DOWN, latency_ms=None, phases=Phases(), failure=FAILURE)
    noise = (uuid.uuid4().hex * 6 for _ in range(1_000))
    attempts = tuple(replace(failing, failure=replace(FAILURE, reason=text)) for text in noise)
    return Run(shard="60s-0", at=at, region="eu-west-1", results={"api": Result(monitor="api", attempts=attempts)})


def test_a_shard_that_was_never_judged_has_version_0(store: Store) -> None:
    """The judge starts from nothing without asking whether it is the first."""
    assert store.shard_state("60s-0") == ShardState(shard="60s-0", version=0, states={})
    assert list(store.shard_states()) == []
    assert store.incident("20261122T120000Z-00000000") is None


def test_a_commit_raises_the_version_and_keeps_all_of_a_state(store: Store) -> None:
    """Everything that judging the next run needs survives, down to a half confirmed change."""
    view = RegionView(
        at=NOON,
        verdict=Verdict.DEGRADED,
        failing=Signal(on=True),
        down=Signal(on=True, against=1, since=minute(-1)),
        failure=FAILURE,
        status_code=503,
        attempts=2,
        slow=(None, minute(-1), NOON),
    )
    state = replace(
        _state("api", Verdict.DOWN),
        regions={"eu-west-1": view, "us-east-1": RegionView(at=minute(-2), verdict=Verdict.UP)},
        incident="20261122T110000Z-00000000",
        last_incident="20261121T110000Z-00000000",
        eased_at=minute(-40),
        flaps=3,
        flapped_at=minute(-30),
    )
    store.commit(Judgement(state=ShardState(shard="60s-0", version=0, states={"api": state, "b": _state("b")})))
    expected = ShardState(shard="60s-0", version=1, states={"api": state, "b": _state("b")})
    assert store.shard_state("60s-0") == expected
    assert list(store.shard_states()) == [expected]


def test_all_shards_are_found(store: Store) -> None:
    """Also those that the config no longer has: a monitor that moved is looked for there."""
    for shard in ("60s-1", "300s-0", "60s-0"):
        store.commit(Judgement(state=ShardState(shard=shard, version=0, states={shard: _state(shard)})))
    assert {s.shard: list(s.states) for s in store.shard_states()} == {
        "60s-0": ["60s-0"],
        "60s-1": ["60s-1"],
        "300s-0": ["300s-0"],
    }


@pytest.mark.parametrize("with_events", [False, True], ids=["quiet", "with events"])
def test_who_read_before_another_wrote_is_told_and_writes_nothing(store: Store, *, with_events: bool) -> None:
    """Two judges of one shard cannot undo each other's work, whether or not there is something to announce."""
    more = Judgement(
        state=_first("late"),
        incidents=(incident(),) if with_events else (),
        events=(event(),) if with_events else (),
    )
    store.commit(Judgement(state=_first("api")))
    with pytest.raises(ConflictError):
        store.commit(more)
    with pytest.raises(ConflictError):
        store.commit(replace(more, state=replace(more.state, version=7)))
    assert list(store.shard_state("60s-0").states) == ["api"]
    assert store.incident(incident().id) is None
    assert _events_of(store, incident().id) == []


def test_state_incident_and_events_are_written_together(store: Store) -> None:
    """What was decided is recorded as a whole."""
    store.commit(Judgement(state=_first(), incidents=(incident(),), events=(event(),)))
    assert store.shard_state("60s-0").version == 1
    assert store.incident(incident().id) == incident()
    assert _events_of(store, incident().id) == [event()]


def test_an_event_that_is_there_stays_as_it_is(store: Store) -> None:
    """The same event twice is no error and changes nothing; the rest of the judgement is written."""
    store.commit(Judgement(state=_first(), incidents=(incident(),), events=(event(),)))
    store.commit(
        Judgement(
            state=replace(_first("b"), version=1),
            incidents=(replace(incident(resolved_at=minute(9)), version=1),),
            events=(replace(event(), attempts=5), event(2, kind=EventKind.RESOLVED)),
        )
    )
    assert list(store.shard_state("60s-0").states) == ["b"]
    assert _events_of(store, incident().id) == [event(), event(2, kind=EventKind.RESOLVED)]


def _many(count: int) -> Judgement:
    return Judgement(
        state=_first(*(f"m{n}" for n in range(count))),
        incidents=tuple(incident(monitor=f"m{n}") for n in range(count)),
        events=tuple(event(n) for n in range(count)),
    )


def test_a_judgement_may_be_as_large_as_the_limit(store: Store) -> None:
    """COMMIT_LIMIT monitors that change at once fit into one transaction, still under its 100 items."""
    store.commit(_many(COMMIT_LIMIT))
    assert len(store.incidents(NOON)) == COMMIT_LIMIT
    assert len(_events_of(store, incident().id)) == COMMIT_LIMIT


def test_a_judgement_above_the_limit_is_refused_whole(store: Store) -> None:
    """More than a transaction can hold must be judged in steps and is never written by halves."""
    with pytest.raises(ValueError, match="steps"):
        store.commit(_many(COMMIT_LIMIT + 1))
    assert store.shard_state("60s-0").version == 0
    assert store.incidents(NOON) == []


def _write(store: Store, *incidents: Incident) -> None:
    state = store.shard_state("60s-0")
    store.commit(Judgement(state=state, incidents=incidents))


def test_incidents_are_those_since_and_all_that_are_open(store: Store) -> None:
    """One that has been open for months is on the page; one that was resolved before is not."""
    ancient = incident(NOON - timedelta(days=200))
    old = incident(NOON - timedelta(days=100), resolved_at=NOON)
    exactly = incident(NOON - timedelta(days=90), resolved_at=NOON)
    recent = incident(NOON, monitor="b")
    _write(store, recent, old, ancient, exactly)
    assert list(store.incidents(NOON - timedelta(days=90))) == [recent, exactly, ancient]


def test_an_incident_that_is_resolved_is_no_longer_among_the_open(store: Store) -> None:
    """And one that is reopened is there again."""
    started = NOON - timedelta(days=200)
    _write(store, incident(started))
    _write(store, replace(incident(started, resolved_at=NOON), version=1))
    assert list(store.incidents(NOON)) == []
    assert store.incident(incident(started).id) == incident(started, resolved_at=NOON)
    _write(store, replace(incident(started), version=2))
    assert list(store.incidents(NOON)) == [incident(started)]


def test_incidents_between_two_moments_are_found(store: Store) -> None:
    """The range is half open, and those that are open are in it only where they began in it."""
    before, first = incident(NOON - timedelta(days=3)), incident(NOON - timedelta(days=2), resolved_at=NOON)
    last, end = incident(NOON - timedelta(minutes=1), monitor="b"), incident(NOON)
    _write(store, end, first, before, last)
    assert list(store.incidents_between(NOON - timedelta(days=2), NOON)) == [last, first]


def test_the_oldest_day_is_that_of_an_incident_or_of_history(store: Store) -> None:
    """A store that has nothing has no oldest day."""
    assert store.oldest() is None
    _write(store, incident(NOON - timedelta(days=3)), incident(NOON, monitor="b"))
    assert store.oldest() == NOON.date() - timedelta(days=3)
    store.put_day(DayHistory(shard="60s-0", day=NOON.date(), spans=SPANS))
    store.put_day(DayHistory(shard="60s-0", day=NOON.date() - timedelta(days=9), spans=SPANS))
    assert store.oldest() == NOON.date() - timedelta(days=9)


SPANS = {
    "api": Span(up=3_000, degraded=300, down=180, latency=Histogram.of([0.5, 12, 120, 4_000])),
    "idle": Span(),
}


def test_hours_are_read_back_in_order_up_to_but_without_the_end(store: Store) -> None:
    """The range is half open, over days and shards."""
    hours = [
        HourHistory(shard=shard, hour=NOON + timedelta(hours=n), spans=SPANS)
        for n in range(-13, 14)
        for shard in ("300s-0", "60s-0")
    ]
    for history in reversed(hours):
        store.put_hour(history)
    start, end = NOON - timedelta(hours=12), NOON + timedelta(hours=13)
    assert list(store.hours(start, end)) == [h for h in hours if start <= h.hour < end]
    assert list(store.hours(NOON, NOON)) == []


def test_writing_an_hour_again_replaces_it(store: Store) -> None:
    """Rebuilding from runs leaves one history."""
    store.put_hour(HourHistory(shard="60s-0", hour=NOON, spans=SPANS))
    store.put_hour(HourHistory(shard="60s-0", hour=NOON, spans={}))
    assert list(store.hours(NOON, NOON + timedelta(hours=1))) == [HourHistory(shard="60s-0", hour=NOON, spans={})]


def test_days_are_read_back_in_order_up_to_but_without_the_end(store: Store) -> None:
    """The range is half open, over months and shards; writing again replaces."""
    days = [
        DayHistory(shard=shard, day=date(2026, 11, 20) + timedelta(days=n), spans=SPANS)
        for n in range(20)
        for shard in ("300s-0", "60s-0")
    ]
    for history in [*reversed(days), days[5]]:
        store.put_day(history)
    start, end = date(2026, 11, 22), date(2026, 12, 3)
    assert list(store.days(start, end)) == [d for d in days if start <= d.day < end]


def test_an_hour_keeps_its_evidence_by_monitor_and_region(store: Store) -> None:
    """What is usual is learnt from it."""
    evidence = {"api": {"eu": Histogram.of([10, 20, 20]), "us": Histogram.of([300])}}
    history = HourHistory(shard="60s-0", hour=NOON, spans=SPANS, evidence=evidence)
    store.put_hour(history)
    assert list(store.hours(NOON, NOON + timedelta(hours=1))) == [history]


def test_what_is_usual_is_kept_by_shard_and_replaced(store: Store) -> None:
    """A shard of which nothing has been learnt has nothing."""
    usual = {"api": {"eu": Usual(median=80.5, tail=2.25, by_hour={0: 60.0, 23: 99.9})}}
    assert store.usual("60s-0") == {}
    store.put_usual("60s-0", {"gone": {"eu": Usual(median=1.0, tail=1.0)}})
    store.put_usual("60s-0", usual)
    store.put_usual("60s-1", {})
    assert store.usual("60s-0") == usual
    assert store.usual("60s-1") == {}


def test_the_first_to_render_learns_that_nobody_did(store: Store) -> None:
    """And the next learns who was before it."""
    assert store.claim_render(at=NOON, instance="a") is None
    assert store.claim_render(at=minute(1), instance="b") == "a"
    assert store.claim_render(at=minute(1), instance="b") == "b"


def test_an_older_moment_is_not_rendered_over_a_newer_one(store: Store) -> None:
    """A late rendering must not put back what the page said before."""
    store.claim_render(at=NOON + timedelta(microseconds=10), instance="a")
    with pytest.raises(ConflictError):
        store.claim_render(at=NOON + timedelta(microseconds=9), instance="b")
    assert store.claim_render(at=minute(1), instance="c") == "a"


def test_times_come_back_in_utc(store: Store) -> None:
    """A store never gives a naive time."""
    store.commit(Judgement(state=_first(), incidents=(incident(),)))
    assert store.shard_state("60s-0").states["api"].since.tzinfo is UTC
    assert store.incidents(NOON)[0].started_at.tzinfo is UTC


def test_what_a_person_did_is_written_with_its_event_and_its_receipt(store: Store) -> None:
    """And each writing raises the version by one."""
    found, told = opened()
    receipt = Receipt(key="k1", digest="d", incident=found.id)
    assert store.receipt("k1") is None
    store.record(found, told, receipt=receipt, at=NOON)
    read = store.incident(found.id)
    assert read == found
    assert read is not None
    assert (read.version, store.receipt("k1"), _events_of(store, found.id)) == (1, receipt, [told])
    assert [i.version for i in store.incidents(NOON)] == [1]


def test_a_receipt_is_given_once(store: Store) -> None:
    """Two of the same request at the same time open one incident."""
    found, told = opened()
    receipt = Receipt(key="k1", digest="d", incident=found.id)
    store.record(found, told, receipt=receipt, at=NOON)
    other = replace(found, id="20261122T120000Z-1badcafe")
    with pytest.raises(ConflictError):
        store.record(other, replace(told, id="other"), receipt=receipt, at=NOON)
    assert store.incident(other.id) is None


def test_people_and_the_judge_do_not_overwrite_each_other(store: Store) -> None:
    """Whoever read before the other wrote is told, on both sides, and nothing of theirs is written."""
    _write(store, incident())
    read = store.incident(incident().id)
    assert read is not None
    noted, told = add_update(read, status=None, body="Words.", at=minute(1))
    state = store.shard_state("60s-0")
    store.record(noted, told, receipt=None, at=NOON)
    with pytest.raises(ConflictError):
        store.commit(Judgement(state=state, incidents=(replace(read, reopened=3),), events=(event(7),)))
    assert store.shard_state("60s-0") == state
    with pytest.raises(ConflictError):
        store.record(replace(read, reopened=4), replace(told, id="other"), receipt=None, at=NOON)
    assert store.incident(read.id) == noted
    assert _events_of(store, read.id) == [told]
