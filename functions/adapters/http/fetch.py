"""One request with its redirects, from httpx's client to a `Sighting`."""

import logging
from dataclasses import replace
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from functions.adapters.http.cookies import Cookies
from functions.adapters.http.errors import ProtocolError
from functions.adapters.http.reading import is_plain, read_plain, read_response
from functions.adapters.http.seeing import Now, Reply, seeing, utc_now
from functions.adapters.http.trace import Trace
from functions.adapters.http.transport import ANSWERED, EXTENSION, Terms, Transport, as_response
from functions.adapters.http.written import Written, write
from functions.adapters.network import Network
from functions.domain.checks.http import HttpRequest
from functions.domain.verdict import Phase
from functions.execution import Sighting, UnmadeError
from functions.kept import Kept

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
        self._kept = Kept(self._write)

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
        try:
            # A step's request holds what another one answered, and does not come back.
            written = self._kept(request) if cookies is None else self._write(request)
            terms = Terms(trace=trace, deadline=deadline, tls=written.tls)
            answered: httpx.Response | None = None
            if cookies is None and not written.request.url.userinfo:
                head, exchange = await self._transport.send(written.letter, terms)
                if is_plain(head):
                    trace.status_code = head.status
                    return await read_plain(head, exchange)
                answered = as_response(head, exchange)
            final = await self._final_response(request, written.anew(terms, answered), terms, cookies)
            trace.status_code = final.status_code
            return await read_response(final)
        except httpx.DecodingError as error:
            raise ProtocolError(f"the body's encoding is broken: {error}", Phase.TRANSFER) from error
        except httpx.HTTPError as error:
            raise ProtocolError(str(error), trace.phase) from error

    def _write(self, request: HttpRequest) -> Written:
        try:
            return write(request, self._client)
        except (httpx.InvalidURL, UnicodeError) as error:  # the latter of names that IDNA does not have
            raise UnmadeError("the address is not a valid URL") from error

    async def _final_response(
        self, request: HttpRequest, outgoing: httpx.Request, terms: Terms, cookies: Cookies | None
    ) -> httpx.Response:
        seen = {(outgoing.method, outgoing.url)}
        for _ in range(request.redirects + 1):
            response = await self._send(outgoing, cookies, follow=request.redirects > 0)
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
                terms = replace(terms, tls=replace(terms.tls, client_certificate=None))
                following.extensions = {EXTENSION: terms}
            outgoing = following
            if (outgoing.method, outgoing.url) in seen:
                raise ProtocolError(f"redirected in a circle, again to {_shown(outgoing.url)}", Phase.FIRST_BYTE)
            seen.add((outgoing.method, outgoing.url))
        raise ProtocolError(
            f"more than {request.redirects} redirects, the last to {_shown(outgoing.url)}", Phase.FIRST_BYTE
        )

    async def _send(self, outgoing: httpx.Request, cookies: Cookies | None, *, follow: bool) -> httpx.Response:
        if cookies is None:
            return await self._sent(outgoing, follow=follow)
        cookies.attach_to(outgoing)
        response = await self._sent(outgoing, follow=follow)
        cookies.take_from(response)
        return response

    async def _sent(self, outgoing: httpx.Request, *, follow: bool) -> httpx.Response:
        """Send without httpx's client where that has nothing to do: it takes as much CPU as a plain HTTP check.

        Where a redirect is not to be followed, it does not matter where that leads, nor whether it leads anywhere.
        """
        if not outgoing.url.userinfo:
            response = await self._transport.handle_async_request(outgoing)
            if not follow or not response.has_redirect_location:
                response.request = outgoing
                return response
            outgoing.extensions[ANSWERED] = response  # what follows from it is for the client to say
        try:
            return await self._client.send(outgoing, stream=True, follow_redirects=False)
        except (httpx.InvalidURL, UnicodeError) as error:
            # httpx says this only of the address that an answer leads to, and not in each case in its own words.
            raise ProtocolError("redirected to what is no valid URL", Phase.FIRST_BYTE) from error


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
