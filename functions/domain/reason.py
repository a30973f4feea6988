"""What a monitor fails by, while it goes on failing: the database, then the cache as well; slow, then HTTP 503.

Its verdict stays what it is, so nobody is called again; but an incident that says what was wrong an hour ago misleads.
What counts is what the public would be told, so a number that changes in a reason is no news. A new reason is believed
after `RUNS` runs that agree on it (or as many as a failure takes), and each that was told doubles the runs for the
next, up to half an hour's worth: parts that come and go are told ever more rarely.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from functions.domain.flapping import LONGEST_RECOVERY
from functions.domain.result import Failure
from functions.domain.state import Reason, RegionView
from functions.domain.verdict import FailureKind, Verdict

RUNS = 2
"""Runs in a row that it takes at least: somebody has been told already that it fails, so this can wait for another."""


def reason_of(failure: Failure, status_code: int | None) -> str:
    """Return a few characters that are the same for two failures of which the public is told the same.

    They stand for the kind, the status where that is what fails, the step, who reports it and the parts. A phase is not
    among these: where a service is overloaded it is another one in each run.
    """
    said = (
        failure.kind.value,
        status_code if failure.kind is FailureKind.STATUS else None,
        failure.step,
        failure.subject,
        sorted((part.name, part.verdict.value) for part in failure.parts),
    )
    return hashlib.sha256(repr(said).encode(errors="surrogatepass")).hexdigest()[:8]


def prevailing(views: Mapping[str, RegionView], verdict: Verdict) -> RegionView | None:
    """Return a view that tells why a monitor is `verdict` now; None where those that fail do not agree.

    More than half of the regions that believe it to be failing must have seen that very verdict, by the same reason, in
    their newest run.
    """
    failing = [view for view in views.values() if view.failing.on]
    by_reason: dict[str, list[RegionView]] = {}
    for view in failing:
        if view.verdict is verdict and view.failure is not None:
            by_reason.setdefault(reason_of(view.failure, view.status_code), []).append(view)
    most = max(by_reason.values(), key=len, default=[])
    return most[0] if 2 * len(most) > len(failing) else None


def note_reason(
    known: Reason | None, seen: str | None, *, at: datetime, interval: timedelta, failures: int
) -> tuple[Reason | None, datetime | None]:
    """Return what is known of the reason after a run at `at` that shows `seen`, and since when it is news.

    None for the time where there is nothing to tell. `seen` is None where a run shows none.
    """
    if known is None:
        # Stored by a version that did not look, or told of without one: what is seen first is no news.
        return None if seen is None else Reason(told=seen), None
    if seen is None or seen == known.told:
        return replace(known, new=None, since=None) if known.new else known, None
    since = known.since if known.since is not None and seen == known.new else at
    if at - since >= (_runs(known, interval, failures) - 1) * interval:
        return Reason(told=seen, retold=known.retold + 1), since
    return replace(known, new=seen, since=since), None


def _runs(known: Reason, interval: timedelta, failures: int) -> int:
    first = max(RUNS, failures)
    return min(max(first, LONGEST_RECOVERY // interval), first << known.retold)
