"""Operators: when they hold, and how they explain that they do not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.json_value import MISSING, same
from functions.domain.matcher import Matcher, MatcherError
from functions.domain.operand import OPERAND_SCHEMAS, Operand
from functions.domain.operators import OPERATORS, Terms
from functions.domain.pattern import search
from functions.domain.result import REASON_LIMIT

TERMS = Terms(search=search)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("written", "holds", "fails"),
    [
        ("ok", ["ok"], ["OK", "ok ", 1, None, MISSING, ["ok"]]),
        (1, [1, 1.0], [True, "1", 2, None, MISSING]),
        (True, [True], [1, "true", False]),
        (None, [None], [False, 0, "", MISSING]),
        ({"eq": [1, {"a": True}]}, [[1, {"a": True}], [1.0, {"a": True}]], [[True, {"a": True}], [1, {"a": 1}], [1]]),
        ({"ne": 1}, [2, True, "1", None], [1, 1.0, MISSING]),
        ({"lt": 1}, [0.9, -5], [1, 1.0, "0", True, False, None, MISSING]),
        ({"le": 1}, [1, 1.0], [1.1]),
        ({"gt": 1}, [1.1, 10**400], [1, True]),
        ({"ge": 1}, [1, 2], [0.99, "2"]),
        ({"gt": "2026-11-01"}, ["2026-11-02"], ["2026-10-31", 20261102]),
        ({"gt": 1, "lt": 3}, [2], [1, 3]),
        ({"in": ["a", 1, None]}, ["a", 1.0, None], ["b", True, MISSING]),
        ({"not_in": ["a", 1]}, ["b", True, None], ["a", 1.0, MISSING]),
        ({"contains": "b"}, ["abc", ["a", "b"], {"b": 0}], ["ac", ["bb"], {"a": "b"}, 3, None, MISSING]),
        ({"contains": 1}, [[1.0]], [[True], ["1"], "1", {"1": 1}]),
        ({"not_contains": "b"}, ["ac", [], {}], ["abc", ["b"], {"b": 0}, 3, None, MISSING]),
        ({"starts_with": "ab"}, ["abc"], ["cab", ["ab"], 3, MISSING]),
        ({"ends_with": "bc"}, ["abc"], ["bca", None]),
        ({"matches": r"^v\d+"}, ["v12-rc"], ["av12", 12, ["v1"], MISSING]),
        ({"exists": True}, [None, False, 0, ""], [MISSING]),
        ({"exists": False}, [MISSING], [None, False, 0, ""]),
        ({"type": "string"}, [""], [1, MISSING]),
        ({"type": "number"}, [1, 1.5], [True, "1"]),
        ({"type": "integer"}, [1, 1.0], [1.5, True]),
        ({"type": "boolean"}, [False], [0]),
        ({"type": "null"}, [None], [False, MISSING]),
        ({"type": "array"}, [[]], [{}]),
        ({"type": "object"}, [{}], [[]]),
        ({"type": ["string", "null"]}, ["", None], [0]),
        ({"length": 2}, ["ab", [1, 2], {"a": 1, "b": 2}], ["a", 2, None, MISSING]),
        ({"length": {"gt": 0, "lt": 3}}, ["a", [0]], ["", [0, 0, 0]]),
        ({"each": "ok"}, [["ok"], [], {"a": "ok"}], [["ok", "no"], {"a": "no"}, "ok", MISSING]),
        ({"each": {"type": "array", "each": {"gt": 0}}}, [[[1], []]], [[[1], [0]], [[1], 2]]),
        ({"any": {"gt": 5}}, [[1, 6], {"a": 6}], [[1], [], {}, 6, MISSING]),
        ({"exists": True, "eq": 1}, [1], [2, MISSING]),
    ],
)
def test_an_operator_holds_of_these_and_not_of_those(written: object, holds: list[object], fails: list[object]) -> None:
    """Types are real, all operators must hold, and what is missing only fits `exists: false`."""
    matcher = Matcher.decode(written)
    for actual in holds:
        assert matcher.mismatch(actual, TERMS) is None, actual
    for actual in fails:
        assert matcher.mismatch(actual, TERMS) is not None, actual


@pytest.mark.parametrize(
    ("written", "actual", "text", "shape"),
    [
        ("ok", "fail", 'expected "ok", got "fail"', False),
        ("ok", MISSING, "is missing", True),
        ({"lt": 100}, 140, "expected < 100, got 140", False),
        ({"lt": 100}, "140", 'expected a number to compare, got "140"', True),
        ({"gt": "b"}, 3, "expected a string to compare, got 3", True),
        ({"ne": 1}, 1.0, "expected not 1, got 1.0", False),
        ({"in": [1, "a"]}, 2, 'expected one of 1, "a", got 2', False),
        ({"in": [1]}, 2, "expected 1, got 2", False),
        ({"not_in": [1, 2]}, 2, "expected none of 1, 2, got 2", False),
        ({"contains": "x"}, "abc", 'expected to contain "x", got "abc"', False),
        ({"contains": "x"}, 3, 'expected to contain "x", got the number 3', True),
        ({"contains": 3}, "abc", 'expected an array to look in, got "abc"', True),
        ({"starts_with": "x"}, None, 'expected to start with "x", got the null null', True),
        ({"matches": "^x$"}, "y", 'expected to match /^x$/, got "y"', False),
        ({"exists": False}, 3, "expected to be missing, got 3", True),
        ({"type": ["string", "null"]}, 3, "expected type string or null, got 3", True),
        ({"length": {"gt": 1}}, [7], "expected length > 1, got 1", True),
        ({"length": 1}, 5, "expected length 1, got the number 5", True),
        ({"each": {"lt": 5}}, [1, 9], "item 1 expected < 5, got 9", False),
        ({"each": {"lt": 5}}, {"a": "1"}, 'item "a" expected a number to compare, got "1"', True),
        ({"any": {"lt": 5, "gt": 1}}, [7], "expected any item < 5 and > 1, got [7]", False),
        ({"each": {"eq": 1}}, 1, "expected each item 1, got the number 1", True),
        ("a", "\x00\x1b\u202e\n", 'expected "a", got "\\u0000\\u001b\\u202e\\n"', False),
        ("a", {"b": [1, None, True]}, 'expected "a", got {"b": [1, null, true]}', False),
    ],
)
def test_a_mismatch_says_what_was_expected_and_seen(written: object, actual: object, text: str, shape: bool) -> None:  # noqa: FBT001 - a column of the table
    """`shape` tells a value of the wrong kind from a wrong value."""
    found = Matcher.decode(written).mismatch(actual, TERMS)
    assert found is not None
    assert (found.text, found.shape) == (text, shape)


@pytest.mark.parametrize(
    ("written", "code", "holds"),
    [
        ("2xx", 204, True),
        ("2xx", 301, False),
        ({"in": [200, "3xx"]}, 200, True),
        ({"in": [200, "3xx"]}, 302, True),
        ({"in": [200, "3xx"]}, 201, False),
        ({"ne": "5xx"}, 503, False),
        ({"not_in": ["4XX", "5xx"]}, 404, False),
        ({"not_in": ["4xx", "5xx"]}, 302, True),
    ],
)
def test_a_status_class_stands_for_its_hundred(written: object, code: int, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    """Only for `status`: elsewhere "2xx" is a string."""
    assert (Matcher.decode(written, status=True).mismatch(code, TERMS) is None) == holds
    assert Matcher.decode("2xx").mismatch("2xx", TERMS) is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({}, "at least one operator"),
        ({"equals": 1}, "'equals' is not an operator; there are eq, ne"),
        ({"lt": True}, "lt takes a number or a string"),
        ({"in": "a"}, "in takes a list of values"),
        ({"in": []}, "in takes a list of values"),
        ({"matches": "("}, r"matches: missing \), unterminated subpattern at character 1"),
        ({"matches": 3}, "matches takes a regular expression"),
        ({"exists": "yes"}, "exists takes true or false"),
        ({"type": "list"}, "type takes a type"),
        ({"length": -1}, "length takes a whole number"),
        ({"length": "3"}, "length takes a whole number"),
        ({"each": {"foo": 1}}, "'foo' is not an operator"),
    ],
)
def test_what_validation_should_have_caught_is_refused(written: object, message: str) -> None:
    """A matcher that cannot be decoded never passes as one that always holds."""
    with pytest.raises(MatcherError, match=message):
        Matcher.decode(written)


def test_every_kind_of_operand_has_a_schema() -> None:
    """So that a new operator cannot be left out of editors' completion."""
    assert set(OPERAND_SCHEMAS) == set(Operand)
    assert {operator.operand for operator in OPERATORS.values()} == set(Operand)


