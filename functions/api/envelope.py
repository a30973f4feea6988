"""What every answer of an HTTP API has in common."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from functions.api.errors import ApiError, PathTooLongError, UnexpectedError, UnknownPathError

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.middlewares import NextMiddleware

JSON: Final = "application/json; charset=utf-8"
_PATH_LIMIT = 512
_NEVER_KEPT = "no-store"
_NONE: Mapping[str, str] = {}


class Envelope:
    """Around every route: errors in their one shape, and the headers that every answer has.

    `count_failure` is called for each request that failed by our own fault: its answer is a proper one, so that Lambda
    does not count it as an error.
    """

    def __init__(
        self, logger: Logger, count_failure: Callable[[], None], *, headers: Mapping[str, str] = _NONE
    ) -> None:
        self._logger = logger
        self._count_failure = count_failure
        self._headers = headers

    @property
    def __name__(self) -> str:
        """Return the name that the event handler notes down for a middleware."""
        return "envelope"

    def __call__(self, app: APIGatewayHttpResolver, next_middleware: "NextMiddleware") -> Response[str]:
        """Answer the request."""
        request_id = app.current_event.request_context.request_id
        try:
            _check_path(app.current_event.path)
            response = next_middleware(app)
        except ApiError as error:
            response = answer(error.status, error.body(request_id), **error.headers)
        except Exception:
            self._logger.exception("A request failed", request_id=request_id)
            self._count_failure()
            failure = UnexpectedError("Something went wrong on our side. The request id helps to find out what.")
            response = answer(failure.status, failure.body(request_id))
        response.headers.update({**self._headers, "X-Request-Id": request_id, "X-Content-Type-Options": "nosniff"})
        if app.current_event.http_method.upper() == "HEAD":
            response.body = ""
        return response


def _check_path(path: str) -> None:
    """Refuse what no route can mean; the routes' patterns would overlook a line feed at the end."""
    if len(path) > _PATH_LIMIT:
        raise PathTooLongError("The path is too long.", limit=_PATH_LIMIT)
    if not path.isprintable():
        raise UnknownPathError("There is nothing here. /openapi.json lists what there is.")


def answer(status: HTTPStatus, body: dict[str, object], **headers: str) -> Response[str]:
    """Return an answer that holds for this moment only."""
    return Response(
        status_code=status.value,
        content_type=JSON,
        headers={"Cache-Control": _NEVER_KEPT, **headers},
        body=json.dumps(body, ensure_ascii=False, default=str),
    )


def body_of(app: APIGatewayHttpResolver) -> bytes:
    """Return the body of the request as it was sent; API Gateway hands on in base64 what is no text."""
    event = app.current_event
    if not event.body:
        return b""
    return b64decode(event.body) if event.is_base64_encoded else event.body.encode(errors="replace")


def nothing_there(_: NotFoundError) -> Response[str]:
    """Answer for a path that no route has."""
    raise UnknownPathError("There is nothing here. /openapi.json lists what there is.")
