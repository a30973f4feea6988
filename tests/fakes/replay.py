"""The judge's decisions over a series of results, kept in memory: no store, no function."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from functions.domain.announcement import announce
from functions.domain.event import Event
from functions.domain.incident import Incident
from functions.domain.judge import Policy, advance
from functions.domain.result import Result
from functions.domain.state import State


@dataclass
class Replay:
    """One monitor as it is judged; `events` holds what was told, in order."""

    policy: Policy = field(default_factory=Policy)
    state: State | None = None
    incidents: dict[str, Incident] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def see(self, result: Result, *, at: datetime, region: str = "eu-west-1") -> list[Event]:
        """Judge one result; return the events that follow."""
        step = advance(self.state, result, region=region, at=at, policy=self.policy)
        self.state = step.state
        if step.change is None:
            return []
        incident, event = announce(step.change, self.incidents.get(step.change.incident))
        self.incidents[incident.id] = incident
        self.events.append(event)
        return [event]

    def see_all(self, deliveries: Iterable[tuple[datetime, str, Result]]) -> "Replay":
        """Judge (at, region, result) in the given order."""
        for at, region, result in deliveries:
            self.see(result, at=at, region=region)
        return self
