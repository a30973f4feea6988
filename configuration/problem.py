"""What is wrong with a pulseboard.yaml: where it stands, what it is, and how to mend it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

Location = tuple[str | int, ...]
"""The keys and list positions that lead to a value, from the top of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; `path` is empty for the document as a whole.

    `message` says what was found and what is allowed; `suggestion` is the nearest known word, where one is near.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        path = f"{self.path}: " if self.path else ""
        return f"{where}{path}{self.message}{self.hint}"

    @property
    def hint(self) -> str:
        """Return the suggestion as the end of a sentence, empty without one."""
        return f" (did you mean `{self.suggestion}`?)" if self.suggestion else ""


class ConfigurationError(Exception):
    """A pulseboard.yaml that cannot be used; `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem that does not know its line yet; `at_key` points at the key instead of at its value."""

    location: Location
    message: str
    suggestion: str | None = None
    at_key: bool = False


def path_of(location: Location) -> str:
    """Return `monitors[2].http.url`; a key that is no plain word stands as `expect.json["$.status"]`."""
    text = ""
    for step in location:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.replace("_", "a").replace("-", "a").isalnum():
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=not step.isprintable())}]"
    return text
