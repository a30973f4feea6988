"""What an operator's request can get instead of an answer, beside what every request can (`functions.api.errors`).

ApiError
├── BadRequestError       400 bad_request
├── UnknownIncidentError  404 unknown_incident
├── ClosedIncidentError   409 already_resolved
├── OpenIncidentError     409 still_open
├── EndsByChecksError     409 ended_by_checks
├── ChecksDecideError     409 judged_by_checks
├── FullIncidentError     409 incident_full
├── KeyReusedError        409 key_reused
├── ChangedError          412 changed_meanwhile
├── TooLargeError         413 body_too_large
└── BusyError             503 busy
"""

from collections.abc import Mapping
from http import HTTPStatus

from functions.api.errors import ApiError


class BadRequestError(ApiError):
    """The body, the query or a header is not what it has to be; `details` say where."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad_request"


class UnknownIncidentError(ApiError):
    """There is no such incident."""

    status = HTTPStatus.NOT_FOUND
    code = "unknown_incident"


class ClosedIncidentError(ApiError):
    """It is over."""

    status = HTTPStatus.CONFLICT
    code = "already_resolved"


class OpenIncidentError(ApiError):
    """It is not over."""

    status = HTTPStatus.CONFLICT
    code = "still_open"


class EndsByChecksError(ApiError):
    """Checks opened it and still see it."""

    status = HTTPStatus.CONFLICT
    code = "ended_by_checks"


class ChecksDecideError(ApiError):
    """How that monitor is, checks say."""

    status = HTTPStatus.CONFLICT
    code = "judged_by_checks"


class FullIncidentError(ApiError):
    """It holds no more text."""

    status = HTTPStatus.CONFLICT
    code = "incident_full"


class KeyReusedError(ApiError):
    """The idempotency key came with another request before."""

    status = HTTPStatus.CONFLICT
    code = "key_reused"


class ChangedError(ApiError):
    """Somebody else wrote since the caller read."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "changed_meanwhile"


class TooLargeError(ApiError):
    """The body is longer than anything that is taken here."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "body_too_large"


class BusyError(ApiError):
    """Others always were faster."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "busy"
    headers: Mapping[str, str] = {"Retry-After": "1"}
