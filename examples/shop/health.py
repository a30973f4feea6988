"""How the shop is: the process, and what it depends on."""

import logging
from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from examples.shop.cache import CacheUnavailableError
from examples.shop.parts import Parts, parts

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/health", tags=["health"])

Part = Literal["ok", "fail"]


class Health(BaseModel):
    """`degraded` where at least one part has failed."""

    status: Literal["healthy", "degraded"]
    database: Part
    cache: Part


class Liveness(BaseModel):
    """An answer is all that it takes."""

    status: Literal["healthy"] = "healthy"


@router.get("", response_model=Health, responses={503: {"model": Health}})
def health(request: Request) -> JSONResponse:
    """Tell how each part is: 200 when all are well, 503 when one has failed."""
    return _answer(examine(parts(request)))


@router.get("/live")
async def live() -> Liveness:
    """Tell that the process is there, whatever its dependencies do."""
    return Liveness()


@router.get("/ready", response_model=Health, responses={503: {"model": Health}})
def ready(request: Request) -> JSONResponse:
    """Tell whether what the shop depends on is there."""
    return _answer(examine(parts(request)))


def examine(shop: Parts) -> Health:
    """Try each part for real."""
    database = _try(shop.database.ping)
    cache = _try(shop.cache.ping)
    well = database == cache == "ok"
    return Health(status="healthy" if well else "degraded", database=database, cache=cache)


def _try(ping: Callable[[], None]) -> Part:
    try:
        ping()
    except (SQLAlchemyError, CacheUnavailableError) as error:
        logger.warning("%s", error)
        return "fail"
    return "ok"


def _answer(found: Health) -> JSONResponse:
    return JSONResponse(
        found.model_dump(),
        status_code=200 if found.status == "healthy" else 503,
        headers={"cache-control": "no-store"},
    )
