"""Where pages are, as functions are told."""

import json

from functions.domain.page import Page
from functions.places import Place, read_places

PAGES = (Page(id="main", title="Main"), Page(id="shop", title="Shop"), Page(id="internal", title="Internal"))


def test_the_main_page_has_variables_of_its_own() -> None:
    """A deployment with one page needs no more."""
    environment = {"BUCKET_NAME": "site", "PAGE_URL": "https://status.example"}
    assert read_places(PAGES[:1], environment) == {"main": Place(bucket="site", url="https://status.example")}


def test_a_function_knows_the_pages_that_it_is_told_of() -> None:
    """And no others: what a function is not told, it cannot serve."""
    others = {"shop": {"bucket": "shop-site", "url": "https://shop.example"}}
    environment = {"BUCKET_NAME": "site", "PAGE_URL": "https://status.example", "OTHER_PAGES": json.dumps(others)}
    assert read_places(PAGES, environment) == {
        "main": Place(bucket="site", url="https://status.example"),
        "shop": Place(bucket="shop-site", url="https://shop.example"),
    }
