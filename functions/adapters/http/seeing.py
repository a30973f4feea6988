"""One attempt within its time: whatever happens on the way becomes a `Sighting`."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from functions.adapters.http.errors import ClientCertificateError, ExchangeError
from functions.adapters.http.trace import Trace
from functions.domain.answer import Answer
from functions.domain.certificate import CertificateFormatError, read_certificate
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase
from functions.execution import Sighting, UnmadeError

_WAITING_FOR: Final = {
    Phase.DNS: "looking up the name",
    Phase.CONNECT: "connecting",
    Phase.TLS: "in the TLS handshake",
    Phase.FIRST_BYTE: "waiting for the first byte",
    Phase.TRANSFER: "receiving the answer",
}

OUR_PART: Final = 0.5
"""Of a timeout: when the probe itself was late for more than that, nobody knows what the target would have done."""

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present time, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a target said, as far as its kind has that; see `Answer`."""

    status_code: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    body_complete: bool = True
    answers: tuple[str, ...] | None = None
    shortfall: str | None = None


async def seeing(
    work: Callable[[Trace, float], Awaitable[Reply]],
    *,
    timeout: float,  # noqa: ASYNC109 - it names the phase in which it ended
    now: Now = utc_now,
) -> Sighting:
    """Return what `work`, given a trace and its deadline in the loop's time, saw within `timeout` seconds.

    Raises UnmadeError where the client's certificate cannot be used, and where the time ran out because of us.
    """
    trace = Trace()
    deadline = asyncio.get_running_loop().time() + timeout
    try:
        async with asyncio.timeout(timeout):
            reply = await work(trace, deadline)
        trace.end(time.perf_counter())
    except TimeoutError:
        waited = trace.late + (asyncio.get_running_loop().time() - deadline) * 1000
        if waited > OUR_PART * timeout * 1000:
            raise UnmadeError(f"the probe was too busy: it was late for {waited:.0f} ms") from None
        phase = trace.phase or Phase.TRANSFER
        return _failed(trace, FailureKind.TIMEOUT, f"timed out after {timeout:g} s, {_WAITING_FOR[phase]}", phase)
    except ExchangeError as error:
        return _failed(trace, error.kind, error.reason, error.phase)
    except ClientCertificateError as error:
        raise UnmadeError(str(error)) from error
    phases, expiry = trace.phases(), _expiry(trace)
    answer = Answer(
        status_code=reply.status_code,
        headers=reply.headers,
        body=reply.body,
        latency_ms=phases.total,
        at=now(),
        body_complete=reply.body_complete,
        certificate_expires_at=expiry,
        answers=reply.answers,
        shortfall=reply.shortfall,
    )
    return Sighting(
        phases=phases,
        answer=answer,
        status_code=reply.status_code,
        certificate_expires_at=expiry,
        busy=trace.busy,
    )


def _failed(trace: Trace, kind: FailureKind, reason: str, phase: Phase | None) -> Sighting:
    trace.end(time.perf_counter())
    return Sighting(
        phases=trace.phases(),
        failure=Failure(kind=kind, reason=reason, phase=phase),
        status_code=trace.status_code,
        certificate_expires_at=_expiry(trace),
    )


def _expiry(trace: Trace) -> datetime | None:
    if trace.certificate is None:
        return None
    try:
        return read_certificate(trace.certificate).not_after
    except CertificateFormatError:
        return None
