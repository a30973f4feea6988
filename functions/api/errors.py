"""What a request can get instead of an answer, each with its status code and its word.

ApiError
├── BadPageError          400 bad_request
├── BadPingError          400 bad_request
├── UnknownPageError      404 unknown_page
├── UnknownPathError      404 not_found
├── UnknownKeyError       404 unknown_key
├── MethodError           405 method_not_allowed
├── PathTooLongError      414 path_too_long
├── TooManyError          429 too_many_pings
├── UnexpectedError       500 internal_error
└── NotRenderedError      503 not_rendered
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import ClassVar


class ApiError(Exception):
    """Answered in the one error shape: `error_code`, `message`, `details`, `request_id`."""

    status: ClassVar[HTTPStatus]
    code: ClassVar[str]
    headers: Mapping[str, str] = {}

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def body(self, request_id: str) -> dict[str, object]:
        """Return the error shape."""
        return {
            "error_code": self.code,
            "message": self.message,
            "details": self.details,
            "request_id": request_id,
        }


class BadPageError(ApiError):
    """The page's id cannot be one."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad_request"


class BadPingError(ApiError):
    """The address of a ping is malformed."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad_request"


class UnknownPageError(ApiError):
    """The page's id could be one, but is not."""

    status = HTTPStatus.NOT_FOUND
    code = "unknown_page"


class UnknownPathError(ApiError):
    """There is nothing at this path."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class UnknownKeyError(ApiError):
    """The key of a ping could be one, but is not."""

    status = HTTPStatus.NOT_FOUND
    code = "unknown_key"


class MethodError(ApiError):
    """The path is right, the method is not; `allowed` are those that are."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"

    def __init__(self, message: str, *, allowed: Iterable[str]) -> None:
        methods = list(allowed)
        super().__init__(message, allowed=methods)
        self.headers = {"Allow": ", ".join(methods)}


class PathTooLongError(ApiError):
    """No path here is so long."""

    status = HTTPStatus.REQUEST_URI_TOO_LONG
    code = "path_too_long"


class TooManyError(ApiError):
    """A job pings more often than is recorded."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_pings"
    headers: Mapping[str, str] = {"Retry-After": "60"}


class UnexpectedError(ApiError):
    """Our fault; the log has the rest under the request id."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal_error"


class NotRenderedError(ApiError):
    """The page exists and has not been rendered yet: right after the first deployment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "not_rendered"
    headers: Mapping[str, str] = {"Retry-After": "60"}
