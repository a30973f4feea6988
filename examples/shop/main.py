"""The application: `uvicorn examples.shop.main:app`, or `python -m examples.shop --port 8000`.

The directory that the environment variable SHOP_STATE names holds the database and the cache; without it a temporary
one is used, and removed at the end. Switches live in the process: run one worker.
"""

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from examples.shop import breaks, errors, health, orders, products
from examples.shop.parts import assemble


def create_app(state: Path | None = None) -> FastAPI:
    """Return the shop that keeps its state in the directory `state`; a temporary one when None."""
    switches = breaks.Switches()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as stack:
            directory = state or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shop-")))
            app.state.parts = assemble(directory, switches)
            stack.callback(app.state.parts.database.close)
            yield

    app = FastAPI(title="Shop", summary="A small shop that can be broken.", version="1.0.0", lifespan=lifespan)
    app.state.switches = switches
    app.add_middleware(breaks.Breakage, switches=switches)
    errors.install(app)
    for router in (products.router, orders.router, health.router, breaks.router):
        app.include_router(router)
    return app


app = create_app(Path(os.environ["SHOP_STATE"]) if os.environ.get("SHOP_STATE") else None)
