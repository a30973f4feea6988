"""One minute of the flow: what is due starts, and what it sets off follows, as in docs/architecture.md."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bench.deployment import Clock, Deployment
from bench.events import stream_event, topic_event
from bench.facts import Facts, Schedule
from bench.invocation import Outcome, invoke
from bench.objects import kind_of_object
from bench.table import Image
from bench.usage import Usage

SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
EMAILS = 1
"""Addresses that are subscribed to the alerts."""


@dataclass(slots=True)
class Flow:
    """`metrics` are the custom metrics that got a value so far, `objects` how often each kind of object was put."""

    deployment: Deployment
    facts: Facts
    metrics: set[str] = field(default_factory=set)
    objects: Counter[str] = field(default_factory=Counter)

    def minute(self, at: datetime, *functions: str) -> Iterator[Usage]:
        """Run what is due at `at` of these functions, and all that follows; yield what each invocation used."""
        Clock.moment = at
        for schedule in self.facts.schedules:
            if schedule.function in functions and schedule.is_due(at.hour, at.minute):
                yield Usage(schedule_invocations=1)
                yield from self._run(schedule.function, _payload(schedule, at), at)

    def probe(self, shard: str, at: datetime) -> tuple[Usage, list[Image]]:
        """Run what the schedule starts for `shard`; return what that used and the stream's records, not yet judged."""
        Clock.moment = at
        (schedule,) = (s for s in self.facts.schedules if s.function == "probe" and s.payload["shard"] == shard)
        outcome = self._invoke("probe", _payload(schedule, at))
        return outcome.usage.plus(Usage(schedule_invocations=1)), outcome.records

    def judge(self, runs: list[Image], at: datetime) -> Iterator[Usage]:
        """Have these runs judged."""
        Clock.moment = at
        yield from self._run("judge", stream_event(runs, at=at), at)

    def _run(self, function: str, event: Mapping[str, Any], at: datetime) -> Iterator[Usage]:
        """Run one invocation and all that follows from it."""
        outcome = self._invoke(function, event)
        yield outcome.usage
        for prefix, follower in (("RUN#", "judge"), ("EVENT#", "notify")):
            batch = [record for record in outcome.records if record.item["pk"]["S"].startswith(prefix)]
            if batch:
                yield from self._run(follower, stream_event(batch, at=at), at)
        for message in outcome.publishes:
            yield Usage(sns_emails=EMAILS)
            yield from self._run("render", topic_event(message, at=at), at)

    def _invoke(self, function: str, event: Mapping[str, Any]) -> Outcome:
        deployment = self.deployment
        outcome = invoke(deployment.functions[function], event, meter=deployment.meter, output=deployment.output)
        self.metrics |= outcome.metrics
        self.objects.update(kind_of_object(key) for key in outcome.objects)
        return outcome


def _payload(schedule: Schedule, at: datetime) -> dict[str, Any]:
    return {
        key: f"{at:%Y-%m-%dT%H:%M:%SZ}" if value == SCHEDULED_TIME else value for key, value in schedule.payload.items()
    }
