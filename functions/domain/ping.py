"""Pings: what a worker or a cron job has reported, and what each further ping changes of that.

The protocol is that of Healthchecks (https://healthchecks.io/docs/http_api/): start, success, failure, log; `rid` pairs
a start with its finish.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

AGAIN = timedelta(seconds=5)
"""The same signal within this time, which tells nothing new, is not recorded again."""

MOST_OPEN = 20
"""Starts that wait for their finish at once; of more, the oldest, which decides, and the newest are kept."""

MOST_ENDED = 8
"""Ids of finished runs that are remembered, for a start that arrives after its own finish."""

MOST_A_MINUTE = 30
"""Pings of one key in a minute that are recorded; beyond, only what ends a run, a failure or a success is."""


class Signal(StrEnum):
    """What a ping says."""

    START = "start"
    SUCCESS = "success"
    FAIL = "fail"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """One ping; `status` is the exit status where it came with one, `excerpt` the end of what it said."""

    signal: Signal
    at: datetime
    rid: str | None = None
    status: int | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A start that has no finish yet."""

    at: datetime
    rid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pings:
    """What is known of one monitor's pings; `version` counts the times that it was stored, 0 being never.

    `failing_since` is the first failure since the last success; `status`, `excerpt` and, where the start is known,
    `duration_ms` belong to the last finish; `open` is oldest first.
    """

    monitor: str
    version: int = 0
    finished_at: datetime | None = None
    succeeded_at: datetime | None = None
    failing_since: datetime | None = None
    status: int | None = None
    excerpt: str = ""
    duration_ms: float | None = None
    open: tuple[Start, ...] = ()
    ended: tuple[str, ...] = ()
    logged_at: datetime | None = None
    minute: datetime | None = None
    in_minute: int = 0
    """Pings recorded in `minute`."""

    @property
    def newest(self) -> datetime | None:
        """Return when the newest ping came that was recorded."""
        times = [self.finished_at, self.logged_at, *(start.at for start in self.open)]
        return max((at for at in times if at is not None), default=None)


class TooManyPingsError(Exception):
    """More pings came in a minute than are recorded."""


def receive(pings: Pings, ping: Ping, *, grace: timedelta) -> Pings:
    """Return what is known after `ping`; the same object where it tells nothing new.

    Pings may come in another order than they were sent. A finish ends the run that it names or, without a name, those
    without one; a success also forgives the starts whose `grace` has passed. Raises TooManyPingsError, but never for
    what makes a difference.
    """
    known = _RECEIVE[ping.signal](pings, ping, grace)
    if known is pings:
        return pings
    minute = ping.at.replace(second=0, microsecond=0)
    count = pings.in_minute + 1 if minute == pings.minute else 1
    if count > MOST_A_MINUTE and not _matters(pings, known):
        raise TooManyPingsError(pings.monitor)
    return replace(known, minute=minute, in_minute=count)


def _matters(before: Pings, after: Pings) -> bool:
    """Tell whether it depends on what came that the job is well or not: that is never refused."""
    ended = len(after.open) < len(before.open)
    later = after.finished_at != before.finished_at and not _again(before.finished_at, after.finished_at)
    return ended or later or (after.failing_since is None) != (before.failing_since is None)


def _log(pings: Pings, ping: Ping, _: timedelta) -> Pings:
    return pings if _again(pings.logged_at, ping.at) else replace(pings, logged_at=ping.at)


def _start(pings: Pings, ping: Ping, _: timedelta) -> Pings:
    same = [start for start in pings.open if start.rid == ping.rid]
    if ping.rid is None:
        late = pings.finished_at is not None and ping.at <= pings.finished_at
        known = late or any(_again(start.at, ping.at) for start in same)
    else:
        known = bool(same) or ping.rid in pings.ended
    if known:
        return pings
    begun = sorted((*pings.open, Start(at=ping.at, rid=ping.rid)), key=lambda start: start.at)
    if len(begun) > MOST_OPEN:
        del begun[1]
    return replace(pings, open=tuple(begun))


def _finish(pings: Pings, ping: Ping, grace: timedelta) -> Pings:
    success = ping.signal is Signal.SUCCESS
    own = [start for start in pings.open if start.rid == ping.rid and start.at <= ping.at]
    over = [start for start in pings.open if success and ping.at - start.at > grace]
    left = tuple(start for start in pings.open if start not in own and start not in over)
    ended = pings.ended
    if ping.rid is not None and ping.rid not in ended:
        ended = (*ended, ping.rid)[-MOST_ENDED:]
    news = left != pings.open or ended != pings.ended
    if pings.finished_at is not None and ping.at < pings.finished_at:  # overtaken: only its own run is news
        return replace(pings, open=left, ended=ended) if news else pings
    same = success == (pings.failing_since is None) and ping.status == pings.status
    if same and not news and _again(pings.finished_at, ping.at):
        return pings
    return replace(
        pings,
        finished_at=ping.at,
        succeeded_at=ping.at if success else pings.succeeded_at,
        failing_since=None if success else pings.failing_since or ping.at,
        status=ping.status,
        excerpt="" if success else ping.excerpt,
        duration_ms=(ping.at - own[-1].at).total_seconds() * 1000 if own else None,
        open=left,
        ended=ended,
    )


def _again(before: datetime | None, at: datetime | None) -> bool:
    return before is not None and at is not None and abs(at - before) < AGAIN


_RECEIVE = {Signal.START: _start, Signal.SUCCESS: _finish, Signal.FAIL: _finish, Signal.LOG: _log}
