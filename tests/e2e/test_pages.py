"""A second page of the same deployment: its own address, language and monitors."""

import json

import pytest
from botocore.exceptions import ClientError

from cli.access.store import AccessStore
from cli.local.web import fetch
from infra.edge.password import LOCAL_NAME, LOCAL_PASSWORD
from tests.e2e.deployment import Deployment
from tests.e2e.passwords import basic


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


def test_a_private_page_asks_for_a_password(deployment: Deployment) -> None:
    """At the edge, for everything that it has; with the password all of it is there, and kept by no shared cache."""
    address = deployment.stack.other_pages["internal"]
    deployment.invoke("render", {"reason": "schedule"})
    paths = ("/", "/status.json", "/status/internal", "/monitors/shop", "/badge/internal/status.svg")
    known = {"Authorization": basic(LOCAL_NAME, LOCAL_PASSWORD)}

    for path in paths:
        refused = [fetch(address + path), fetch(address + path, headers={"Authorization": basic(LOCAL_NAME, "guess")})]
        assert [answer.status for answer in refused] == [401, 401], path
        assert refused[0].headers["www-authenticate"].startswith("Basic")
        assert "Shop" not in refused[0].text
        shown = fetch(address + path, headers=known)
        assert shown.status == 200, path
        assert shown.headers["cache-control"].startswith("private")
        assert shown.headers["x-robots-tag"] == "noindex, nofollow"
    assert json.loads(fetch(f"{address}/status/internal", headers=known).body)["page"]["id"] == "internal"


def test_nothing_public_serves_a_private_page(deployment: Deployment) -> None:
    """Neither the API nor another page's address; and the API's role may not read its bucket."""
    deployment.invoke("render", {"reason": "schedule"})

    for answer in (deployment.api("/status/internal"), deployment.page("/status/internal")):
        assert answer.status == 404
        assert "Internal" not in answer.text
    assert deployment.page("/badge/internal/status.svg").status == 404
    assert fetch(f"{deployment.stack.other_pages['shop-de']}/badge/internal/status.svg").status == 404
    policy = json.dumps(
        deployment.clients.iam().get_role_policy(
            RoleName=deployment.role("api"),
            PolicyName=deployment.clients.iam().list_role_policies(RoleName=deployment.role("api"))["PolicyNames"][0],
        )["PolicyDocument"]
    )
    bucket = json.loads(deployment.deployed.outputs["OtherPages"])["internal"]["bucket"]
    assert bucket not in policy


def test_people_are_let_in_and_out(deployment: Deployment) -> None:
    """The store holds a salted hash for each, and forgets who is let out."""
    store = AccessStore(deployment.clients.key_values(), deployment.deployed.outputs["AccessStore"])
    assert list(store.names("internal")) == []

    store.put("internal/ada", "salt:hash")
    store.put("internal/bob", "salt:hash")
    store.put("other/eve", "salt:hash")
    assert sorted(store.names("internal")) == ["ada", "bob"]

    for key in ("internal/ada", "internal/bob", "other/eve"):
        store.delete(key)
    assert list(store.names("internal")) == []
    with pytest.raises(ClientError):
        store.delete("internal/ada")
