"""What programs and other sites read: as what it comes through CloudFront, and whose scripts may see it."""

import json
from datetime import UTC, datetime
from fnmatch import fnmatch
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, expect

from cli.local.web import Response, fetch
from functions.render.artefact import HTML, Artefact
from functions.render.headers import FRAMED, OPEN_TO_OTHER_ORIGINS
from infra.edge.password import LOCAL_NAME, LOCAL_PASSWORD
from tests.e2e.browsing import visit
from tests.e2e.deployment import Deployment
from tests.e2e.passwords import basic
from tests.fakes.site_server import serve_site
from tests.fakes.visitor import complaints

_ELSEWHERE = "https://shop.example"
_STATUSPAGE = (
    "summary",
    "status",
    "components",
    "incidents",
    "incidents/unresolved",
    "scheduled-maintenances",
    "scheduled-maintenances/upcoming",
    "scheduled-maintenances/active",
)
_FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
OPEN = {
    "/status.json": "application/json",
    "/status/e2e": "application/json",
    **{f"/api/v2/{document}.json": "application/json" for document in _STATUSPAGE},
    **{f"/feeds/incidents.{ending}": kind for ending, kind in _FEEDS.items()},
    **{f"/feeds/monitors/shop.{ending}": kind for ending, kind in _FEEDS.items()},
    "/feeds/maintenance.ics": "text/calendar",
    "/history/{month}.json": "application/json",
    "/history/{month}.csv": "text/csv",
    "/badge/e2e/status.svg": "image/svg+xml",
    "/badge/e2e/shop/uptime.svg": "image/svg+xml",
    "/badge/e2e/shop/uptime.json": "application/json",
    "/index.md": "text/markdown",
    "/llms.txt": "text/plain",
    "/widget": "text/html",
    "/widget.js": "text/javascript",
}
"""What other sites' scripts may read, and as what it comes."""

CLOSED = ("/", "/monitors/shop", "/history", "/robots.txt", "/sitemap.xml", "/no/such/page")


def asked_by_a_script(address: str, path: str, **headers: str) -> Response:
    """Fetch as the script of a page of another origin does."""
    return fetch(address + path, headers={"Origin": _ELSEWHERE, "Sec-Fetch-Mode": "cors", **headers})


@pytest.mark.parametrize(("path", "content_type"), OPEN.items(), ids=OPEN)
def test_what_is_open_is_open_to_every_origin(deployment: Deployment, path: str, content_type: str) -> None:
    """Without credentials, as what it is, and taken for nothing else."""
    answer = asked_by_a_script(deployment.stack.page_url, path.format(month=f"{datetime.now(UTC):%Y-%m}"))

    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (HTTPStatus.OK, content_type)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    if content_type.endswith("json"):
        json.loads(answer.body)


@pytest.mark.parametrize("pattern", [*OPEN_TO_OTHER_ORIGINS, FRAMED])
def test_all_that_is_open_is_looked_at(pattern: str) -> None:
    """The table above has a path of each sort."""
    assert any(fnmatch(path, pattern) for path in OPEN)


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_the_pages_own_is_closed_to_other_origins(deployment: Deployment, path: str) -> None:
    """A script elsewhere has no business in the pages themselves."""
    assert "access-control-allow-origin" not in asked_by_a_script(deployment.stack.page_url, path).headers


@pytest.mark.parametrize("path", ["/status.json", "/api/v2/summary.json", "/feeds/incidents.json", "/widget.js"])
def test_a_private_page_is_open_to_no_origin(deployment: Deployment, path: str) -> None:
    """Not even with the password, which other sites' scripts could not send anyhow."""
    address = deployment.stack.other_pages["internal"]

    for headers in ({}, {"Authorization": basic(LOCAL_NAME, LOCAL_PASSWORD)}):
        assert "access-control-allow-origin" not in asked_by_a_script(address, path, **headers).headers


def test_a_site_elsewhere_shows_the_widget(browser: Browser, deployment: Deployment) -> None:
    """Element and frame, on a page of another origin whose own policy allows what docs/badges.md says."""
    address = deployment.stack.page_url
    body = (
        f'<script src="{address}/widget.js" async></script><pulseboard-status monitor="well"></pulseboard-status>'
        f'<iframe src="{address}/widget?monitor=well" title="Status"></iframe>'
    )
    page = f"<!doctype html><html lang=en><head><title>Shop</title></head><body>{body}</body></html>"
    objects = {key: Artefact(body=page.encode(), content_type=HTML) for key in ("index.html", "404.html")}
    with serve_site(objects) as elsewhere, visit(browser) as tab:
        found = complaints(tab)
        elsewhere.headers = {
            "Content-Security-Policy": f"default-src 'none'; script-src {address}; connect-src {address}; "
            f"frame-src {address}"
        }
        tab.goto(elsewhere.address)

        link = tab.locator("pulseboard-status").get_by_role("link")
        expect(link).to_have_text("Well: Up")
        assert link.get_attribute("href") == f"{address}/monitors/well"
        expect(tab.frame_locator("iframe").get_by_role("link")).to_have_text("Well: Up")
        assert found == []
