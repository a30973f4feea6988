"""What the table keeps of states, incidents, events and histories: whole, small, and refused where it is odd."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.breakdown import PhaseSums, RegionSums
from functions.domain.event import Event, EventKind
from functions.domain.event_codec import decode_event, encode_event
from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.histogram import Histogram
from functions.domain.history import Span
from functions.domain.history_codec import decode_spans, encode_spans
from functions.domain.incident import Incident, IncidentStatus, Update
from functions.domain.incident_codec import decode_incident, encode_incident
from functions.domain.likely_cause import LikelyCause
from functions.domain.packing import FormatError, pack
from functions.domain.result import Failure
from functions.domain.state import Held, RegionView, Signal, State
from functions.domain.state_codec import decode_states, encode_states
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.fakes.samples import NOON, event, incident

# Hypothesis' own text leaves surrogates out; a target's JSON does not.
anything = st.text(st.characters(codec=None), max_size=40)
names = st.text(min_size=1, max_size=12)
times = st.integers(0, 2**32).map(lambda s: datetime.fromtimestamp(s, UTC))
verdicts = st.sampled_from(Verdict)
failures = st.builds(
    Failure,
    kind=st.sampled_from(FailureKind),
    reason=anything,
    phase=st.none() | st.sampled_from(Phase),
    subject=st.none() | anything,
    step=st.none() | anything,
    attribution=st.none()
    | st.builds(Attribution, finding=st.sampled_from(Finding), certainty=st.sampled_from(Certainty)),
)
likely = st.builds(
    LikelyCause,
    monitor=names,
    name=anything,
    verdict=verdicts,
    since=times,
    upstream=st.booleans(),
    depended_on=st.booleans(),
    ongoing=st.booleans(),
)
codes = st.none() | st.integers(100, 599)
signals = st.builds(Signal, on=st.booleans(), against=st.integers(0, 99), since=st.none() | times)
views = st.builds(
    RegionView,
    at=times,
    verdict=verdicts,
    failing=signals,
    down=signals,
    failure=st.none() | failures,
    status_code=codes,
    attempts=st.integers(1, 9),
    steps=st.lists(st.integers(0, 600_000).map(lambda tenths: tenths / 10), max_size=3).map(tuple),
    down_since=st.none() | times,
    certificate_expires_at=st.none() | st.integers(0, 2**20).map(lambda h: datetime.fromtimestamp(h * 3600, UTC)),
)
states = st.dictionaries(
    names,
    st.builds(
        State,
        monitor=st.just(""),
        verdict=verdicts,
        since=times,
        judged_at=times,
        reporting_since=times,
        regions=st.dictionaries(names, views, max_size=3),
        incident=st.none() | names,
        last_incident=st.none() | names,
        eased_at=st.none() | times,
        flaps=st.integers(0, 9),
        flapped_at=st.none() | times,
        held=st.none() | st.builds(Held, told=verdicts, since=times),
    ),
    max_size=4,
).map(lambda table: {monitor: replace(state, monitor=monitor) for monitor, state in table.items()})
updates = st.builds(Update, at=times, status=st.sampled_from(IncidentStatus), verdict=verdicts, body=anything)
incidents = st.builds(
    Incident,
    id=names,
    monitors=st.lists(names, max_size=3).map(tuple),
    verdict=verdicts,
    started_at=times,
    resolved_at=st.none() | times,
    failure=failures,
    status_code=codes,
    reopened=st.integers(0, 9),
    announced=st.integers(0, 99),
    updates=st.lists(updates, max_size=4).map(tuple),
    only_from=st.lists(names, max_size=3).map(tuple),
)
events = st.builds(
    Event,
    id=names,
    kind=st.sampled_from(EventKind),
    incident=names,
    monitor=names,
    verdict=verdicts,
    previous=verdicts,
    at=times,
    started_at=times,
    resolved_at=st.none() | times,
    failure=st.none() | failures,
    status_code=codes,
    attempts=st.integers(1, 9),
    regions=st.lists(names, max_size=3).map(tuple),
    observers=st.lists(names, max_size=3).map(tuple),
    summary=anything,
    likely_causes=st.lists(likely, max_size=2).map(tuple),
)
histograms = st.builds(Histogram, st.dictionaries(st.integers(0, 400), st.integers(1, 9_999), max_size=9))
seconds = st.integers(0, 86_400)
tenths = st.integers(0, 10**9)
phases = st.just(PhaseSums()) | st.builds(
    PhaseSums,
    checks=st.integers(1, 5_760),
    dns=tenths,
    connect=tenths,
    tls=tenths,
    first_byte=tenths,
    transfer=tenths,
)
regions = st.dictionaries(
    names,
    st.builds(RegionSums, up=seconds, degraded=seconds, down=seconds, timed=seconds, milliseconds=tenths),
    max_size=3,
)
spans = st.dictionaries(
    names,
    st.builds(
        Span,
        up=seconds,
        degraded=seconds,
        down=seconds,
        latency=histograms,
        maintenance=seconds,
        phases=phases,
        regions=regions,
    ),
)


@given(states)
def test_states_survive_the_round_trip(table: Mapping[str, State]) -> None:
    """Nothing that judging the next run needs is lost."""
    assert decode_states(encode_states(table)) == table


@given(incidents)
def test_an_incident_survives_the_round_trip(original: Incident) -> None:
    """Whatever text a target put into its reason."""
    assert decode_incident(encode_incident(original)) == original


@given(events)
def test_an_event_survives_the_round_trip(original: Event) -> None:
    """And its text is plain ASCII, which every store and log can hold."""
    text = encode_event(original)
    assert text.isascii()
    assert decode_event(text) == original


@given(spans)
def test_a_history_survives_the_round_trip_and_has_one_form(table: Mapping[str, Span]) -> None:
    """The same history, in whatever order it was put together, is the same bytes."""
    data = encode_spans(table)
    assert decode_spans(data) == table
    assert encode_spans(dict(reversed([*table.items()]))) == data


def test_a_hundred_healthy_monitors_take_less_than_two_kilobytes() -> None:
    """The state is written after every run: two write units, and not ten, is what keeps the bill small."""
    chance = random.Random(7)  # noqa: S311 - a repeatable series, nothing secret
    words = ["shop", "billing", "search", "auth", "mail", "orders", "users", "media"]
    table = {}
    for n in range(100):
        monitor = f"{chance.choice(words)}-{chance.choice(words)}-{n}"
        began = NOON - timedelta(minutes=chance.randrange(100_000))
        table[monitor] = State(
            monitor=monitor,
            verdict=Verdict.UP,
            since=began,
            judged_at=NOON,
            reporting_since=NOON - timedelta(days=70),
            regions={
                "eu-west-1": RegionView(
                    at=NOON,
                    verdict=Verdict.UP,
                    certificate_expires_at=NOON + timedelta(hours=chance.randrange(90 * 24)),
                )
            },
        )
    assert len(encode_states(table)) < 2_000


DECODERS: list[Callable[[bytes], object]] = [decode_states, decode_incident, decode_spans]


@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize(
    "data",
    [b"", b"not zlib", pack([]), pack({}), pack({"v": 2}), pack({"v": 1}), pack("text")],
    ids=["empty", "garbage", "a list", "no version", "another version", "half of it", "text"],
)
def test_bytes_that_are_something_else_are_refused_by_name(decode: Callable[[bytes], object], data: bytes) -> None:
    """A reader learns that the item is unreadable, and not through an odd KeyError."""
    with pytest.raises(FormatError):
        decode(data)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"v":2}', '{"v":1}', json.dumps(json.loads(encode_event(event())) | {"kind": "exploded"})],
)
def test_text_that_is_not_an_event_is_refused_by_name(text: str) -> None:
    """Notify tells what no retry will mend from what one will."""
    with pytest.raises(FormatError):
        decode_event(text)


def test_an_incident_without_a_failure_is_refused() -> None:
    """Every incident has a cause."""
    document = {"v": 1, "id": incident().id, "failure": None}
    with pytest.raises(FormatError, match="no failure"):
        decode_incident(pack(document))