@given(left=json_values, right=json_values)
def test_equality_is_that_of_json(left: object, right: object) -> None:
    """Reflexive, symmetric, and what `eq` and `ne` say of it is never both."""
    assert same(left, left)
    assert same(left, right) == same(right, left)
    eq = Matcher.decode({"eq": left}).mismatch(right, TERMS) is None
    ne = Matcher.decode({"ne": left}).mismatch(right, TERMS) is None
    assert eq == (not ne) == same(left, right)


OPERANDS: dict[Operand, st.SearchStrategy[object]] = {
    Operand.VALUE: json_values,
    Operand.ORDERED: st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    Operand.VALUES: st.lists(json_values, min_size=1, max_size=4),
    Operand.TEXT: st.text(max_size=5),
    Operand.PATTERN: st.text(max_size=5).map(re.escape),
    Operand.FLAG: st.booleans(),
    Operand.TYPE: st.sampled_from(["string", "integer"]) | st.just(["null", "array"]),
    Operand.SIZE: st.integers(0, 5) | st.just({"gt": 1}),
    Operand.MATCHER: json_values.filter(lambda value: not isinstance(value, dict)) | st.just({"lt": 3}),
}


@given(st.data())
def test_every_operator_judges_whatever_comes_and_explains_itself(data: st.DataObject) -> None:
    """No value raises; an explanation is one printable line of bounded length."""
    name = data.draw(st.sampled_from([*OPERATORS]))
    matcher = Matcher.decode({name: data.draw(OPERANDS[OPERATORS[name].operand])})
    found = matcher.mismatch(data.draw(json_values | st.just(MISSING)), TERMS)
    if found is not None:
        assert found.text.isprintable()
        assert len(found.text) < 3 * REASON_LIMIT


def test_equality_of_deep_values_does_not_exhaust_the_stack() -> None:
    """Comparing works through any depth."""
    left: object = 1
    right: object = 1.0
    for _ in range(100_000):
        left, right = [left], [right]
    assert same(left, right)
