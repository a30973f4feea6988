"""An accepted path means to jsonpath-ng exactly what it means in RFC 9535, on paths and documents that are made up."""

from collections.abc import Iterator
from contextlib import contextmanager

import jsonpath_rfc9535
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonpath_ng import DatumInContext, Fields, Index, Root
from jsonpath_rfc9535 import filter_expressions

from configuration.jsonpath_rules import check_path
from functions.domain.json_value import same
from functions.domain.jsonpath import compile_path, is_singular

NAMES = ["a", "b", "c", "a-b", "a b", "ö", "0", "", "*", "where", "true", "null", "a.b", "'", '"', "\\", "@a", "length"]

names = st.sampled_from([*NAMES, *"aaaaaabbbbbb"])
scalars = st.one_of(
    st.none(), st.booleans(), st.sampled_from([0, 1, -1, 2, 0.0, 1.0, 0.5, "", "a", "b", "1", "ö", "true", "null"])
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


few = st.sampled_from(["a", "b", "c", "a-b", "null", "length"])
values = st.one_of(scalars, st.lists(scalars, max_size=2), st.dictionaries(few, scalars, max_size=2))
row = st.dictionaries(few, values, max_size=4) | st.lists(values, max_size=3) | values
rows = st.one_of(
    st.lists(row, max_size=5),
    st.dictionaries(few, row, max_size=5),
    st.dictionaries(few, st.lists(row, max_size=3), max_size=3),
)


def quoted(name: str) -> st.SearchStrategy[str]:
    """Return the spellings of a name in quotes."""
    single = "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"
    double = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return st.sampled_from([single, double])


class Grammar:
    """Paths of RFC 9535; with `wild`, also what reads almost like one, or is in RFC 9535 and not in jsonpath-ng.

    Both are needed: of wild paths few with a filter are accepted, and tame ones would never show what must be refused.
    """

    def __init__(self, *, wild: bool) -> None:
        self.wild = wild
        self.shorthands = st.sampled_from(["a", "a", "b", "b", "c", "null", "length"])
        self.bounds = st.sampled_from(["", "0", "1", "2", "-1", "-2", "9", "-9"])
        self.indices = st.sampled_from(["0", "1", "2", "-1", "-2", "7", "-7"])
        self.numbers = st.sampled_from(["0", "1", "-1", "2", "1.0", "0.5", "-0.5"])
        if wild:
            self.shorthands |= names.map(lambda name: name or "x")
            self.bounds |= st.just("-0")
            self.numbers |= st.sampled_from(["-0", "1e2", "1E-1", "100000000000000000000", "1e999"])
        self.literals = self.numbers | st.sampled_from(["true", "false", "null"]) | names.flatmap(quoted)
        segments = st.one_of(
            self.shorthands.map(".{}".format),
            names.flatmap(quoted).map("[{}]".format),
            self.indices.map("[{}]".format),
        )
        self.singular = self.starting(segments, most=2)
        plain = self.starting(self.segments(self.logic(self.singular)), most=2, least=0 if wild else 1)
        self.paths = self.joined(self.segments(self.logic(plain)), least=1, most=4).map("${}".format)
        after = st.just("") | self.joined(self.segments(self.logic(self.singular)), most=1)
        places = st.sampled_from(["$", "$", "$", "$..", "$.a", "$.*"])
        self.filters = st.builds("{}[?{}]{}".format, places, self.logic(plain), after)

    @staticmethod
    def joined(parts: st.SearchStrategy[str], *, most: int, by: str = "", least: int = 0) -> st.SearchStrategy[str]:
        """Return some of the parts in a row."""
        return st.lists(parts, min_size=least, max_size=most).map(by.join)

    def starting(self, segments: st.SearchStrategy[str], *, most: int, least: int = 0) -> st.SearchStrategy[str]:
        """Return queries as they stand in a filter."""
        return st.builds("{}{}".format, st.sampled_from("@@@@@$"), self.joined(segments, most=most, least=least))

    def slices(self) -> st.SearchStrategy[str]:
        """Return ranges, with and without a step."""
        return st.builds("{}:{}".format, self.bounds, self.bounds) | st.builds(
            "{}:{}:{}".format, self.bounds, self.bounds, self.bounds
        )

    def logic(self, query: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        """Return what may stand after `?`, with `query` for what is only tested for existence."""
        operators = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
        operands = self.singular | self.literals
        basic = st.one_of(
            st.builds("{}{}{}{}{}".format, self.singular, space, operators, space, operands),
            query,
            query.map("!{}".format),
        )
        if self.wild:
            basic |= st.one_of(
                st.builds("{}{}{}".format, self.literals, operators, self.singular),
                operands.map("length({})>1".format),
                query.map("count({})>1".format),
                st.builds("{}({},{})".format, st.sampled_from(["match", "search"]), self.singular, self.literals),
            )

        def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
            joined = st.builds("{}{}{}".format, inner, st.sampled_from(["&&", "||", " && ", " || "]), inner)
            grouped = inner.map("({})".format)
            return st.one_of(joined, grouped, inner.map("!({})".format)) if self.wild else joined | grouped

        return st.recursive(basic, larger, max_leaves=4)

    def segments(self, logic: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        """Return all kinds of segments, with `logic` in the filters."""
        selectors = st.one_of(
            self.joined(names.flatmap(quoted), least=1, most=3, by=","),
            self.joined(self.indices, least=1, most=3, by=","),
            self.slices(),
            st.just("*"),
            logic.map("?{}".format),
        )
        if self.wild:
            anything = st.one_of(names.flatmap(quoted), self.indices, self.slices(), st.just("*"))
            selectors |= self.joined(anything, least=1, most=3, by=",")
        brackets = st.builds("[{}{}{}]".format, space, selectors, space)
        dotted = self.shorthands | st.just("*")
        return st.one_of(brackets, brackets.map("..{}".format), dotted.map(".{}".format), dotted.map("..{}".format))


space = st.sampled_from(["", "", "", " "])
TAME, WILD = Grammar(wild=False), Grammar(wild=True)
paths = TAME.paths | WILD.paths
filters = TAME.filters | WILD.filters


@contextmanager
def oracle() -> Iterator[None]:
    """Correct jsonpath-rfc9535 in one point: within arrays and objects it takes 1 for true, which RFC 9535 does not."""
    original = filter_expressions._eq  # noqa: SLF001 - where its defect is

    def equal(left: object, right: object) -> bool:
        special = (jsonpath_rfc9535.JSONPathNodeList, filter_expressions.Nothing)
        if isinstance(left, special) or isinstance(right, special):
            return original(left, right)
        return same(left, right)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filter_expressions, "_eq", equal)
        yield


def location(match: DatumInContext) -> tuple[int | str, ...]:
    """Return where a match of jsonpath-ng stands, as names and indices from the start."""
    steps: list[int | str] = []
    node: DatumInContext | None = match
    while node is not None and node.context is not None:
        path, above = node.path, node.context
        if isinstance(path, Index):
            (index,) = path.indices
            steps.append(index % len(above.value))
        else:
            assert isinstance(path, Fields)
            steps.append(path.fields[0])
        node = above
    assert node is not None
    assert isinstance(node.path, Root)
    return tuple(reversed(steps))


def assert_alike(path: str, document: object) -> None:
    """Compare both evaluations: the same nodes, by place and value, in the same order, equally often."""
    with oracle():
        wanted = jsonpath_rfc9535.find(path, document)  # type: ignore[arg-type]  # its alias leaves out scalars
    found = compile_path(path).find(document)
    assert [location(match) for match in found] == [node.location for node in wanted]
    assert all(match.value is node.value for match, node in zip(found, wanted, strict=True))


@settings(max_examples=300)
@given(path=paths, document=documents)
@example(path="$[?@.a==true]", document=[{"a": 1}, {"a": True}])
@example(path="$[?@.a==@.b]", document=[{}, {"a": [1], "b": [True]}, {"a": None}, {"a": 1, "b": 1.0}])
@example(path="$[?@.a<=@.b]", document=[{}, {"a": True, "b": True}, {"a": [], "b": []}, {"a": "a", "b": 1}])
@example(path="$..*", document={"a": [{"b": 1}, [2, [3]]], "c": {"a": {}}})
@example(path="$..a..b", document={"a": {"a": {"b": {"b": 1}}}})
@example(path="$..[?@.a==$.c]", document={"c": 1, "b": [{"a": 1}, {"a": True}]})
@example(path="$[::-1]", document=[0, 1, 2])
@example(path="$['a','a']", document={"a": 0})
def test_an_accepted_path_selects_what_rfc_9535_says(path: str, document: object) -> None:
    """Whatever the grammar gives is either refused with a reason or answered alike, node by node."""
    problem = check_path(path)
    if problem is None:
        assert_alike(path, document)
        assert is_singular(path) == jsonpath_rfc9535.compile(path).singular_query()
    else:
        assert problem


@settings(max_examples=500)
@given(path=filters, document=rows)
def test_an_accepted_filter_selects_what_rfc_9535_says(path: str, document: object) -> None:
    """Filters again, on documents that give them something to compare: missing, null, true, 1, "1", [], {}."""
    if check_path(path) is None:
        assert_alike(path, document)


def test_the_generated_paths_are_accepted_often_enough_to_prove_something() -> None:
    """The property above would hold of a validator that refuses all."""
    accepted: set[str] = set()
    kinds = ["..", "?", "*", "'", ":", ",", "==", "<", "&&", "||", "!", "$.", "[-", "null", "true"]

    @settings(max_examples=500, database=None, derandomize=True)
    @given(path=paths | filters)
    def collect(path: str) -> None:
        if check_path(path) is None:
            accepted.add(path)

    collect()
    assert len(accepted) > 100
    for kind in kinds:
        assert any(kind in path for path in accepted), kind


@given(st.text(alphabet="$@.*[]?()'\"\\`!=<>&|,:-+/ ab01\n\x00ö\ud800", max_size=25) | st.text(max_size=20))
def test_no_text_makes_validation_raise(text: str) -> None:
    """Not even what no parser has seen before; and what it does accept evaluates."""
    for path in (text, f"$.a{text}", f"$[?{text}]"):
        if check_path(path) is None:
            assert_alike(path, {"a": [{"a": 1, "b": [0, 1]}], "b": "a"})
