"""How RFC 9535 and how jsonpath-ng read a path: each parser's tree as a form."""

from collections.abc import Sequence
from typing import NoReturn

import jsonpath_ng
from jsonpath_ng.ext import filter as ng_filter
from jsonpath_rfc9535 import JSONPathQuery
from jsonpath_rfc9535 import filter_expressions as rfc_filter
from jsonpath_rfc9535 import segments as rfc_segments
from jsonpath_rfc9535 import selectors as rfc_selectors

from configuration.path_form import (
    AllOf,
    AnyOf,
    Comparison,
    Exists,
    Filter,
    Indices,
    Literal,
    Names,
    Query,
    Selector,
    Slice,
    Step,
    Test,
    Wildcard,
    chain,
)

_EXACT = 2**53 - 1
"""The largest integer that all JSON implementations agree on (RFC 8259, section 6)."""

_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

_INSTEAD_OF_FUNCTIONS = {
    "length": "end the path at the value and use the operator `length`",
    "count": "end the path where it matches what is counted and use the operator `length`",
    "match": "end the path at the value and use the operator `matches` (with ^ and $)",
    "search": "end the path at the value and use the operator `matches`",
    "value": "compare with a path that has only names and indices",
}


class RefusedError(ValueError):
    """A construct that jsonpath-ng cannot evaluate as RFC 9535 has it; says which and what to write instead."""


class ForeignError(ValueError):
    """Something that only jsonpath-ng knows: it is not in RFC 9535."""


def rfc_reading(query: JSONPathQuery, start: str = "$") -> Query:
    """Return the form of a path that jsonpath-rfc9535 has parsed; raises RefusedError for what is not on the list.

    The list is the code below: each construct in it has been compared with jsonpath-ng on random documents
    (tests/configuration/test_jsonpath_rules.py).
    """
    return Query(start, tuple(_rfc_step(segment) for segment in query.segments))


def _rfc_step(segment: rfc_segments.JSONPathSegment) -> Step:
    return Step(
        _rfc_selector(segment.selectors),
        descend=isinstance(segment, rfc_segments.JSONPathRecursiveDescentSegment),
    )


def _rfc_selector(selectors: Sequence[rfc_selectors.JSONPathSelector]) -> Selector:
    names = [s.name for s in selectors if isinstance(s, rfc_selectors.NameSelector)]
    if len(names) == len(selectors):
        return Names(tuple(names))
    indices = [s.index for s in selectors if isinstance(s, rfc_selectors.IndexSelector)]
    if len(indices) == len(selectors):
        return Indices(tuple(indices))
    if len(selectors) > 1:
        raise RefusedError(
            "one pair of brackets may list several names, or several indices, but nothing else; "
            "write one path for each part"
        )
    match selectors[0]:
        case rfc_selectors.SliceSelector(slice=found):
            return Slice(found.start, found.stop, found.step)
        case rfc_selectors.WildcardSelector():
            return Wildcard()
        case rfc_selectors.FilterSelector(expression=expression):
            return Filter(_rfc_test(expression))
        case unknown:
            raise RefusedError(f"{unknown} is not supported")


def _rfc_test(expression: rfc_filter.Expression) -> Test:
    match expression:
        case rfc_filter.FilterExpression(expression=inner):
            return _rfc_test(inner)
        case rfc_filter.LogicalExpression(left=left, operator=operator, right=right):
            return chain(AllOf if operator == "&&" else AnyOf, [_rfc_test(left), _rfc_test(right)])
        case rfc_filter.PrefixExpression(right=inner):
            return _negated(_rfc_test(inner))
        case rfc_filter.ComparisonExpression(left=left, operator=operator, right=right):
            return _comparison(_rfc_operand(left), operator, _rfc_operand(right))
        case rfc_filter.FilterQuery():
            query = _rfc_query(expression)
            if not query.steps:
                raise RefusedError(f"a filter on {query.start} alone always holds; write [*] to select all")
            return Exists(query)
        case _:
            return _refuse_function(expression)


def _rfc_operand(expression: rfc_filter.Expression) -> Query | Literal:
    match expression:
        case rfc_filter.FilterQuery():
            return _rfc_query(expression)
        case rfc_filter.IntegerLiteral(token=token) | rfc_filter.FloatLiteral(token=token) if (
            "e" in token.value.lower()
        ):
            raise RefusedError(f"jsonpath-ng does not know exponents; write {token.value} as a plain number")
        case rfc_filter.FilterExpressionLiteral(value=int() as number) if abs(number) > _EXACT:
            raise RefusedError(f"a number in the filter is beyond {_EXACT}, where JSON numbers stop being exact")
        case rfc_filter.FilterExpressionLiteral(value=value):
            return Literal.of(value)
        case rfc_filter.FunctionExtension():
            return _refuse_function(expression)
        case _:
            raise RefusedError("only paths and values can be compared; put what ! negates in parentheses")


