"""The routes, and what every answer has in common."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from functions.api.conditional import unchanged
from functions.api.errors import (
    ALLOWED_METHODS,
    ApiError,
    BadPageError,
    MethodError,
    NotRenderedError,
    PathTooLongError,
    UnexpectedError,
    UnknownPageError,
    UnknownPathError,
)
from functions.api.ping_routes import Take, add_ping_routes
from functions.api.readiness import Readiness
from functions.render.headers import CACHE_SHORT

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.middlewares import NextMiddleware

    from functions.adapters.site_reader import StoredObject

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
_PATH_LIMIT = 512
_OTHER_METHODS = ["DELETE", "PATCH", "POST", "PUT"]
_JSON = "application/json; charset=utf-8"
_NEVER_KEPT = "no-store"
STATUS_KEY = "status.json"

# Sent always, asked for or not: a shared cache must not hand a copy without them to somebody else's script.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-Request-Id",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(ALLOWED_METHODS),
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Site(Protocol):
    """Where rendered objects are."""

    def get_object(self, key: str) -> "StoredObject | None":
        """Return the object under `key`; None where there is none."""


def build_app(
    *,
    pages: Mapping[str, Site],
    readiness: Callable[[datetime], Readiness],
    clock: Callable[[], datetime],
    logger: Logger,
    count_failure: Callable[[], None],
    take_ping: Take | None = None,
) -> APIGatewayHttpResolver:
    """Return the application that serves `pages`: by id, where the page's objects are.

    `take_ping` is None where no monitor is a heartbeat: then there is nothing at `/ping/`.
    `count_failure` is called for each request that failed by our own fault: its answer is a proper one, so that Lambda
    does not count it as an error.
    """
    app = APIGatewayHttpResolver()
    app.use(middlewares=[_Envelope(logger, count_failure)])

    def status(page: str) -> Response[str]:
        if not _SLUG.fullmatch(page):
            raise BadPageError(
                "A page's id has 1 to 50 characters: lower-case letters, digits and, between them, hyphens.", page=page
            )
        if page not in pages:
            raise UnknownPageError("There is no such page.", page=page)
        stored = pages[page].get_object(STATUS_KEY)
        if stored is None:
            raise NotRenderedError("The page has not been rendered yet. Try again in a minute.", page=page)
        headers = {"ETag": stored.etag, "Cache-Control": CACHE_SHORT}
        if unchanged(app.current_event.headers.get("if-none-match"), stored.etag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED.value, headers=headers, body="")
        return Response(status_code=HTTPStatus.OK.value, content_type=_JSON, headers=headers, body=stored.body.decode())

    def live() -> Response[str]:
        return _answer(HTTPStatus.OK, {"status": "healthy"})

    def ready() -> Response[str]:
        found = readiness(clock())
        return _answer(HTTPStatus.OK if found.ready else HTTPStatus.SERVICE_UNAVAILABLE, found.body())

    def openapi() -> Response[str]:
        document = Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
        return Response(
            status_code=HTTPStatus.OK.value, content_type=_JSON, headers={"Cache-Control": CACHE_SHORT}, body=document
        )

    routes: dict[str, Callable[..., Response[str]]] = {
        "/status/<page>": status,
        "/health/live": live,
        "/health/ready": ready,
        "/openapi.json": openapi,
    }
    for rule, route in routes.items():
        app.route(rule, method=["GET", "HEAD"])(route)
        app.route(rule, method=_OTHER_METHODS)(_refuse)
        app.route(rule, method="OPTIONS")(_preflight)
    add_ping_routes(app, take_ping)
    app.not_found(_nothing_there)
    return app


class _Envelope:
    """Around every route: errors in their one shape, and the headers that every answer has."""

    def __init__(self, logger: Logger, count_failure: Callable[[], None]) -> None:
        self._logger = logger
        self._count_failure = count_failure

    @property
    def __name__(self) -> str:
        """Return the name that the event handler notes down for a middleware."""
        return "envelope"

    def __call__(self, app: APIGatewayHttpResolver, next_middleware: "NextMiddleware") -> Response[str]:
        request_id = app.current_event.request_context.request_id
        try:
            _check_path(app.current_event.path)
            response = next_middleware(app)
        except ApiError as error:
            response = _answer(error.status, error.body(request_id), **error.headers)
        except Exception:
            self._logger.exception("A request failed", request_id=request_id)
            self._count_failure()
            failure = UnexpectedError("Something went wrong on our side. The request id helps to find out what.")
            response = _answer(failure.status, failure.body(request_id))
        response.headers.update({**_CORS, "X-Request-Id": request_id, "X-Content-Type-Options": "nosniff"})
        if app.current_event.http_method.upper() == "HEAD":
            response.body = ""
        return response


def _check_path(path: str) -> None:
    """Refuse what no route can mean; the routes' patterns would overlook a line feed at the end."""
    if len(path) > _PATH_LIMIT:
        raise PathTooLongError("The path is too long.", limit=_PATH_LIMIT)
    if not path.isprintable():
        raise UnknownPathError("There is nothing here. /openapi.json lists what there is.")


def _answer(status: HTTPStatus, body: dict[str, object], **headers: str) -> Response[str]:
    """Return an answer that holds for this moment only."""
    return Response(
        status_code=status.value,
        content_type=_JSON,
        headers={"Cache-Control": _NEVER_KEPT, **headers},
        body=json.dumps(body, ensure_ascii=False, default=str),
    )


def _refuse(**_: str) -> Response[str]:
    raise MethodError("This can only be read.", allowed=list(ALLOWED_METHODS))


def _preflight(**_: str) -> Response[str]:
    return Response(status_code=HTTPStatus.NO_CONTENT.value, headers=dict(_PREFLIGHT), body="")


def _nothing_there(_: NotFoundError) -> Response[str]:
    raise UnknownPathError("There is nothing here. /openapi.json lists what there is.")
