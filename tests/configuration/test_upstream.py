"""Somebody else's status page in pulseboard.yaml."""

import pytest

from configuration import ConfigurationError
from functions.domain.checks.upstream import Upstream
from tests.configuration.texts import compiled, deployed

UPSTREAM = "page: {id: a, title: A}\nmonitors:\n  - id: x\n    upstream: {name: Payments Inc, %s}\n"


def test_an_upstream_reaches_the_functions() -> None:
    """With its defaults, and with all that can be said of it."""
    written = compiled(UPSTREAM % "url: 'https://status.example'")
    assert deployed(written).monitors["x"].check == Upstream(name="Payments Inc", url="https://status.example")
    written = compiled(UPSTREAM % "url: 'https://status.example', format: statuspage, component: API")
    assert deployed(written).monitors["x"].check == Upstream(
        name="Payments Inc", url="https://status.example", format="statuspage", component="API"
    )


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("url: status.example", "monitors[0].upstream.url", "no scheme"),
        ("url: 'https://10.0.0.1'", "monitors[0].upstream.url", "private address"),
        ("url: 'https://status.example', format: json", "monitors[0].upstream.format", "statuspage"),
        ("format: feed", "monitors[0].upstream", "url"),
        (
            "url: 'https://status.example', format: feed, component: API",
            "monitors[0].upstream.component",
            "a feed does not say",
        ),
    ],
)
def test_an_upstream_that_cannot_be_read_is_a_problem(text: str, path: str, message: str) -> None:
    """Told before anything is deployed."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(UPSTREAM % text)
    [problem] = caught.value.problems
    assert problem.path.startswith(path)
    assert message in f"{problem.path} {problem.message}"
