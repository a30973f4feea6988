"""One shape for every error: error_code, message, details, request_id."""

import logging
import uuid

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

logger = logging.getLogger(__name__)


class ErrorBody(BaseModel):
    """What every error answers."""

    error_code: str
    message: str
    details: object = None
    request_id: str


class ShopError(Exception):
    """An error that a route means."""

    def __init__(self, status: int, code: str, message: str, details: object = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details


def install(app: FastAPI) -> None:
    """Make `app` answer every error in that shape."""

    @app.exception_handler(ShopError)
    async def meant(_: Request, error: ShopError) -> JSONResponse:
        return _answer(error.status, error.code, error.message, error.details)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        answer = _answer(error.status_code, f"http_{error.status_code}", error.detail)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        details = [{"at": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in error.errors()]
        return _answer(422, "invalid_request", "The request is not valid.", details)

    @app.exception_handler(DBAPIError)
    async def database(_: Request, error: DBAPIError) -> JSONResponse:
        # The driver's words name files on this machine: they are for the log, not for the client.
        logger.warning("%s", error.orig)
        return _answer(503, "database_unavailable", "The database cannot be reached.")

    @app.exception_handler(Exception)
    async def bug(_: Request, __: Exception) -> JSONResponse:
        return _answer(500, "internal_error", "Something went wrong here.")


def _answer(status: int, code: str, message: str, details: object = None) -> JSONResponse:
    request_id = uuid.uuid4().hex
    body = ErrorBody(error_code=code, message=message, details=details, request_id=request_id)
    return JSONResponse(jsonable_encoder(body), status_code=status, headers={"x-request-id": request_id})
