"""Several pages: what each shows, and what is wrong with a list of them."""

import pytest

from tests.configuration.texts import ONE, Expected, assert_problems, compiled, deployed

MONITORS = """monitors:
  - {id: shop, group: Shop, http: {url: 'https://x.example'}}
  - {id: live, group: Platform, http: {url: 'https://x.example/live'}}
  - {id: office, http: {url: 'https://x.example/office'}}
"""


def pages(*entries: str) -> str:
    """Return a file with these pages, from line 2 and column 5, and three monitors."""
    return "pages:\n" + "".join(f"  - {entry}\n" for entry in entries) + MONITORS


def test_each_page_shows_what_it_selects() -> None:
    """By id, by group, by both; all where nothing is said. In the order of the file, with the groups that are left."""
    config = deployed(
        compiled(
            pages(
                "{id: all, title: All}",
                "{id: shop, title: Shop, groups: [Shop], language: de, time_zone: Europe/Berlin}",
                "{id: mixed, title: Mixed, groups: [Platform], monitors: [office, shop]}",
            )
        )
    )
    assert [(page.id, page.monitors, page.groups) for page in config.pages] == [
        ("all", ("shop", "live", "office"), ("Shop", "Platform")),
        ("shop", ("shop",), ("Shop",)),
        ("mixed", ("shop", "live", "office"), ("Shop", "Platform")),
    ]
    assert (config.pages[1].language, config.pages[1].time_zone) == ("de", "Europe/Berlin")


def test_the_first_page_names_the_deployment() -> None:
    """The others stand beside it, each with its domain."""
    deployment = compiled(
        pages(
            "{id: main, title: Main}",
            "{id: other, title: Other, domain: {name: other.acme.example, hosted_zone: Z0123456789ABC}}",
        )
    ).deployment
    assert (deployment.page, deployment.title, deployment.domain) == ("main", "Main", None)
    [other] = deployment.others
    assert (other.id, other.title) == ("other", "Other")
    assert other.domain is not None
    assert other.domain.name == "other.acme.example"


def test_one_page_may_select_as_well() -> None:
    """What it leaves out is watched and alerted on, and a warning says that nobody sees it."""
    configuration = compiled("page: {id: a, title: A, groups: [Shop]}\n" + MONITORS)
    assert deployed(configuration).pages[0].monitors == ("shop",)
    assert [warning.path for warning in configuration.warnings] == ["monitors[1].id", "monitors[2].id"]


def test_a_public_page_that_shows_what_a_private_one_hides_is_told() -> None:
    """By default a page shows everything, which is not what who makes a private one has in mind."""
    hidden = "{id: staff, title: Staff, private: true, groups: [Platform]}"
    [warning] = compiled(pages("{id: acme, title: Acme}", hidden)).warnings
    assert (warning.path, warning.line) == ("pages[0].id", 2)
    assert "also those of the private `staff`; say with `monitors` or `groups` which it shows" in warning.message
    said = "{id: acme, title: Acme, groups: [Shop, Platform], monitors: [office]}"
    assert compiled(pages(said, hidden)).warnings == ()
    assert compiled(pages("{id: acme, title: Acme}", "{id: staff, title: Staff, groups: [Shop]}")).warnings == ()


def test_a_page_is_public_unless_it_is_said() -> None:
    """In what the functions read, and in what the stack is made of; the main page may be private as well."""
    configuration = compiled(pages("{id: a, title: A, private: true}", "{id: b, title: B}"))
    assert [page.private for page in deployed(configuration).pages] == [True, False]
    assert (configuration.deployment.private, configuration.deployment.others[0].private) == (True, False)


PROBLEMS: tuple[tuple[str, str, tuple[Expected, ...]], ...] = (
    ("neither", ONE, ((1, 1, "", "the key `page` is missing; it has to be there, or `pages`", None),)),
    (
        "both",
        "page: {id: a, title: A}\npages: [{id: b, title: B}]\n" + ONE,
        ((2, 1, "pages", "`page` and `pages` are both there", None),),
    ),
    ("an empty list", "pages: []\n" + ONE, ((1, 8, "pages", "found an empty list", None),)),
    (
        "the same id twice",
        pages("{id: a, title: A}", "{id: a, title: B}"),
        ((3, 10, "pages[1].id", "the id `a` is taken by the page in line 2", None),),
    ),
    (
        "the same domain twice",
        pages(
            "{id: a, title: A, domain: {name: a.example.com, hosted_zone: Z0123456789ABC}}",
            "{id: b, title: B, domain: {name: a.example.com, hosted_zone: Z0123456789ABC}}",
        ),
        ((3, 38, "pages[1].domain.name", "the domain `a.example.com` is taken by the page in line 2", None),),
    ),
    (
        "a monitor that there is not",
        pages("{id: a, title: A}", "{id: b, title: B, monitors: [shpo]}"),
        ((3, 34, "pages[1].monitors[0]", '"shpo" is not the id of a monitor', "shop"),),
    ),
    (
        "a group that there is not",
        pages("{id: a, title: A}", "{id: b, title: B, groups: [shop]}"),
        ((3, 32, "pages[1].groups[0]", '"shop" is not the group of a monitor; there are', "Shop"),),
    ),
    (
        "too many",
        pages(*(f"{{id: p{n}, title: P}}" for n in range(21))),
        ((1, 1, "pages", "found 21 pages; at most 20 are allowed", None),),
    ),
)


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in PROBLEMS], ids=[case[0] for case in PROBLEMS])
def test_what_is_wrong_is_told(text: str, expected: tuple[Expected, ...]) -> None:
    """With its place and what was meant."""
    assert_problems(text, expected)
