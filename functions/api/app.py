"""The public routes."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from functions.api.conditional import unchanged
from functions.api.envelope import JSON, Envelope, answer, nothing_there
from functions.api.errors import (
    BadPageError,
    MethodError,
    NotRenderedError,
    UnknownPageError,
)
from functions.api.ping_routes import Take, add_ping_routes
from functions.api.readiness import Readiness
from functions.render.headers import CACHE_SHORT

if TYPE_CHECKING:
    from functions.adapters.site_reader import StoredObject

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
_METHODS = ("GET", "HEAD", "OPTIONS")
_OTHER_METHODS = ["DELETE", "PATCH", "POST", "PUT"]
STATUS_KEY = "status.json"

# Sent always, asked for or not: a shared cache must not hand a copy without them to somebody else's script.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-Request-Id",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(_METHODS),
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
    app.use(middlewares=[Envelope(logger, count_failure, headers=_CORS)])

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
        return Response(status_code=HTTPStatus.OK.value, content_type=JSON, headers=headers, body=stored.body.decode())

    def live() -> Response[str]:
        return answer(HTTPStatus.OK, {"status": "healthy"})

    def ready() -> Response[str]:
        found = readiness(clock())
        return answer(HTTPStatus.OK if found.ready else HTTPStatus.SERVICE_UNAVAILABLE, found.body())

    def openapi() -> Response[str]:
        document = Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
        return Response(
            status_code=HTTPStatus.OK.value, content_type=JSON, headers={"Cache-Control": CACHE_SHORT}, body=document
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
    app.not_found(nothing_there)
    return app


def _refuse(**_: str) -> Response[str]:
    raise MethodError("This can only be read.", allowed=_METHODS)


def _preflight(**_: str) -> Response[str]:
    return Response(status_code=HTTPStatus.NO_CONTENT.value, headers=dict(_PREFLIGHT), body="")
