"""A second page of the same deployment: its own address, language and monitors."""

import json

from cli.local.web import fetch
from tests.e2e.deployment import Deployment


def test_a_second_page_is_served_at_its_own_address(deployment: Deployment) -> None:
    """Its monitors and no others, in its language; its JSON beside it and through the API."""
    address = deployment.stack.other_pages["shop-de"]
    deployment.invoke("render", {"reason": "schedule"})

    page, status = fetch(f"{address}/"), fetch(f"{address}/status.json")
    document = json.loads(status.body)

    assert address != deployment.stack.page_url
    assert (page.status, status.status) == (200, 200)
    assert '<html lang="de" dir="ltr">' in page.text
    assert [endpoint["id"] for endpoint in document["endpoints"]] == ["shop"]
    assert document["page"]["url"] == address
    assert fetch(f"{address}/monitors/shop").status == 200
    assert fetch(f"{address}/badge/shop-de/shop/status.svg").status == 200
    assert json.loads(deployment.api("/status/shop-de").body)["page"]["id"] == "shop-de"


def test_no_page_serves_what_is_another_ones(deployment: Deployment) -> None:
    """Monitors, badges: each page has a bucket of its own."""
    address = deployment.stack.other_pages["shop-de"]
    deployment.invoke("render", {"reason": "schedule"})

    assert fetch(f"{address}/monitors/hostile").status == 404
    assert fetch(f"{address}/badge/e2e/status.svg").status == 404
    assert deployment.page("/badge/shop-de/status.svg").status == 404
    assert deployment.page("/badge/e2e/status.svg").status == 200
