"""What was sold."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from sqlalchemy import func, select, update

from examples.shop.breaks import Break
from examples.shop.database import Database, Order, Product
from examples.shop.errors import ShopError
from examples.shop.parts import parts
from examples.shop.shapes import OrderIn, OrderList, OrderOut, many, one

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("", response_model=OrderList)
def orders(request: Request, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> JSONResponse:
    """List the newest orders."""
    shop = parts(request)
    with shop.database.session() as session:
        total = session.scalar(select(func.count()).select_from(Order)) or 0
        newest = session.scalars(select(Order).order_by(Order.id.desc()).limit(limit))
        items = [OrderOut.model_validate(each) for each in newest]
    return many(items, total=total, wrong=Break.SCHEMA in shop.switches.broken)


@router.post("", status_code=201, response_model=OrderOut)
def order(wanted: OrderIn, request: Request) -> JSONResponse:
    """Sell some of a product."""
    shop = parts(request)
    return one(sell(shop.database, wanted), wrong=Break.SCHEMA in shop.switches.broken, status=201)


def sell(database: Database, wanted: OrderIn) -> OrderOut:
    """Take the goods from the stock and write the order, both or neither.

    Raises ShopError: 404 where there is no such product, 409 where too few are left.
    """
    with database.session() as session:
        # The condition is part of the write: two orders for the last one cannot both have it.
        taken = session.execute(
            update(Product)
            .where(Product.id == wanted.product_id, Product.stock >= wanted.quantity)
            .values(stock=Product.stock - wanted.quantity)
            .returning(Product.price_cents),
        ).scalar_one_or_none()
        if taken is None:
            left = session.scalar(select(Product.stock).where(Product.id == wanted.product_id))
            raise _refusal(wanted, left)
        written = Order(product_id=wanted.product_id, quantity=wanted.quantity, total_cents=taken * wanted.quantity)
        session.add(written)
        session.flush()
        return OrderOut.model_validate(written)


def _refusal(wanted: OrderIn, left: int | None) -> ShopError:
    if left is None:
        return ShopError(404, "product_not_found", f"There is no product {wanted.product_id}.")
    return ShopError(409, "out_of_stock", f"Only {left} left.", {"stock": left, "quantity": wanted.quantity})
