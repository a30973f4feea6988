"""Alarms and queues, asked of an embedded AWS."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from functions.adapters.aws_reader import AwsReader, Clients
from functions.domain.checks.aws import AwsCheck
from functions.domain.expectation import Expectations
from functions.domain.result import Attempt, Failure
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.execution import UnmadeError
from functions.probe.check import Tools
from functions.probe.kinds.aws import AwsExecutor
from tests.probe.probing import attempt, watching
from tests.targets.aws import REGION, SomeAws

ELSEWHERE = "210987654321"
_EMPTY = {"depth": {"eq": 0}}


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsCase:
    """What `check` finds of what it makes; NO_DATA where nothing was found out. `reason` is a part of the words."""

    check: Callable[[SomeAws], AwsCheck]
    expect: Mapping[str, object] | None = None
    degraded: Mapping[str, object] | None = None
    verdict: Verdict = Verdict.DOWN
    kind: FailureKind | None = None
    reason: str = ""
    phase: Phase | None = None


def alarm(name: str, **more: object) -> AwsCheck:
    """Return a check of an alarm."""
    return replace(AwsCheck(region=REGION, alarm=name), **more)  # type: ignore[arg-type]  # any field


def queue(name: str, **more: object) -> AwsCheck:
    """Return a check of a queue."""
    return replace(AwsCheck(region=REGION, queue=name), **more)  # type: ignore[arg-type]  # any field


def up(check: Callable[[SomeAws], AwsCheck], expect: Mapping[str, object] | None = None) -> AwsCase:
    """Return a row that is up."""
    return AwsCase(check=check, expect=expect, verdict=Verdict.UP)


def unmade(check: Callable[[SomeAws], AwsCheck], reason: str, expect: Mapping[str, object] | None = None) -> AwsCase:
    """Return a row of which nothing is known."""
    return AwsCase(check=check, expect=expect, verdict=Verdict.NO_DATA, reason=reason)


CASES: Mapping[str, AwsCase] = {
    "an alarm in OK": up(lambda aws: alarm(aws.alarm("OK"))),
    "an alarm in ALARM": AwsCase(
        check=lambda aws: alarm(aws.alarm("ALARM")),
        kind=FailureKind.ALARM,
        reason="is in ALARM: 7 errors within a minute",
    ),
    "an alarm in ALARM, which means degraded": AwsCase(
        check=lambda aws: alarm(aws.alarm("ALARM"), on_alarm="degraded"),
        verdict=Verdict.DEGRADED,
        kind=FailureKind.ALARM,
        reason="is in ALARM",
    ),
    "an alarm in INSUFFICIENT_DATA": unmade(
        lambda aws: alarm(aws.alarm(None)), "is in INSUFFICIENT_DATA in eu-west-1: `on_insufficient_data` says"
    ),
    "an alarm in INSUFFICIENT_DATA, which means up": up(
        lambda aws: alarm(aws.alarm("INSUFFICIENT_DATA"), on_insufficient_data="up")
    ),
    "an alarm in INSUFFICIENT_DATA, which means down": AwsCase(
        check=lambda aws: alarm(aws.alarm("INSUFFICIENT_DATA"), on_insufficient_data="down"),
        kind=FailureKind.ALARM,
        reason="is in INSUFFICIENT_DATA",
    ),
    "an alarm that does not exist": unmade(
        lambda _: alarm("none"), "the alarm none in eu-west-1: there is no metric alarm of that name"
    ),
    "an alarm of another account": unmade(
        lambda aws: alarm(aws.alarm("OK"), account=ELSEWHERE), f"it is in account {ELSEWHERE}"
    ),
    "a composite alarm in ALARM": AwsCase(
        check=lambda aws: alarm(aws.composite("ALARM"), composite=True), kind=FailureKind.ALARM, reason="a part of it"
    ),
    "a composite alarm that is named as a metric alarm": unmade(
        lambda aws: alarm(aws.composite("ALARM")), "`composite: true` finds others"
    ),
    "a queue within its limit": up(lambda aws: queue(aws.queue(2)), {"depth": {"le": 2}}),
    "a queue over its limit": AwsCase(
        check=lambda aws: queue(aws.queue(3)),
        expect={"depth": {"le": 2}},
        kind=FailureKind.QUEUE,
        reason="depth: expected <= 2, got 3",
    ),
    "a queue that is degraded": AwsCase(
        check=lambda aws: queue(aws.queue(3)),
        expect={"depth": {"le": 10}},
        degraded={"depth": {"gt": 2}},
        verdict=Verdict.DEGRADED,
        kind=FailureKind.QUEUE,
        reason="depth: > 2 is degraded, got 3",
    ),
    "a FIFO queue over its limit": AwsCase(
        check=lambda aws: queue(aws.queue(2, fifo=True)),
        expect={"depth": {"lt": 2}},
        kind=FailureKind.QUEUE,
        reason="got 2",
    ),
    "messages that nobody finishes": AwsCase(
        check=lambda aws: queue(aws.queue(in_flight=2)),
        expect={"depth": {"eq": 0}, "in_flight": {"lt": 2}},
        kind=FailureKind.QUEUE,
        reason="in_flight: expected < 2, got 2",
    ),
    "messages that are held back": AwsCase(
        check=lambda aws: queue(aws.queue(delayed=2)),
        expect={"delayed": {"eq": 0}},
        kind=FailureKind.QUEUE,
        reason="delayed: expected 0, got 2",
    ),
    "a message that waits for too long": AwsCase(
        check=lambda aws: queue(aws.aged(aws.queue(1), 725), oldest=True),
        expect={"oldest": {"le": 300}},
        kind=FailureKind.QUEUE,
        reason="oldest: expected <= 5 min, got 12 min 5 s",
    ),
    "a message that waits for a while": up(
        lambda aws: queue(aws.aged(aws.queue(1), 20), oldest=True), {"oldest": {"le": 300}}
    ),
    "an empty queue has no oldest message": up(lambda aws: queue(aws.queue(), oldest=True), {"oldest": {"le": 1}}),
    "messages of unknown age": unmade(
        lambda aws: queue(aws.queue(1), oldest=True),
        "CloudWatch has no value of the last minutes",
        {"oldest": {"le": 9}},
    ),
    "too many messages, of unknown age": AwsCase(
        check=lambda aws: queue(aws.queue(3), oldest=True),
        expect={"depth": {"le": 2}, "oldest": {"le": 300}},
        kind=FailureKind.QUEUE,
        reason="depth: expected <= 2, got 3",
    ),
    "a queue that does not exist": AwsCase(
        check=lambda _: queue("none"), kind=FailureKind.QUEUE, reason="the queue none does not exist in eu-west-1"
    ),
    "a queue of another account, which does not let us ask": unmade(
        lambda _: queue("none", account=ELSEWHERE), f"account {ELSEWHERE} has no such queue, or its policy does not"
    ),
    "a dead-letter queue that is empty": up(lambda aws: queue(aws.queue(), dead_letter=True), _EMPTY),
    "a dead-letter queue that is not empty": AwsCase(
        check=lambda aws: queue(aws.queue(1), dead_letter=True),
        expect=_EMPTY,
        kind=FailureKind.QUEUE,
        reason="depth: expected 0, got 1",
    ),
    "a dead letter that somebody is looking at": AwsCase(
        check=lambda aws: queue(aws.queue(in_flight=1), dead_letter=True),
        expect=_EMPTY,
        kind=FailureKind.QUEUE,
        reason="depth: expected 0, got 1",
    ),
}


@pytest.fixture(scope="module")
def aws(aws_endpoint: str) -> SomeAws:
    """Give an AWS."""
    return SomeAws(endpoint=aws_endpoint)


async def seen(
    aws: SomeAws,
    check: AwsCheck,
    executor: AwsExecutor | None = None,
    *,
    expect: Mapping[str, object] | None = None,
    degraded: Mapping[str, object] | None = None,
) -> Attempt:
    """Return what one check saw; raises UnmadeError."""
    monitor = replace(watching(check, timeout=10), expectations=Expectations.decode(expect, degraded))
    return await attempt(monitor, Tools(executors={"aws": executor or AwsExecutor(aws.reader())}))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_what_a_check_finds(aws: SomeAws, case: AwsCase) -> None:
    """Each row, with something that really is in that state."""
    check = case.check(aws)
    if case.verdict is Verdict.NO_DATA:
        with pytest.raises(UnmadeError) as caught:
            await seen(aws, check, expect=case.expect, degraded=case.degraded)
        assert case.reason in str(caught.value)
        return
    found = await seen(aws, check, expect=case.expect, degraded=case.degraded)
    assert found.verdict is case.verdict, found
    assert (found.failure or Failure(kind=FailureKind.DNS, reason="")).reason.count(case.reason)
    assert (found.failure.kind if found.failure else None) is case.kind
    assert found.latency_ms is None, "how long AWS takes to answer is no response time of the target"


async def test_what_came_after_the_queue_was_seen_empty_cannot_be_older(aws: SomeAws) -> None:
    """Neither is a value of the time before believed, nor is it unknown until the metric has caught up."""
    name = aws.queue(1)
    executor = AwsExecutor(aws.reader())
    check = queue(name, oldest=True)
    aws.aged(name, 5000, minutes_ago=3)
    late = await seen(aws, check, executor, expect={"oldest": {"le": 300}})
    aws.clear(name)
    await seen(aws, check, executor, expect={"oldest": {"le": 300}})
    aws.send(name)
    after = await seen(aws, check, executor, expect={"oldest": {"le": 300}})
    assert (late.verdict, after.verdict) == (Verdict.DOWN, Verdict.UP)


async def test_the_alarms_of_a_run_are_asked_for_at_once(aws: SomeAws) -> None:
    """A request for a hundred costs what a request for one does."""
    asked: list[str] = []

    def counted(*place: str, **settings: object) -> object:
        client = aws.make(*place, **settings)
        client.meta.events.register("before-call", lambda model, **_: asked.append(model.name))
        return client

    executor = AwsExecutor(AwsReader(Clients(counted)))
    names = [aws.alarm(state) for state in ("OK", "ALARM", "OK")]
    found = await asyncio.gather(*(seen(aws, alarm(name), executor) for name in names))
    assert [each.verdict for each in found] == [Verdict.UP, Verdict.DOWN, Verdict.UP]
    assert asked == ["DescribeAlarms"]
