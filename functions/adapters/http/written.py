"""A monitor's request as httpx writes it, and as it goes over the wire."""

import json
from copy import copy
from dataclasses import dataclass

import httpx

from functions.adapters.http.tls import TlsTerms
from functions.adapters.http.transport import ANSWERED, EXTENSION, Letter, Terms, letter, tls_terms
from functions.domain.checks.http import HttpRequest
from functions.domain.redaction import basic_credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What httpx makes of a monitor's request, the same every time, and what of it goes over the wire."""

    request: httpx.Request
    letter: Letter
    tls: TlsTerms

    def anew(self, terms: Terms, answered: httpx.Response | None) -> httpx.Request:
        """Return the request for one attempt, which may change it; `answered` is what came already."""
        outgoing = copy(self.request)  # as httpx means it: without stream and extensions
        outgoing.stream = self.request.stream
        outgoing.headers = self.request.headers.copy()
        outgoing.extensions = {EXTENSION: terms} | ({} if answered is None else {ANSWERED: answered})
        return outgoing


def write(request: HttpRequest, client: httpx.AsyncClient) -> Written:
    """Return the request; raises httpx.InvalidURL, and ProtocolError for what is no HTTP."""
    headers = httpx.Headers([(name.encode(), value.encode()) for name, value in request.headers.items()])
    content: bytes | None = None
    if request.has_json:
        content = json.dumps(request.json, ensure_ascii=False, separators=(",", ":")).encode()
        headers.setdefault("content-type", "application/json")
    elif request.text is not None:
        content = request.text.encode()
        headers.setdefault("content-type", "text/plain; charset=utf-8")
    url = httpx.URL(request.url)
    if request.auth:
        # By hand, where httpx would send through its client; over redirects it keeps or drops the header by origin.
        headers["authorization"] = _authorization(request.auth)
        url = url.copy_with(userinfo=b"")
    outgoing = client.build_request(
        request.method,
        url.copy_merge_params(request.query) if request.query else url,
        headers=headers,
        content=content,
        data=request.form,
    )
    tls = tls_terms(verify=request.verify, http2=request.http2, client_certificate=request.client_certificate)
    return Written(request=outgoing, letter=letter(outgoing, outgoing.content), tls=tls)


def _authorization(auth: tuple[str, ...]) -> str:
    return f"Basic {basic_credentials(*auth[1:])}" if auth[0] == "basic" else f"Bearer {auth[1]}"
