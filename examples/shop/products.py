"""What is on sale."""

import logging

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select

from examples.shop.breaks import Break
from examples.shop.cache import CacheUnavailableError, FileCache
from examples.shop.database import Database, Product
from examples.shop.errors import ShopError
from examples.shop.parts import Parts, parts
from examples.shop.shapes import ProductList, ProductOut, many, one

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/products", tags=["products"])


@router.get("", response_model=ProductList)
def products(request: Request) -> JSONResponse:
    """List all products."""
    shop = parts(request)
    items = on_sale(shop.database, shop.cache)
    return many(items, total=len(items), wrong=_wrong(shop))


@router.get("/{product_id}", response_model=ProductOut)
def product(product_id: int, request: Request) -> JSONResponse:
    """Return one product."""
    shop = parts(request)
    for item in on_sale(shop.database, shop.cache):
        if item.id == product_id:
            return one(item, wrong=_wrong(shop))
    raise ShopError(404, "product_not_found", f"There is no product {product_id}.")


def on_sale(database: Database, cache: FileCache) -> list[ProductOut]:
    """Return all products: names and prices from the cache where it has them, the stock always from the database."""
    labels = _cached(cache)
    if labels is None:
        with database.session() as session:
            found = [ProductOut.model_validate(each) for each in session.scalars(select(Product).order_by(Product.id))]
        _store(cache, found)
        return found
    with database.session() as session:
        stock = {row.id: row.stock for row in session.execute(select(Product.id, Product.stock))}
    return [each.model_copy(update={"stock": stock[each.id]}) for each in labels if each.id in stock]


def _cached(cache: FileCache) -> list[ProductOut] | None:
    try:
        document = cache.get("products")
    except CacheUnavailableError as error:
        logger.warning("the cache cannot be read, the database serves: %s", error)
        return None
    return None if document is None else ProductList.model_validate(document).items


def _store(cache: FileCache, found: list[ProductOut]) -> None:
    try:
        cache.put("products", ProductList(items=found, total=len(found)).model_dump())
    except CacheUnavailableError as error:
        logger.warning("the cache cannot be written: %s", error)


def _wrong(shop: Parts) -> bool:
    return Break.SCHEMA in shop.switches.broken
