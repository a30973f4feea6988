"""The routes of operators: `/incidents` and what is under it. API Gateway lets only signed requests come here."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, TypeVar

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from functions.api.envelope import Envelope, answer, body_of, nothing_there
from functions.api.errors import ApiError, MethodError
from functions.domain import people
from functions.domain.incident import Incident, IncidentStatus
from functions.domain.people import Told
from functions.domain.verdict import Verdict
from functions.operator.desk import Request, change, incident_id, open_once, read
from functions.operator.document import incident_document
from functions.operator.errors import (
    BadRequestError,
    ChecksDecideError,
    ClosedIncidentError,
    EndsByChecksError,
    FullIncidentError,
    OpenIncidentError,
    TooLargeError,
)
from functions.operator.fields import Fields
from functions.store import IncidentDesk

TITLE_LIMIT: Final = 120
NAME_LIMIT: Final = 60
TEXT_LIMIT: Final = 8_000
POSTMORTEM_LIMIT: Final = 20_000
BODY_LIMIT: Final = 256_000
KEY_LIMIT: Final = 200
REACH: Final = timedelta(days=90)
_METHODS: Final = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_FAILING: Final = (Verdict.DEGRADED, Verdict.DOWN)
_OPEN_STATUSES: Final = tuple(status for status in IncidentStatus if status is not IncidentStatus.RESOLVED)
_UNSUITED: Final[Mapping[type[people.IncidentError], tuple[type[ApiError], str]]] = {
    people.ClosedError: (
        ClosedIncidentError,
        "It is resolved. A note may still be added, with the status `resolved`.",
    ),
    people.StillOpenError: (OpenIncidentError, "It is not resolved yet; a postmortem comes afterwards."),
    people.EndedByChecksError: (
        EndsByChecksError,
        "Checks opened this incident and still see it fail. It is resolved when they pass.",
    ),
    people.JudgedError: (
        ChecksDecideError,
        "How this monitor is, its checks say. Others can be added while the incident is open.",
    ),
    people.FullError: (FullIncidentError, "The incident holds no more text. Open another one and refer to it."),
}
T = TypeVar("T")
PageUrl = Callable[[Collection[str]], str]


class Operators:
    """What operators can do; each method answers one route."""

    def __init__(
        self,
        app: APIGatewayHttpResolver,
        *,
        store: IncidentDesk,
        names: Mapping[str, str],
        page_url: PageUrl,
        clock: Callable[[], datetime],
        seed: Callable[[], str],
    ) -> None:
        self._app = app
        self._store = store
        self._names = names
        self._page_url = page_url
        self._clock = clock
        self._seed = seed

    def find_all(self) -> Response[str]:
        """Answer with the incidents of 90 days and all that are open, newest first; `open=true`: only the open ones."""
        query = self._app.current_event.query_string_parameters or {}
        wanted = query.get("open", "false")
        if wanted not in ("true", "false"):
            raise BadRequestError("`open` has to be true or false.", field="open", found=wanted[:100])
        incidents = self._store.incidents(self._clock() - REACH)
        shown = [self._document(incident) for incident in incidents if incident.open or wanted == "false"]
        return answer(HTTPStatus.OK, {"incidents": shown})

    def open_one(self) -> Response[str]:
        """Open an incident, once for each idempotency key."""
        fields = self._fields("title", "monitors", "body", "status", "started_at", "by")
        at = self._clock().replace(microsecond=0)
        affected = fields.monitors("monitors", self._names, _FAILING)
        if not affected:
            raise BadRequestError(
                "`monitors` has to name at least one monitor and how it is.", field="monitors", allowed=list(_FAILING)
            )
        started_at = fields.time("started_at", earliest=at - REACH, latest=at) or at
        request = self._request()
        told = _suited(
            lambda: people.open_incident(
                incident_id(started_at, request.key or self._seed()),
                title=fields.line("title", limit=TITLE_LIMIT),
                affected=affected,
                body=fields.text("body", limit=TEXT_LIMIT),
                status=IncidentStatus(fields.word("status", _OPEN_STATUSES) or IncidentStatus.INVESTIGATING),
                started_at=started_at,
                by=fields.optional_line("by", limit=NAME_LIMIT),
                at=at,
            )
        )
        opened = open_once(self._store, told, request, at=at)
        return self._shown(opened, HTTPStatus.CREATED, Location=f"/incidents/{opened.id}")

    def show(self, incident: str) -> Response[str]:
        """Answer with one incident."""
        return self._shown(read(self._store, incident))

    def update(self, incident: str) -> Response[str]:
        """Add an entry to an incident's timeline, once for each idempotency key."""
        fields = self._fields("status", "body", "monitors", "by")
        word = fields.word("status", IncidentStatus)
        affected = fields.monitors("monitors", self._names, (Verdict.UP, *_FAILING))
        body, by = fields.text("body", limit=TEXT_LIMIT), fields.optional_line("by", limit=NAME_LIMIT)
        at = self._clock().replace(microsecond=0)
        status = IncidentStatus(word) if word else None
        return self._changed(
            incident,
            lambda found: people.add_update(found, status=status, body=body, affected=affected, by=by, at=at),
            HTTPStatus.CREATED,
        )

    def acknowledge(self, incident: str) -> Response[str]:
        """Say who is on it."""
        by = self._fields("by").line("by", limit=NAME_LIMIT)
        at = self._clock().replace(microsecond=0)
        return self._changed(incident, lambda found: people.acknowledge(found, by=by, at=at))

    def retitle(self, incident: str) -> Response[str]:
        """Give an incident another title."""
        title = self._fields("title").line("title", limit=TITLE_LIMIT)
        at = self._clock().replace(microsecond=0)
        return self._changed(incident, lambda found: people.retitle(found, title=title, at=at))

    def postmortem(self, incident: str) -> Response[str]:
        """Write what was learnt, in the place of what stood there."""
        fields = self._fields("body", "by")
        body, by = fields.text("body", limit=POSTMORTEM_LIMIT), fields.optional_line("by", limit=NAME_LIMIT)
        at = self._clock().replace(microsecond=0)
        return self._changed(incident, lambda found: people.write_postmortem(found, body=body, by=by, at=at))

    def _changed(
        self, incident: str, decide: Callable[[Incident], Told | None], status: HTTPStatus = HTTPStatus.OK
    ) -> Response[str]:
        request = self._request()
        changed = change(self._store, incident, lambda found: _suited(lambda: decide(found)), request, at=self._clock())
        return self._shown(changed, status)

    def _shown(self, incident: Incident, status: HTTPStatus = HTTPStatus.OK, **headers: str) -> Response[str]:
        return answer(status, self._document(incident), ETag=f'"{incident.version}"', **headers)

    def _document(self, incident: Incident) -> dict[str, object]:
        return incident_document(incident, names=self._names, page_url=self._page_url(incident.monitors))

    def _fields(self, *allowed: str) -> Fields:
        return Fields(self._body(), allowed=allowed)

    def _body(self) -> bytes:
        if len(self._app.current_event.body or "") > BODY_LIMIT:
            raise TooLargeError("The body is too long.", limit=BODY_LIMIT)
        return body_of(self._app)

    def _request(self) -> Request:
        """Return how the request is known: its key with all that it asks for, and the version that it builds on."""
        event = self._app.current_event
        key, match = event.headers.get("idempotency-key"), event.headers.get("if-match")
        if key is not None and not (0 < len(key) <= KEY_LIMIT and key.isascii() and key.isprintable()):
            raise BadRequestError(
                f"Idempotency-Key has to have 1 to {KEY_LIMIT} printable ASCII characters.", field="Idempotency-Key"
            )
        version = (match or "").strip('"')
        if match is not None and not (version.isascii() and version.isdigit()):
            raise BadRequestError("If-Match has to be the ETag of an incident.", field="If-Match", found=match[:100])
        asked = "\n".join((event.http_method, event.path, hashlib.sha256(self._body()).hexdigest()))
        return Request(
            digest=hashlib.sha256(asked.encode(errors="replace")).hexdigest(),
            key=key,
            if_version=None if match is None else int(version),
        )