def _rfc_query(expression: rfc_filter.FilterQuery) -> Query:
    query = rfc_reading(expression.query, "@" if isinstance(expression, rfc_filter.RelativeFilterQuery) else "$")
    if any(isinstance(step.selector, Filter) and _mentions_root(step.selector.test) for step in query.steps):
        # jsonpath-rfc9535 itself takes the inner `$` for another node than RFC 9535 does, so nothing vouches for it.
        raise RefusedError("$ in a filter within a filter is not supported; compare in the outer filter")
    return query


def _mentions_root(test: Test) -> bool:
    match test:
        case AllOf(tests) | AnyOf(tests):
            return any(map(_mentions_root, tests))
        case Exists(query):
            return query.start == "$"
        case Comparison(left, _, right):
            return left.start == "$" or (isinstance(right, Query) and right.start == "$")


def _refuse_function(expression: rfc_filter.Expression) -> NoReturn:
    if not isinstance(expression, rfc_filter.FunctionExtension):
        raise RefusedError(f"{expression} is not supported in a filter")
    instead = _INSTEAD_OF_FUNCTIONS.get(expression.name, "end the path at the value and use an operator")
    raise RefusedError(f"jsonpath-ng does not have the function {expression.name}(); {instead}")


def _comparison(left: Query | Literal, operator: str, right: Query | Literal) -> Comparison:
    """Return the comparison with the path on the left, where alone jsonpath-ng takes one."""
    if isinstance(left, Query):
        return Comparison(left, operator, right)
    if isinstance(right, Query):
        return Comparison(right, _MIRRORED[operator], left)
    raise RefusedError("a comparison of two values always gives the same; leave it out")


def _negated(test: Test) -> Test:
    """Return the test that holds where `test` does not, as jsonpath-ng can express it: it negates only existence."""
    match test:
        case Exists(query, negated):
            return Exists(query, not negated)
        case Comparison(left, "==" | "!=" as operator, right):
            return Comparison(left, "!=" if operator == "==" else "==", right)
        case AllOf(tests):
            return chain(AnyOf, [_negated(part) for part in tests])
        case AnyOf(tests):
            return chain(AllOf, [_negated(part) for part in tests])
        case Comparison(_, operator, _):
            raise RefusedError(f"! before a comparison by {operator} cannot be evaluated; compare the other way round")


def ng_reading(node: jsonpath_ng.JSONPath) -> Query:
    """Return the form of a path that jsonpath-ng has parsed; raises ForeignError for what RFC 9535 does not have."""
    start, steps = _ng_steps(node)
    return Query(start or "$", tuple(steps))


def _ng_steps(node: jsonpath_ng.JSONPath) -> tuple[str | None, list[Step]]:
    match node:
        case jsonpath_ng.Root():
            return "$", []
        case jsonpath_ng.This() if type(node) is jsonpath_ng.This:  # its subclass sorts
            return "@", []
        case jsonpath_ng.Child(left=left, right=right) | jsonpath_ng.Descendants(left=left, right=right):
            start, steps = _ng_steps(left)
            restart, more = _ng_steps(right)
            if restart is not None or not more:
                raise ForeignError("a path within a path")
            if isinstance(node, jsonpath_ng.Descendants):
                if more[0].descend:
                    raise ForeignError("descendants of descendants")
                more[0] = Step(more[0].selector, descend=True)
            return start, [*steps, *more]
        case _:
            return None, [Step(_ng_selector(node))]


def _ng_selector(node: jsonpath_ng.JSONPath) -> Selector:
    match node:
        case jsonpath_ng.Fields(fields=names):
            return Names(tuple(names))
        case jsonpath_ng.Index(indices=indices):
            return Indices(tuple(indices))
        case jsonpath_ng.Slice(start=start, end=stop, step=step):
            return Slice(start, stop, step)
        case jsonpath_ng.jsonpath.Wildcard():
            return Wildcard()
        case ng_filter.Filter(expressions=expressions):
            return Filter(chain(AllOf, [_ng_test(part) for part in expressions]))
        case _:
            raise ForeignError(type(node).__name__)


def _ng_test(node: jsonpath_ng.JSONPath) -> Test:
    match node:
        case ng_filter.And(operands=operands):
            return chain(AllOf, [_ng_test(part) for part in operands])
        case ng_filter.Or(operands=operands):
            return chain(AnyOf, [_ng_test(part) for part in operands])
        case ng_filter.Expression(target=target, op=None | "!" as operator):
            return Exists(ng_reading(target), operator == "!")
        case ng_filter.Expression(target=target, op=operator, value=value):
            operator = "==" if operator == "=" else operator
            if operator not in _MIRRORED:
                raise ForeignError(operator)
            right = ng_reading(value) if isinstance(value, jsonpath_ng.JSONPath) else Literal.of(value)
            return Comparison(ng_reading(target), operator, right)
        case _:
            raise ForeignError(type(node).__name__)
