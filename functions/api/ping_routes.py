"""The routes of the ping protocol; where nothing reports in there are none."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from functions.api.envelope import body_of
from functions.api.errors import BadPingError, MethodError, TooManyError, UnknownKeyError
from functions.domain.ping import Ping, Signal, TooManyPingsError
from functions.domain.ping_key import UUID_FORM
from functions.domain.wording import visible

Take = Callable[[str, Ping, bytes], bool]
"""Records a ping under a key, with its body; tells whether the key is known."""

METHODS = ["GET", "HEAD", "POST"]
EXCERPT_LIMIT = 120
"""Characters of a failure's body that a reason quotes: its end, where the error stands."""

_READ_LIMIT = 4_000
_STATUS = re.compile(r"[0-9]{1,3}", re.ASCII)
_LARGEST_STATUS = 255
_WORDS: Final = {"": Signal.SUCCESS, **{signal.value: signal for signal in (Signal.START, Signal.FAIL, Signal.LOG)}}


def add_ping_routes(app: APIGatewayHttpResolver, take: Take | None) -> None:
    """Let `app` answer `/ping/{key}` and what the protocol allows after it; None: nothing reports in."""
    if take is None:
        return

    def ping(key: str, signal: str = "") -> Response[str]:
        if not UUID_FORM.fullmatch(key):
            raise BadPingError("A ping address holds a UUID: `pulseboard heartbeats` shows it.")
        body = body_of(app)
        try:
            if not take(key, _ping(app, signal, body), body):
                raise UnknownKeyError("There is no such key. `pulseboard heartbeats` shows those that there are.")
        except TooManyPingsError as error:
            raise TooManyError("Too many pings in this minute; they were not recorded.") from error
        return Response(
            status_code=HTTPStatus.OK.value,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store"},
            body="OK",
        )

    # With a slash and nothing behind it as well: what scripts send whose status or word is empty.
    for rule in ("/ping/<key>", "/ping/<key>/", "/ping/<key>/<signal>"):
        app.route(rule, method=METHODS)(ping)
        app.route(rule, method=["DELETE", "PATCH", "PUT"])(_refuse)
        app.route(rule, method="OPTIONS")(_preflight)


def _ping(app: APIGatewayHttpResolver, word: str, body: bytes) -> Ping:
    signal, status = _signal(word)
    rid = (app.current_event.query_string_parameters or {}).get("rid")
    if rid is not None and not UUID_FORM.fullmatch(rid):
        raise BadPingError("`rid` has to be a UUID.")
    # When the request came in, and not when a function that had to be started first got to see it.
    at = datetime.fromtimestamp(app.current_event.request_context.time_epoch / 1000, UTC)
    return Ping(
        signal=signal,
        at=at,
        rid=None if rid is None else rid.lower(),
        status=status,
        excerpt=_excerpt(body) if signal is Signal.FAIL else "",
    )


def _signal(word: str) -> tuple[Signal, int | None]:
    """Return what stands after the key: a signal, or an exit status, of which 0 is success."""
    if word in _WORDS:
        return _WORDS[word], None
    if _STATUS.fullmatch(word) and int(word) <= _LARGEST_STATUS:
        return (Signal.FAIL if int(word) else Signal.SUCCESS), int(word)
    raise BadPingError("After the key stands nothing, `start`, `fail`, `log`, or an exit status from 0 to 255.")


def _excerpt(body: bytes) -> str:
    text = visible(" ".join(body[-_READ_LIMIT:].decode(errors="replace").split()))
    return text if len(text) <= EXCERPT_LIMIT else "…" + text[1 - EXCERPT_LIMIT :]


def _refuse(**_: str) -> Response[str]:
    raise MethodError("A ping is sent by GET, HEAD or POST.", allowed=[*METHODS, "OPTIONS"])


def _preflight(**_: str) -> Response[str]:
    headers = {"Access-Control-Allow-Methods": ", ".join(METHODS), "Access-Control-Max-Age": "86400"}
    return Response(status_code=HTTPStatus.NO_CONTENT.value, headers=headers, body="")
