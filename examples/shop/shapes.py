"""What the shop answers with, and the wrong shape that `schema` breaks it to."""

from collections.abc import Sequence
from datetime import datetime

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field


class ProductOut(BaseModel):
    """A product; money is in cents."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    price_cents: int
    stock: int


class OrderOut(BaseModel):
    """An order; money is in cents."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    product_id: int
    quantity: int
    total_cents: int
    created_at: datetime


class ProductList(BaseModel):
    """All products."""

    items: list[ProductOut]
    total: int


class OrderList(BaseModel):
    """The newest orders, and how many there are in all."""

    items: list[OrderOut]
    total: int


class OrderIn(BaseModel):
    """What to order."""

    model_config = ConfigDict(extra="forbid")

    product_id: int = Field(ge=1)
    quantity: int = Field(ge=1, le=100)


def one(thing: BaseModel, *, wrong: bool, status: int = 200) -> JSONResponse:
    """Answer with one thing; `wrong` is what a careless release would have made of it."""
    document = jsonable_encoder(thing)
    return JSONResponse(_careless(document) if wrong else document, status_code=status)


def many(things: Sequence[BaseModel], *, total: int, wrong: bool) -> JSONResponse:
    """Answer with a list; `wrong` renames it and forgets the total."""
    items = jsonable_encoder(things)
    if wrong:
        return JSONResponse({"data": [_careless(item) for item in items]})
    return JSONResponse({"items": items, "total": total})


def _careless(document: dict[str, object]) -> dict[str, object]:
    """Turn cents into strings of the currency and `name` into `title`, and forget the stock."""
    careless: dict[str, object] = {}
    for key, value in document.items():
        if key.endswith("_cents") and isinstance(value, int):
            careless[key.removesuffix("_cents")] = f"{value / 100:.2f}"
        elif key == "name":
            careless["title"] = value
        elif key != "stock":
            careless[key] = value
    return careless