def build_app(
    *,
    store: IncidentDesk,
    names: Mapping[str, str],
    page_url: PageUrl,
    clock: Callable[[], datetime],
    seed: Callable[[], str],
    logger: Logger,
    count_failure: Callable[[], None],
) -> APIGatewayHttpResolver:
    """Return the application; `names` has the deployment's monitors by id, `seed` gives what was never given before.

    `page_url` gives the address of the page that shows these monitors.
    """
    app = APIGatewayHttpResolver()
    app.use(middlewares=[Envelope(logger, count_failure)])
    operators = Operators(app, store=store, names=names, page_url=page_url, clock=clock, seed=seed)
    routes: dict[str, dict[str, Callable[..., Response[str]]]] = {
        "/incidents": {"GET": operators.find_all, "POST": operators.open_one},
        "/incidents/<incident>": {"GET": operators.show, "PATCH": operators.retitle},
        "/incidents/<incident>/updates": {"POST": operators.update},
        "/incidents/<incident>/acknowledgement": {"PUT": operators.acknowledge},
        "/incidents/<incident>/postmortem": {"PUT": operators.postmortem},
    }
    for rule, by_method in routes.items():
        for method in _METHODS:
            app.route(rule, method=method)(by_method.get(method) or _refusing(*by_method))
    app.not_found(nothing_there)
    return app


def _refusing(*allowed: str) -> Callable[..., Response[str]]:
    def refuse(**_: str) -> Response[str]:
        raise MethodError("This cannot be done here.", allowed=allowed)

    return refuse


def _suited(decide: Callable[[], T]) -> T:
    """Return what was decided, or say in the API's words why the incident is not fit for it."""
    try:
        return decide()
    except people.IncidentError as error:
        refusal, message = _UNSUITED[type(error)]
        raise refusal(message) from error
