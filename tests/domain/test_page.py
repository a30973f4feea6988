"""Which page speaks for a monitor."""

import pytest

from functions.domain.page import Page, page_showing

MAIN = Page(id="main", title="Main", monitors=("shop", "search"))
OTHER = Page(id="other", title="Other", monitors=("search", "office"))


@pytest.mark.parametrize(
    ("monitors", "page"),
    [
        (["shop"], MAIN),
        (["search"], MAIN),
        (["office"], OTHER),
        (["office", "shop"], MAIN),
        (["gone"], MAIN),
        ([], MAIN),
    ],
)
def test_the_first_page_that_shows_one_of_them_speaks_for_them(monitors: list[str], page: Page) -> None:
    """In the order of the file; for what no page shows, the main one."""
    assert page_showing((MAIN, OTHER), monitors) is page
