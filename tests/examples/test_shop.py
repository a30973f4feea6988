"""The shop, served by uvicorn on loopback."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn

from examples.shop.main import create_app

HEALTHY = {"status": "healthy", "database": "ok", "cache": "ok"}
PRODUCT_KEYS = {"id", "name", "price_cents", "stock"}
REPOSITORY = Path(__file__).parents[2]


async def serve(state: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Run the shop on a free port and give a client to it."""
    config = uvicorn.Config(create_app(state), port=0, log_level="critical", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 -- uvicorn offers no event to wait for
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        yield client
    server.should_exit = True
    await serving


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a healthy shop."""
    async for client in serve(tmp_path):
        yield client


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
async def test_a_healthy_shop_says_so_part_by_part(shop: httpx.AsyncClient, path: str) -> None:
    """200 and the FastAPI pattern."""
    answer = await shop.get(path)

    assert (answer.status_code, answer.json()) == (200, HEALTHY)


@pytest.mark.parametrize("part", ["database", "cache"])
async def test_a_broken_part_makes_health_degraded_and_heals(shop: httpx.AsyncClient, part: str) -> None:
    """503 that names the part; liveness does not depend on it."""
    await shop.post(f"/break/{part}")
    for path in ("/health", "/health/ready"):
        answer = await shop.get(path)
        assert (answer.status_code, answer.json()) == (503, {**HEALTHY, "status": "degraded", part: "fail"})
    assert (await shop.get("/health/live")).status_code == 200

    await shop.post("/heal")

    assert (await shop.get("/health")).json() == HEALTHY


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/products"), ("GET", "/products/1"), ("GET", "/orders"), ("POST", "/orders")]
)
async def test_without_a_database_nothing_is_sold(shop: httpx.AsyncClient, method: str, path: str) -> None:
    """503 in the shape of every error, also where the cache is warm."""
    await shop.get("/products")
    await shop.post("/break/database")

    answer = await shop.request(method, path, json={"product_id": 1, "quantity": 1} if method == "POST" else None)

    assert answer.status_code == 503
    assert answer.json()["error_code"] == "database_unavailable"
    assert answer.headers["x-request-id"] == answer.json()["request_id"]


async def test_without_a_cache_products_come_from_the_database(shop: httpx.AsyncClient) -> None:
    """The same answer, only slower."""
    before = (await shop.get("/products")).json()
    await shop.post("/break/cache")

    assert (await shop.get("/products")).json() == before


async def test_the_list_holds_every_product(shop: httpx.AsyncClient) -> None:
    """Items and their number, each as it is alone."""
    listed = (await shop.get("/products")).json()

    assert listed["total"] == len(listed["items"]) > 0
    assert all(item.keys() == PRODUCT_KEYS for item in listed["items"])
    assert (await shop.get("/products/2")).json() == listed["items"][1]


async def test_an_order_takes_from_the_stock_and_is_listed(shop: httpx.AsyncClient) -> None:
    """The cache never hides what was sold; money is counted in cents; the moment has a zone."""
    before = (await shop.get("/products/1")).json()

    sold = await shop.post("/orders", json={"product_id": 1, "quantity": 3})

    assert sold.status_code == 201
    assert sold.json()["total_cents"] == 3 * before["price_cents"]
    assert (await shop.get("/products/1")).json()["stock"] == before["stock"] - 3
    assert (await shop.get("/orders")).json() == {"items": [sold.json()], "total": 1}
    assert datetime.fromisoformat(sold.json()["created_at"]).utcoffset() == timedelta(0)


async def test_two_orders_for_the_last_goods_cannot_both_have_them(shop: httpx.AsyncClient) -> None:
    """One of each pair is refused, and the stock never falls below zero."""
    wanted = {"product_id": 3, "quantity": 10}

    answers = await asyncio.gather(*(shop.post("/orders", json=wanted) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert (await shop.get("/products/3")).json()["stock"] == 8


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"product_id": 99, "quantity": 1}, 404, "product_not_found"),
        ({"product_id": 3, "quantity": 100}, 409, "out_of_stock"),
        ({"product_id": 1, "quantity": 0}, 422, "invalid_request"),
        ({"product_id": 1, "quantity": "many"}, 422, "invalid_request"),
        ({"product_id": 1}, 422, "invalid_request"),
        ({"product_id": 1, "quantity": 1, "discount": 100}, 422, "invalid_request"),
    ],
)
async def test_a_wrong_order_is_refused_with_a_reason(
    shop: httpx.AsyncClient, body: dict[str, object], status: int, code: str
) -> None:
    """Nothing is sold by it."""
    answer = await shop.post("/orders", json=body)

    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert answer.json().keys() == {"error_code", "message", "details", "request_id"}
    assert (await shop.get("/orders")).json()["total"] == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/products/99", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/products", 405),
        ("POST", "/break/wind", 422),
    ],
)
async def test_every_error_has_the_same_shape(shop: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    """Also those that no route of ours raised."""
    answer = await shop.request(method, path)

    assert answer.status_code == status
    assert answer.json().keys() == {"error_code", "message", "details", "request_id"}


async def test_a_slow_shop_answers_rightly_but_late(shop: httpx.AsyncClient) -> None:
    """About 1.5 seconds more, for each request and not one after the other."""
    await shop.post("/break/slow")
    loop = asyncio.get_running_loop()
    start = loop.time()

    answers = await asyncio.gather(*(shop.get("/health") for _ in range(5)))

    assert 1.4 < loop.time() - start < 4
    assert [answer.json() for answer in answers] == [HEALTHY] * 5


async def test_a_shop_with_a_bug_answers_500(shop: httpx.AsyncClient) -> None:
    """Everywhere, without a word about the inside."""
    await shop.post("/break/error")

    for path in ("/health", "/health/live", "/products"):
        answer = await shop.get(path)
        assert (answer.status_code, answer.json()["error_code"]) == (500, "internal_error")


async def test_a_careless_release_changes_shapes_while_health_stays_green(shop: httpx.AsyncClient) -> None:
    """What only an expectation on the body can find."""
    await shop.post("/orders", json={"product_id": 1, "quantity": 1})
    await shop.post("/break/schema")

    products = (await shop.get("/products")).json()
    assert "items" not in products
    assert "total" not in products
    assert products["data"][0] == {"id": 1, "title": "Espresso cup", "price": "12.90"}
    assert (await shop.get("/products/1")).json() == products["data"][0]
    assert isinstance((await shop.get("/orders")).json()["data"][0]["total"], str)
    assert (await shop.get("/health")).json() == HEALTHY


async def test_a_request_that_hangs_is_answered_once_healed(shop: httpx.AsyncClient) -> None:
    """With its body, which arrived while it hung."""
    await shop.post("/break/hang")
    hanging = asyncio.create_task(shop.post("/orders", json={"product_id": 1, "quantity": 1}))
    await asyncio.sleep(0.3)
    assert not hanging.done()

    await shop.post("/heal")

    assert (await hanging).status_code == 201


async def test_clients_that_leave_a_hanging_shop_leave_nothing_behind(shop: httpx.AsyncClient) -> None:
    """Neither a task nor a socket of theirs stays."""
    await shop.post("/break/hang")
    tasks, files = len(asyncio.all_tasks()), _open_files()

    for _ in range(20):
        # Only the wait for the answer is short: a busy machine may take longer than that to accept a connection.
        async with httpx.AsyncClient(base_url=shop.base_url, timeout=httpx.Timeout(10, read=0.05)) as client:
            with pytest.raises(httpx.ReadTimeout):
                await client.get("/products")
    for _ in range(100):
        # Fewer files where the idle connection that broke the shop was given up meanwhile.
        if len(asyncio.all_tasks()) <= tasks and _open_files() <= files:
            return
        await asyncio.sleep(0.1)
    pytest.fail("after 10 seconds the shop still holds what the clients left")


async def test_breaks_add_up_until_healed(shop: httpx.AsyncClient) -> None:
    """And breaking the same thing twice is breaking it once."""
    for what in ("schema", "database", "database", "hang"):
        await shop.post(f"/break/{what}")

    assert (await shop.get("/break")).json() == {"broken": ["database", "hang", "schema"]}
    assert (await shop.post("/heal")).json() == {"broken": []}
    assert (await shop.get("/products")).json().keys() == {"items", "total"}


async def test_a_restart_keeps_the_orders_and_starts_healthy(tmp_path: Path) -> None:
    """Breaking never touches what is stored."""
    async for shop in serve(tmp_path):
        await shop.post("/orders", json={"product_id": 1, "quantity": 1})
        await shop.post("/break/database")
        await shop.post("/break/cache")

    async for shop in serve(tmp_path):
        assert (await shop.get("/health")).json() == HEALTHY
        assert (await shop.get("/orders")).json()["total"] == 1


async def test_the_description_names_every_route(shop: httpx.AsyncClient) -> None:
    """What OpenAPI promises is what there is."""
    paths = (await shop.get("/openapi.json")).json()["paths"]

    assert paths.keys() == {
        *("/products", "/products/{product_id}", "/orders"),
        *("/health", "/health/live", "/health/ready"),
        *("/break", "/break/{what}", "/heal"),
    }


def test_it_starts_by_module_and_ends_on_a_signal_though_requests_hang(tmp_path: Path) -> None:
    """Port 0 takes a free port and says which; the end does not wait for a request that hangs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "examples.shop", "--port", "0", "--state", str(tmp_path / "new")],
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stderr is not None
        address = next(found[0] for line in process.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
        assert httpx.get(f"{address}/health").json() == HEALTHY
        httpx.post(f"{address}/break/hang")
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{address}/health", timeout=0.2)

        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)

    assert (tmp_path / "new" / "shop.db").exists()


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
