"""One request with its redirects, from httpx's client to a `Sighting`."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import cast

import httpx

from functions.adapters.http.errors import ClientCertificateError, ExchangeError, ProtocolError
from functions.adapters.http.trace import Trace
from functions.adapters.http.transport import EXTENSION, Terms, Transport
from functions.adapters.network import Network
from functions.domain.certificate import CertificateFormatError, read_certificate
from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Answer
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase
from functions.execution import Sighting, UnmadeError

BODY_LIMIT = 1024 * 1024
"""Decoded bytes of a body that are read; what a health check asserts on fits many times."""
PIECE_LIMIT = 16 * 1024
"""Pieces of a body that are read: a body in chunks of one byte would keep a CPU busy for seconds."""

_DECODED = {"", "identity", "gzip", "x-gzip", "deflate"}
_HEADERS = {"user-agent": "pulseboard", "accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "close"}
_WAITING_FOR = {
    Phase.DNS: "looking up the name",
    Phase.CONNECT: "connecting",
    Phase.TLS: "in the TLS handshake",
    Phase.FIRST_BYTE: "waiting for the first byte",
    Phase.TRANSFER: "receiving the answer",
}

# httpx names each URL at INFO, with whatever secrets are in it.
logging.getLogger("httpx").setLevel(logging.WARNING)


class HttpFetch:
    """The executor of HTTP: one client and, mostly, one TLS context for all checks, however many there are at once."""

    def __init__(self, network: Network, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        transport = Transport(resolver=network.resolver, policy=network.policy, contexts=network.contexts)
        # No jar: what one check was given must not be sent by another.
        jar = CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
        self._client = httpx.AsyncClient(transport=transport, headers=_HEADERS, cookies=jar, trust_env=False)
        self._now = now

    async def __call__(self, request: HttpRequest, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        """Return what was seen within `timeout` seconds; raises UnmadeError where the request cannot be sent."""
        trace = Trace()
        terms = Terms(
            trace=trace,
            deadline=asyncio.get_running_loop().time() + timeout,
            verify=request.verify,
            http2=request.http2,
            client_certificate=request.client_certificate,
        )
        status: list[int] = []
        try:
            async with asyncio.timeout(timeout):
                response = await self._final_response(request, terms)
                status.append(response.status_code)
                try:
                    body, complete = await _body(response)
                finally:
                    await response.aclose()
            trace.end(time.perf_counter())
        except TimeoutError:
            phase = trace.phase or Phase.TRANSFER
            reason = f"timed out after {timeout:g} s, {_WAITING_FOR[phase]}"
            return _failed(trace, FailureKind.TIMEOUT, reason, phase, status)
        except ExchangeError as error:
            return _failed(trace, error.kind, error.reason, error.phase, status)
        except httpx.DecodingError as error:
            return _failed(
                trace, FailureKind.PROTOCOL, f"the body's encoding is broken: {error}", Phase.TRANSFER, status
            )
        except httpx.HTTPError as error:
            return _failed(trace, FailureKind.PROTOCOL, str(error), trace.phase, status)
        except ClientCertificateError as error:
            raise UnmadeError(str(error)) from error
        except httpx.InvalidURL as error:
            raise UnmadeError("the address is not a valid URL") from error
        return self._answered(trace, response, body, complete=complete)

    async def aclose(self) -> None:
        """Close the client."""
        await self._client.aclose()

    async def _final_response(self, request: HttpRequest, terms: Terms) -> httpx.Response:
        outgoing = self._build(request, terms)
        auth: httpx.Auth | None = None
        if request.auth and request.auth[0] == "basic":
            auth = httpx.BasicAuth(*request.auth[1:])
        seen = {(outgoing.method, outgoing.url)}
        for _ in range(request.redirects + 1):
            response = await self._client.send(
                outgoing, stream=True, auth=auth or httpx.USE_CLIENT_DEFAULT, follow_redirects=False
            )
            following = response.next_request
            if following is None or request.redirects == 0:
                return response
            # What a redirect has for a body does not matter, and may be without end.
            await response.aclose()
            terms.trace.forget()
            outgoing, auth = following, None  # httpx keeps or drops the header by origin
            if (outgoing.method, outgoing.url) in seen:
                raise ProtocolError(f"redirected in a circle, again to {_shown(outgoing.url)}", Phase.FIRST_BYTE)
            seen.add((outgoing.method, outgoing.url))
        raise ProtocolError(
            f"more than {request.redirects} redirects, the last to {_shown(outgoing.url)}", Phase.FIRST_BYTE
        )

    def _build(self, request: HttpRequest, terms: Terms) -> httpx.Request:
        headers = httpx.Headers([(name.encode(), value.encode()) for name, value in request.headers.items()])
        content: bytes | None = None
        if request.has_json:
            content = json.dumps(request.json, ensure_ascii=False, separators=(",", ":")).encode()
            headers.setdefault("content-type", "application/json")
        elif request.text is not None:
            content = request.text.encode()
            headers.setdefault("content-type", "text/plain; charset=utf-8")
        if request.auth and request.auth[0] == "bearer":
            headers["authorization"] = f"Bearer {request.auth[1]}"
        url = httpx.URL(request.url)
        return self._client.build_request(
            request.method,
            url.copy_merge_params(request.query) if request.query else url,
            headers=headers,
            content=content,
            data=request.form,
            extensions={EXTENSION: terms},
        )

    def _answered(self, trace: Trace, response: httpx.Response, body: bytes, *, complete: bool) -> Sighting:
        phases = trace.phases()
        expiry = _expiry(trace)
        answer = Answer(
            status_code=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=body,
            latency_ms=phases.total,
            at=self._now(),
            body_complete=complete,
            certificate_expires_at=expiry,
        )
        return Sighting(phases=phases, answer=answer, status_code=response.status_code, certificate_expires_at=expiry)


async def _body(response: httpx.Response) -> tuple[bytes, bool]:
    """Return the decoded body, up to the limits, and whether that is all of it."""
    # Of an encoding that was not asked for, or several on top of each other, the raw bytes are shown: unpacking
    # those without bounds is what a bomb waits for.
    decoded = response.headers.get("content-encoding", "").strip().lower() in _DECODED
    pieces: list[bytes] = []
    size = 0
    # Generators in truth, and to be ended here where they are left early.
    stream = cast("AsyncGenerator[bytes, None]", response.aiter_bytes() if decoded else response.aiter_raw())
    async with aclosing(stream):
        async for piece in stream:
            pieces.append(piece)
            size += len(piece)
            if size > BODY_LIMIT or len(pieces) > PIECE_LIMIT:
                break
        else:
            return b"".join(pieces), True
    return b"".join(pieces)[:BODY_LIMIT], False


def _failed(trace: Trace, kind: FailureKind, reason: str, phase: Phase | None, status: list[int]) -> Sighting:
    trace.end(time.perf_counter())
    return Sighting(
        phases=trace.phases(),
        failure=Failure(kind=kind, reason=reason, phase=phase),
        status_code=status[0] if status else None,
        certificate_expires_at=_expiry(trace),
    )


def _expiry(trace: Trace) -> datetime | None:
    if trace.certificate is None:
        return None
    try:
        return read_certificate(trace.certificate).not_after
    except CertificateFormatError:
        return None


def _shown(url: httpx.URL) -> str:
    """Return the address without what may be secret in it."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))
