"""YAML nodes to plain values, with the place of every key and every value noted."""

from collections.abc import Iterator, Mapping

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from configuration.interpolation import InterpolationError, has_placeholder, interpolate
from configuration.problem import Location, Problem, path_of
from configuration.scalar import Scalar, plain_scalar
from configuration.source import Place

LARGEST_TREE = 200_000
"""Values after all aliases are followed: more is an alias bomb and no list of monitors."""

DEEPEST = 60
"""Levels; the deepest sensible document has about twelve."""

_STANDARD = "tag:yaml.org,2002:"
_TEXT = _STANDARD + "str"
_SCALARS = {_STANDARD + name for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")}
_MERGE = "<<"


class TreeError(Exception):
    """A document that is not built at all, and the place that shows why."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


class Tree:
    """Builds one document; afterwards the places, templates and problems are there to be read.

    `unreadable` are the locations whose value could not be told: what else is wrong with them only follows from that.
    """

    def __init__(self, file: str, environment: Mapping[str, str]) -> None:
        self._file = file
        self._environment = environment
        self._size = 0
        self._open: set[int] = set()
        self.keys: dict[Location, Place] = {}
        self.values: dict[Location, Place] = {}
        self.templates: dict[Location, str] = {}
        self.problems: list[Problem] = []
        self.unreadable: set[Location] = set()

    def build(self, node: Node, location: Location = ()) -> object:
        """Return the value of `node`. Raises TreeError for one that is too large, too deep or inside itself."""
        self._enter(node)
        if len(location) > DEEPEST:
            raise TreeError(f"the document is nested more than {DEEPEST} levels deep", place_of(node))
        self.values[location] = place_of(node)
        try:
            return self._value(node, location)
        finally:
            self._open.discard(id(node))

    def _enter(self, node: Node) -> None:
        self._size += 1
        if self._size > LARGEST_TREE:
            message = f"with its aliases followed, the document has more than {LARGEST_TREE} values"
            raise TreeError(message, place_of(node))
        if id(node) in self._open:
            raise TreeError("an alias stands inside the value that it names", place_of(node))
        self._open.add(id(node))

    def _value(self, node: Node, location: Location) -> object:
        if isinstance(node, MappingNode) and node.tag == _STANDARD + "map":
            return self._mapping(node, location)
        if isinstance(node, SequenceNode) and node.tag == _STANDARD + "seq":
            return [self.build(child, (*location, position)) for position, child in enumerate(node.value)]
        if isinstance(node, ScalarNode) and node.tag in _SCALARS:
            return self._scalar(node, location)
        self._give_up(node, location, f"the tag `{node.tag}` is not supported; leave it out")
        return None

    def _scalar(self, node: ScalarNode, location: Location) -> Scalar:
        text = _joined(node.value)
        value: Scalar = text if node.style is not None or node.tag == _TEXT else plain_scalar(text)
        if not isinstance(value, str):
            return value
        try:
            filled = interpolate(value, self._environment)
        except InterpolationError as error:
            self._give_up(node, location, str(error))
            return value
        if has_placeholder(value):
            self.templates[location] = value
        if not _is_unicode(filled):
            self._give_up(node, location, "this text holds half of a surrogate pair, which is no character")
        return filled

    def _mapping(self, node: MappingNode, location: Location) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key, child in node.value:
            if _is_merge(key):
                continue
            if isinstance(key, MappingNode) and node.flow_style:
                self._give_up(
                    key, location, "`{{` begins a mapping within a mapping; put a text that holds it in quotes"
                )
                continue
            if not isinstance(key, ScalarNode) or not _is_unicode(key.value):
                self._problem(key, location, "this key is a list, a mapping or no text; keys are words")
                continue
            inner = (*location, key.value)
            if key.value in mapping:
                first = self.keys[inner].line
                self._problem(key, inner, f"this key stands twice in one mapping, first in line {first}; keep one")
                continue
            self.keys[inner] = place_of(key)
            mapping[key.value] = self.build(child, inner)
        for key, child in self._merged(node, location):
            if key.value not in mapping:
                self.keys[*location, key.value] = place_of(key)
                mapping[key.value] = self.build(child, (*location, key.value))
        return mapping

    def _merged(self, node: MappingNode, location: Location) -> Iterator[tuple[ScalarNode, Node]]:
        """Yield the keys that `<<` brings in, the nearest first: the first of each name counts."""
        for source in (source for key, child in node.value if _is_merge(key) for source in _sources(child)):
            if not isinstance(source, MappingNode):
                self._problem(source, location, "`<<` takes a mapping: an alias such as `*base`, or a list of them")
                continue
            self._enter(source)
            for key, child in source.value:
                if isinstance(key, ScalarNode) and not _is_merge(key) and _is_unicode(key.value):
                    self._size += 1
                    yield key, child
            yield from self._merged(source, location)
            self._open.discard(id(source))

    def _give_up(self, node: Node, location: Location, message: str) -> None:
        self._problem(node, location, message)
        self.unreadable.add(location)

    def _problem(self, node: Node, location: Location, message: str) -> None:
        place = place_of(node)
        problem = Problem(
            file=self._file, line=place.line, column=place.column, path=path_of(location), message=message
        )
        self.problems.append(problem)


def place_of(node: Node) -> Place:
    """Return where `node` begins."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _joined(text: str) -> str:
    """Return `text` with surrogate pairs, as JSON escapes write them, made the characters that they stand for."""
    if _is_unicode(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _is_merge(key: Node) -> bool:
    return isinstance(key, ScalarNode) and key.value == _MERGE and key.style is None


def _sources(node: Node) -> list[Node]:
    return list(node.value) if isinstance(node, SequenceNode) else [node]
