"""The operators' routes of a deployment, asked with signed requests (AWS Signature Version 4)."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import httpx
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from cli.local.deployed import Deployed
from cli.local.ports import LOOPBACK

_SERVICE = "execute-api"
_TIMEOUT = 30.0
_TRIES = 3
_BAD_INPUT = (400, 404, 413)

Document = dict[str, Any]


class IncidentApiError(Exception):
    """The request was not carried out; the message says why, `bad_input` whether what was asked for is wrong."""

    def __init__(self, message: str, *, bad_input: bool = False) -> None:
        super().__init__(message)
        self.bad_input = bad_input


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentApi:
    """Every method returns what the API answers, as docs/api.md describes it, and raises IncidentApiError."""

    deployed: Deployed

    def find_all(self, *, only_open: bool) -> list[Document]:
        """Return incidents, newest first."""
        found: list[Document] = self._ask("GET", "/incidents?open=true" if only_open else "/incidents")["incidents"]
        return found

    def show(self, incident: str) -> Document:
        """Return one incident."""
        return self._ask("GET", _path(incident))

    def open(self, document: Document) -> Document:
        """Open an incident; tried again where the answer is lost, and opened once all the same."""
        return self._ask("POST", "/incidents", document)

    def update(self, incident: str, document: Document) -> Document:
        """Add an entry to its timeline."""
        return self._ask("POST", _path(incident, "/updates"), document)

    def acknowledge(self, incident: str, *, by: str) -> Document:
        """Say who is on it."""
        return self._ask("PUT", _path(incident, "/acknowledgement"), {"by": by})

    def retitle(self, incident: str, *, title: str) -> Document:
        """Give it another title."""
        return self._ask("PATCH", _path(incident), {"title": title})

    def write_postmortem(self, incident: str, document: Document, *, version: int | None) -> Document:
        """Write what was learnt; with `version` only in the place of what was read then."""
        return self._ask("PUT", _path(incident, "/postmortem"), document, version=version)

    def _ask(self, method: str, path: str, document: Document | None = None, *, version: int | None = None) -> Document:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        if method == "POST":
            headers["Idempotency-Key"] = uuid4().hex
        body = b"" if document is None else json.dumps(document).encode()
        if body:
            headers["Content-Type"] = "application/json"
        for left in reversed(range(_TRIES)):
            try:
                answer = self._send(method, path, body, headers)
            except httpx.HTTPError as error:
                if not left:
                    raise IncidentApiError(f"The API cannot be reached: {error}") from error
                continue
            if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR or not left:
                return _read(answer)
        raise AssertionError("unreachable: the last try returns or raises")

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        url = self.deployed.outputs["ApiUrl"] + path
        credentials = self.deployed.clients.credentials()
        if credentials is None:
            raise IncidentApiError("There are no AWS credentials in the environment to sign the request with.")
        request = AWSRequest(method=method, url=url, data=body, headers={**headers, "Host": urlsplit(url).netloc})
        SigV4Auth(credentials, _SERVICE, self.deployed.clients.region_name()).add_auth(request)
        with httpx.Client(timeout=_TIMEOUT) as client:
            return client.request(method, _reachable(url), content=body, headers=dict(request.headers.items()))


def _path(incident: str, rest: str = "") -> str:
    return f"/incidents/{quote(incident, safe='')}{rest}"


def _reachable(url: str) -> str:
    """Return an address that Python can connect to: it does not know `*.localhost`, which browsers do."""
    parts = urlsplit(url)
    if parts.hostname is None or not parts.hostname.endswith(".localhost"):
        return url
    return urlunsplit(parts._replace(netloc=f"{LOOPBACK}:{parts.port or 80}"))


def _read(answer: httpx.Response) -> Document:
    try:
        document = answer.json()
    except ValueError as error:
        raise IncidentApiError(f"The API answered with {answer.status_code}, and not with JSON.") from error
    if answer.is_success:
        return dict(document)
    if answer.status_code == httpx.codes.FORBIDDEN:
        raise IncidentApiError("You may not do that: your principal needs execute-api:Invoke on this API's /incidents.")
    raise IncidentApiError(_words(document), bad_input=answer.status_code in _BAD_INPUT)


def _words(document: Document) -> str:
    """Return an error's message with what was found and what was probably meant."""
    details = document.get("details", {})
    found = f" Found: {details['found']!r}." if details.get("found") is not None else ""
    if meant := details.get("suggestion"):
        return f"{document['message']}{found} Did you mean `{meant}`?"
    message = document.get("message", "The API gave no reason.")
    listed = ", ".join(details.get("allowed", ()))
    allowed = f" There are: {listed}." if listed and listed not in message else ""
    return f"{message}{found}{allowed}"
