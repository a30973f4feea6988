"""Which paths are accepted, and what is said of those that are not."""

import pytest

from configuration.jsonpath_rules import check_path, check_use


@pytest.mark.parametrize(
    "path",
    [
        "$",
        "$.status",
        "$.checks.database",
        "$.checks['db:responseTime'][0].status",
        "$.items[-1].id",
        "$.items[*].id",
        "$.items[0,1]",
        "$.items[1:3]",
        "$.items[::-1]",
        "$..status",
        "$..[0]",
        "$['a','b']",
        "$.items[?@.ok]",
        "$.items[?(@.ok)]",
        "$.items[?!@.ok].id",
        "$.items[?@.state == 'done' && @.tries < 3 || @.forced == true].id",
        "$.items[?@.id == $.current]",
        "$.items[?@.tags[?@ == 'x']]",
    ],
)
def test_what_health_checks_need_is_accepted(path: str) -> None:
    """The everyday forms of each construct."""
    assert check_path(path) is None


REFUSED = [
    ("status", "write $.status"),
    ("$.größe", "write $['größe']"),
    ("$.a-b", "write $['a-b']"),
    ("$.@a", "write $['@a']"),
    ("$.0", "write $['0']"),
    ("$[01]", "write $[1]"),
    ("$.where", "write $['where']"),
    ("$['\\u0061']", "write $.a"),
    ("$['a\\nb']", "does not read this as RFC 9535 does"),
    ("$[0,'a']", "one path for each part"),
    ("$[0,1:2]", "one path for each part"),
    ("$[?1 == @.a]", "write $[?@.a == 1]"),
    ("$[?1 < @.a]", "write $[?@.a > 1]"),
    ("$[?@.a == 1e3]", "plain number"),
    ("$[?@.a == 2.5e-3]", "plain number"),
    ("$[?@.a == 9007199254740993]", "stop being exact"),
    ("$[?@.a == 1e400]", "too large"),
    ("$[?@.a == b]", "write $[?@.a == 'b']"),
    ("$[?@.a = 1]", "write $[?@.a == 1]"),
    ("$[?@.a =~ 'b']", "operator `matches`"),
    ("$[?!(@.a == 1)]", "write $[?@.a != 1]"),
    ("$[?!(@.a && !@.b)]", "write $[?!@.a || @.b]"),
    ("$[?!(@.a < 1)]", "compare the other way round"),
    ("$[?!@.a == 1]", "in parentheses"),
    ("$[?@]", "write [*]"),
    ("$[?1 == 1]", "leave it out"),
    ("$[?@.a[?@.b == $.c]]", "filter within a filter"),
    ("$[?length(@.a) > 1]", "operator `length`"),
    ("$[?count(@.*) > 1]", "operator `length`"),
    ("$[?match(@.a, 'b')]", "operator `matches`"),
    ("$[?search(@.a, 'b')]", "operator `matches`"),
    ("$[?value(@.a) == 1]", "only names and indices"),
    ("$[?@.* == 1]", "not comparable"),
    ("$[?@.a & @.b]", "&&"),
    ("$.a.`len`", "operator `length`"),
    ("$.a.`sorted`", "cannot sort"),
    ("$.a[/b]", "cannot sort"),
    ("$.a.`parent`", "filter on the parent"),
    ("$.`this`", "extension"),
    ("$.a.`keys`", "operator `contains`"),
    ("$.a + 1", "cannot calculate"),
    ("$.a where b", "use a filter"),
    ("$.a | $.b", "one path for each part"),
    ("$[(@.length-1)]", "is not a JSON path"),
    ("$..", "is not a JSON path"),
    ("$[", "is not a JSON path"),
    ("", "is not a JSON path"),
    ("$" + ".a" * 600, "at most 1000 characters"),
]


@pytest.mark.parametrize(("path", "advice"), REFUSED)
def test_a_path_that_would_mean_something_else_is_refused_with_what_to_write_instead(path: str, advice: str) -> None:
    """Extensions of jsonpath-ng, what it cannot do, and what it reads in another way."""
    problem = check_path(path)
    assert problem is not None
    assert advice in problem


@pytest.mark.parametrize("path", [path for path, advice in REFUSED if advice.startswith("write $")])
def test_what_is_advised_is_accepted(path: str) -> None:
    """Following the advice is enough."""
    problem = check_path(path)
    assert problem is not None
    assert check_path(problem.rpartition("write ")[2]) is None


@pytest.mark.parametrize(
    ("path", "matcher", "sensible"),
    [
        ("$.a", {"eq": "ok"}, True),
        ("$.a[-1]", {"lt": 3}, True),
        ("$.a[*].b", {"eq": "ok"}, False),
        ("$.a[*].b", {"ne": "ok"}, False),
        ("$.a[*].b", {"eq": ["ok"]}, True),
        ("$.a[*].b", {"in": ["ok", "fine"]}, False),
        ("$.a[*].b", {"in": [["ok"], []]}, True),
        ("$.a[*].b", {"each": {"eq": "ok"}}, True),
        ("$..b", {"any": {"gt": 1}, "length": {"lt": 9}}, True),
        ("$..b", {"length": {"lt": 9}, "gt": 1}, False),
        ("$[?@.x]", {"exists": False}, True),
        ("$['a','b']", {"contains": "x"}, True),
        ("$[0:2]", {"matches": "x"}, False),
    ],
)
def test_a_matcher_that_says_nothing_of_a_list_is_refused_for_a_path_with_many_matches(
    path: str,
    matcher: dict[str, object],
    sensible: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """`$.checks[*].status: ok` is never right, and says so before it is deployed."""
    problem = check_use(path, matcher)
    assert (problem is None) == sensible
    if problem is not None:
        assert "each" in problem
