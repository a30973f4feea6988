"""The text of a pulseboard.yaml as plain values that remember where each key and value stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from configuration.problem import Finding, Location, Problem, path_of


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`value` is the document. `templates` holds the text of values as written, where a variable was filled in.

    `flaws` are what was wrong with the YAML but did not keep the rest from being read, `unreadable` the values that
    they cost.
    """

    file: str
    value: Mapping[str, object]
    keys: Mapping[Location, Place] = field(default_factory=dict)
    values: Mapping[Location, Place] = field(default_factory=dict)
    templates: Mapping[Location, str] = field(default_factory=dict)
    flaws: Sequence[Problem] = ()
    unreadable: Collection[Location] = ()

    def place(self, location: Location, *, at_key: bool = False) -> tuple[Location, Place]:
        """Return where `location` stands; the nearest that encloses it, where the file does not have it."""
        if at_key and location in self.keys:
            return location, self.keys[location]
        for length in range(len(location), -1, -1):
            if location[:length] in self.values:
                return location[:length], self.values[location[:length]]
        return (), START

    def problem(self, finding: Finding) -> Problem:
        """Return `finding` with its line, its column and the path by which the file has it."""
        location, place = self.place(finding.location, at_key=finding.at_key)
        return Problem(
            file=self.file,
            line=place.line,
            column=place.column,
            path=path_of(location),
            message=finding.message,
            suggestion=finding.suggestion,
        )

    def problems(self, findings: Iterable[Finding]) -> tuple[Problem, ...]:
        """Return all problems in the order of the file, each once, bar those that follow from an unreadable value."""
        sound = [finding for finding in findings if not self._follows(finding.location)]
        problems = dict.fromkeys([*self.flaws, *(self.problem(finding) for finding in sound)])
        return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))

    def _follows(self, location: Location) -> bool:
        return any(location[:length] in self.unreadable for length in range(len(location) + 1))
