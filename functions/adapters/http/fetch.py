"""One request with its redirects, from httpx's client to a `Sighting`."""

import json
import logging
from contextlib import aclosing
from copy import copy
from dataclasses import replace
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, cast

import httpx

from functions.adapters.http.cookies import Cookies
from functions.adapters.http.errors import ProtocolError
from functions.adapters.http.seeing import Now, Reply, seeing, utc_now
from functions.adapters.http.trace import Trace
from functions.adapters.http.transport import ANSWERED, EXTENSION, Terms, Transport
from functions.adapters.network import Network
from functions.domain.checks.http import HttpRequest
from functions.domain.verdict import Phase
from functions.execution import Sighting, UnmadeError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

BODY_LIMIT = 1024 * 1024
"""Decoded bytes of a body that are read; what a health check asserts on fits many times."""
PIECE_LIMIT = 16 * 1024
"""Pieces of a body that are read: a body in chunks of one byte would keep a CPU busy for seconds."""

REQUESTS_KEPT = 512

_DECODED = {"", "identity", "gzip", "x-gzip", "deflate"}
_HEADERS = {"user-agent": "pulseboard", "accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "close"}

# httpx names each URL at INFO, with whatever secrets are in it.
logging.getLogger("httpx").setLevel(logging.WARNING)


class HttpFetch:
    """The executor of HTTP: one client and, mostly, one TLS context for all checks, however many there are at once."""

    def __init__(self, network: Network, *, now: Now = utc_now) -> None:
        self._transport = Transport(network)
        # No jar: what one check was given must not be sent by another.
        jar = CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
        self._client = httpx.AsyncClient(transport=self._transport, headers=_HEADERS, cookies=jar, trust_env=False)
        self._now = now
        self._written: dict[int, tuple[HttpRequest, httpx.Request]] = {}

    async def __call__(
        self,
        request: HttpRequest,
        /,
        *,
        timeout: float,  # noqa: ASYNC109 - see Execute
        cookies: Cookies | None = None,
    ) -> Sighting:
        """Return what was seen within `timeout` seconds; raises UnmadeError where the request cannot be sent.

        With `cookies`, those that it has for the address are sent, and what the answers set is put there.
        """
        return await seeing(partial(self._reply, request, cookies), timeout=timeout, now=self._now)

    async def aclose(self) -> None:
        """Close the client."""
        await self._client.aclose()

    async def _reply(self, request: HttpRequest, cookies: Cookies | None, trace: Trace, deadline: float) -> Reply:
        terms = Terms(
            trace=trace,
            deadline=deadline,
            verify=request.verify,
            http2=request.http2,
            client_certificate=request.client_certificate,
        )
        try:
            response = await self._final_response(request, terms, cookies)
            trace.status_code = response.status_code
            try:
                body, complete = await _body(response)
            finally:
                await response.aclose()
        except httpx.DecodingError as error:
            raise ProtocolError(f"the body's encoding is broken: {error}", Phase.TRANSFER) from error
        except httpx.HTTPError as error:
            raise ProtocolError(str(error), trace.phase) from error
        except httpx.InvalidURL as error:
            raise UnmadeError("the address is not a valid URL") from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(status_code=response.status_code, headers=headers, body=body, body_complete=complete)

    async def _final_response(self, request: HttpRequest, terms: Terms, cookies: Cookies | None) -> httpx.Response:
        outgoing = self._build(request, terms, keep=cookies is None)
        auth: httpx.Auth | None = None
        if request.auth and request.auth[0] == "basic":
            auth = httpx.BasicAuth(*request.auth[1:])
        seen = {(outgoing.method, outgoing.url)}
        for _ in range(request.redirects + 1):
            response = await self._send(outgoing, auth, cookies)
            following = response.next_request
            if following is None or request.redirects == 0:
                return response
            # What a redirect has for a body does not matter, and may be without end.
            await response.aclose()
            terms.trace.forget()
            if not _trusted(outgoing.url, following.url):
                if _has_body(following):
                    # It may hold a secret as well, and a check that asked without it would be another one.
                    raise ProtocolError(
                        f"redirected with a body to another origin, {_shown(following.url)}: it is not sent there",
                        Phase.FIRST_BYTE,
                    )
                # Any of them may hold a secret; httpx drops `authorization` alone, and writes `host` anew.
                for name in request.headers:
                    if name.lower() != "host":
                        following.headers.pop(name, None)
                # Nor is whoever is there to learn who asks, or to have it prove it.
                terms = replace(terms, client_certificate=None)
                following.extensions = {EXTENSION: terms}
            outgoing, auth = following, None  # httpx keeps or drops the header by origin
            if (outgoing.method, outgoing.url) in seen:
                raise ProtocolError(f"redirected in a circle, again to {_shown(outgoing.url)}", Phase.FIRST_BYTE)
            seen.add((outgoing.method, outgoing.url))
        raise ProtocolError(
            f"more than {request.redirects} redirects, the last to {_shown(outgoing.url)}", Phase.FIRST_BYTE
        )

    async def _send(self, outgoing: httpx.Request, auth: httpx.Auth | None, cookies: Cookies | None) -> httpx.Response:
        if cookies is None:
            return await self._sent(outgoing, auth)
        cookies.attach_to(outgoing)
        response = await self._sent(outgoing, auth)
        cookies.take_from(response)
        return response

    async def _sent(self, outgoing: httpx.Request, auth: httpx.Auth | None) -> httpx.Response:
        """Send without httpx's client where that has nothing to do: it takes as much CPU as a plain HTTP check."""
        if auth is None and not outgoing.url.userinfo:
            response = await self._transport.handle_async_request(outgoing)
            if not response.has_redirect_location:
                response.request = outgoing
                return response
            outgoing.extensions[ANSWERED] = response  # what follows from it is for the client to say
        return await self._client.send(
            outgoing, stream=True, auth=auth or httpx.USE_CLIENT_DEFAULT, follow_redirects=False
        )

    def _build(self, request: HttpRequest, terms: Terms, *, keep: bool) -> httpx.Request:
        """Return the request for one attempt. What httpx makes of a monitor's is the same every time, and kept.

        Not so a step's, in which there is what another one answered.
        """
        if not keep:
            outgoing = self._write(request)
            outgoing.extensions = {EXTENSION: terms}
            return outgoing
        kept, written = self._written.get(id(request), (None, None))
        if written is None or kept is not request:
            if len(self._written) >= REQUESTS_KEPT:
                self._written.clear()
            written = self._write(request)
            self._written[id(request)] = request, written
        outgoing = copy(written)  # as httpx means it: without stream and extensions
        outgoing.stream = written.stream
        outgoing.headers = written.headers.copy()
        outgoing.extensions = {EXTENSION: terms}
        return outgoing

    def _write(self, request: HttpRequest) -> httpx.Request:
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
        )


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


def _shown(url: httpx.URL) -> str:
    """Return the address without what may be secret in it."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _has_body(request: httpx.Request) -> bool:
    """Return whether a redirect is one that sends the body again: a 307 or 308, or any other of what is no POST."""
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _trusted(origin: httpx.URL, target: httpx.URL) -> bool:
    """Return whether a redirect stays with whom it was sent to: the same origin, or its host's own HTTPS."""
    if origin.host != target.host:
        return False
    if (origin.scheme, origin.port) == (target.scheme, target.port):
        return True
    return (origin.scheme, origin.port, target.scheme, target.port) == ("http", None, "https", None)
