"""Asks AWS for alarms and queues.

AWS is who is asked here, not what is watched: where it does not answer, nothing was seen, and the check is unmade.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from functions.adapters.aws_reader import Alarm, AlarmKey, AwsReader, AwsTroubleError
from functions.adapters.gathering import Gathering
from functions.adapters.network import Network
from functions.domain.answer import Answer
from functions.domain.checks.aws import AwsCheck
from functions.domain.cloudwatch import verdict_of
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import Execute, Sighting, UnmadeError

_PERIOD = timedelta(minutes=1)
"""What one value of the metric is about."""


def aws_executor(_: Network) -> Execute:
    """Return what executes an `AwsCheck`; addresses of AWS are not vetted, since no file can name one."""
    return AwsExecutor(AwsReader())


class AwsExecutor:
    """The executor; what the checks of a run want of CloudWatch goes into one request."""

    def __init__(self, reader: AwsReader) -> None:
        self._reader = reader
        self._alarms = Gathering(reader.alarms)
        self._ages = Gathering(reader.ages)
        self._empty: dict[tuple[str, str, str], datetime] = {}
        """When a queue was last seen without any message. Not on the monotonic clock, which may rest between runs."""

    async def __call__(self, check: AwsCheck, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        """Return what AWS says; raises UnmadeError where it does not, or where it knows too little itself."""
        subject = f"the alarm {check.alarm}" if check.alarm is not None else f"the queue {check.queue}"
        try:
            async with asyncio.timeout(timeout):
                if check.alarm is not None:
                    return await self._alarm(check, check.alarm)
                return await self._queue(check, check.queue or "")
        except TimeoutError as error:
            raise UnmadeError(f"{subject} in {check.region}: AWS has not answered within {timeout:g} s") from error
        except AwsTroubleError as error:
            raise UnmadeError(f"{subject} in {check.region}: {error}") from error

    async def _alarm(self, check: AwsCheck, name: str) -> Sighting:
        if check.account is not None:
            own = await self._own_account(check)
            if check.account != own:
                # Asked for by its name, that of our own account would answer.
                words = f"it is in account {check.account}, and CloudWatch tells us those of our own, {own}"
                raise AwsTroubleError(words)
        found = await self._alarms.get(AlarmKey(region=check.region, name=name, composite=check.composite))
        if isinstance(found, AwsTroubleError):
            raise found
        if found is None:
            other = (
                "a metric alarm is named without `composite`" if check.composite else "`composite: true` finds others"
            )
            raise AwsTroubleError(
                f"there is no {'composite' if check.composite else 'metric'} alarm of that name; {other}"
            )
        return _seen(check, name, found)

    async def _queue(self, check: AwsCheck, queue: str) -> Sighting:
        account = check.account or await self._own_account(check)
        counts = await asyncio.to_thread(self._reader.counts, region=check.region, account=account, queue=queue)
        if counts is None:
            if account != await self._own_account(check):
                raise AwsTroubleError(f"account {account} has no such queue, or its policy does not let us ask")
            reason = f"the queue {queue} does not exist in {check.region}"
            return Sighting(failure=Failure(kind=FailureKind.QUEUE, reason=reason))
        place = (check.region, account, queue)
        if not any(counts.values()):
            self._empty[place] = datetime.now(UTC)
        measures: dict[str, float] = dict(counts)
        if check.dead_letter:
            # Whoever looks at a message takes it into flight: that must not make the queue look empty.
            measures["depth"] = sum(counts.values())
        unknown = None
        if check.oldest:
            try:
                measures["oldest"] = await self._oldest(check, counts, place)
            except AwsTroubleError as error:
                unknown = f"the age of the oldest message in {queue}: {error}"
        return Sighting(answer=Answer(latency_ms=None, at=datetime.now(UTC), measures=measures, unknown=unknown))

    async def _oldest(self, check: AwsCheck, counts: Mapping[str, int], place: tuple[str, str, str]) -> float:
        """Return how many seconds the oldest message has waited.

        The metric lags by some minutes. What it says of a time before the queue was seen empty is about messages that
        are gone; until it says more, none that is there can be older than that.
        """
        if not any(counts.values()):
            return 0.0
        region, account, queue = place
        if check.account is not None and account != (own := await self._own_account(check)):
            raise AwsTroubleError(
                f"the metric is in account {account}, and CloudWatch tells us those of our own, {own}"
            )
        said = await self._ages.get((region, queue))
        emptied = self._empty.get(place)
        if isinstance(said, AwsTroubleError):
            raise said
        if said is not None and (emptied is None or said.at + _PERIOD > emptied):
            return said.seconds
        if emptied is None:
            raise AwsTroubleError("CloudWatch has no value of the last minutes")
        return (datetime.now(UTC) - emptied).total_seconds()

    async def _own_account(self, check: AwsCheck) -> str:
        return await asyncio.to_thread(self._reader.account, check.region)


def _seen(check: AwsCheck, name: str, alarm: Alarm) -> Sighting:
    verdict = verdict_of(alarm.state, check)
    words = f"the alarm {name} is in {alarm.state}"
    if verdict is Verdict.NO_DATA:
        hint = "`on_insufficient_data` says what that is to mean"
        raise UnmadeError(f"{words} in {check.region}: {hint}")
    if verdict is Verdict.UP:
        return Sighting(verdict=verdict)
    reason = f"{words}: {alarm.reason}" if alarm.reason else words
    return Sighting(verdict=verdict, failure=Failure(kind=FailureKind.ALARM, reason=reason))
