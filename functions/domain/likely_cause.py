"""What may lie behind a failing: somebody else's outage, told by their own status page, or what a monitor depends on.

That two things fail at once proves nothing, so all of it is labelled as likely. What `depends_on` names is put more
firmly: a person has said that the one cannot work without the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.domain.slot import silent
from functions.domain.state import State
from functions.domain.verdict import FailureKind, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyCause:
    """A monitor that fails at the same time; `name` is public: that of the monitor, or whose status page it is.

    `verdict` is its own and `since` when that trouble began. `upstream` says that somebody else reports it,
    `depended_on` that `depends_on` names it, `ongoing` that it was not over when this was looked at.
    """

    monitor: str
    name: str
    verdict: Verdict
    since: datetime
    upstream: bool = False
    depended_on: bool = False
    ongoing: bool = True


def troubled_upstreams(
    upstreams: Mapping[str, int], states: Mapping[str, State], *, depends_on: Iterable[str], at: datetime
) -> tuple[LikelyCause, ...]:
    """Return those whose status pages report trouble at `at`, what `depends_on` names first, then the worst.

    `upstreams` are the candidates' intervals in seconds. A page that cannot be read, and one that has not been read for
    long, says nothing.
    """
    named = frozenset(depends_on)
    found = [
        LikelyCause(
            monitor=monitor,
            name=subject,
            verdict=state.verdict,
            since=state.since,
            upstream=True,
            depended_on=monitor in named,
        )
        for monitor, interval in upstreams.items()
        if (state := states.get(monitor)) is not None
        and state.verdict.failing
        and not silent(state.judged_at, at, interval)
        and (subject := _reporter(state)) is not None
    ]
    return ranked(found)


def ranked(causes: Iterable[LikelyCause]) -> tuple[LikelyCause, ...]:
    """Return the causes, the likeliest first: depended on, then down, then by when they began."""
    return tuple(sorted(causes, key=lambda c: (not c.depended_on, c.verdict is not Verdict.DOWN, c.since, c.monitor)))


def _reporter(state: State) -> str | None:
    failures = (view.failure for view in state.regions.values())
    return next((f.subject for f in failures if f is not None and f.kind is FailureKind.UPSTREAM), None)
