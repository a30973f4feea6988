"""`expand`: what may be written, and what the functions get."""

import pytest

from configuration import ConfigurationError
from functions.domain.part import Expand
from functions.domain.verdict import Verdict
from tests.configuration.texts import HEAD, compiled, deployed, http, monitor

BOTH = "{names: {'db:time': Database}, except: [version], failing: down}"


@pytest.mark.parametrize(
    ("written", "expand"),
    [
        ("true", Expand()),
        ("false", None),
        ("{}", Expand()),
        ("{only: [database, cache]}", Expand(only=("database", "cache"))),
        (BOTH, Expand(names={"db:time": "Database"}, without=("version",), failing=Verdict.DOWN)),
    ],
)
def test_expand_reaches_the_functions(written: str, expand: Expand | None) -> None:
    """With its defaults, and with all that can be said of it."""
    assert deployed(compiled(monitor(f"expand: {written}"))).monitors["x"].expand == expand


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        (monitor("expand: all"), "monitors[0].expand", "allowed: `true`, or settings"),
        (monitor("expand: {only: []}"), "monitors[0].expand.only", "at least one"),
        (monitor("expand: {only: [a], except: [b]}"), "monitors[0].expand", "keep the one"),
        (monitor("expand: {failing: red}"), "monitors[0].expand.failing", "degraded"),
        (monitor("expand: {names: {a: ''}}"), "monitors[0].expand.names", "only blanks"),
        (monitor(f"expand: {{only: [{'x' * 81}]}}"), "monitors[0].expand.only", "at most 80"),
        (monitor("expand: {parts: [a]}"), "monitors[0].expand.parts", "unknown key"),
        (monitor("expand:"), "monitors[0].expand", "nothing after this key"),
        (http("method: HEAD\n    expand: true"), "monitors[0].expand", "use GET"),
        (http("expand: true"), "monitors[0].http.expand", "beside it"),
        (
            f"{HEAD}monitors:\n  - id: x\n    tcp: {{host: x.example, port: 1}}\n    expand: true\n",
            "monitors[0].expand",
            "a tcp check has no health body",
        ),
    ],
)
def test_what_cannot_be_meant_is_a_problem(text: str, path: str, message: str) -> None:
    """Told before anything is deployed."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(text)
    [problem] = caught.value.problems
    assert problem.path.startswith(path)
    assert message in problem.message
