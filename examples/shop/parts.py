"""What the shop is made of, as its routes get at it."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from examples.shop.breaks import Break, Switches
from examples.shop.cache import FileCache
from examples.shop.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The database, the cache and the switches that break them."""

    database: Database
    cache: FileCache
    switches: Switches


def assemble(state: Path, switches: Switches) -> Parts:
    """Open (or make) the shop that lives in the directory `state`, healthy, whatever it was before."""
    state.mkdir(parents=True, exist_ok=True)
    database = Database(state / "shop.db")
    database.prepare()
    cache = FileCache(state / "cache")
    switches.on_break = {Break.DATABASE: database.fail, Break.CACHE: cache.fail}
    switches.on_heal = {Break.DATABASE: database.heal, Break.CACHE: cache.heal}
    return Parts(database=database, cache=cache, switches=switches)


def parts(request: Request) -> Parts:
    """Return the shop that serves this request."""
    shop: Parts = request.app.state.parts
    return shop
