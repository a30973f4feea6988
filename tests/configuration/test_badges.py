"""Badges in pulseboard.yaml: what may be said, and what becomes of it."""

import json
import textwrap

import pytest

from configuration import ConfigurationError
from functions.domain.badge_look import BadgeLook, BadgeStyle
from tests.configuration.texts import compiled, deployed

DOCUMENT = """
    page:
      id: acme
      title: Acme
      {page}
    monitors:
      - id: api
        http: {{url: https://api.acme.example/health}}
        {monitor}
"""


def document(page: str = "", monitor: str = "") -> str:
    """Return a whole file with a line more in its page or its monitor."""
    return textwrap.dedent(DOCUMENT).format(page=page, monitor=monitor)


def test_nothing_said_is_nothing_shipped() -> None:
    """config.json stays as it was, and the defaults hold."""
    configuration = compiled(document())
    assert "badges" not in json.dumps(configuration.runtime)
    assert deployed(configuration).pages[0].badges == BadgeLook()


def test_what_is_said_arrives() -> None:
    """Durations in milliseconds, styles as what they are, labels by monitor."""
    configuration = compiled(
        document(
            "badges: {style: plastic, styles: [flat, plastic], labels: {uptime: availability},"
            " uptime: [99.99, 99.9, 99], response_time: [200ms, 0.5s, 1s], certificate: [60, 30, 10]}",
            "badge_labels: {status: The API}",
        )
    )
    assert deployed(configuration).pages[0].badges == BadgeLook(
        style=BadgeStyle.PLASTIC,
        styles=(BadgeStyle.FLAT, BadgeStyle.PLASTIC),
        labels={"uptime": "availability"},
        monitors={"api": {"status": "The API"}},
        uptime=(99.99, 99.9, 99),
        response_time=(200, 500, 1000),
        certificate=(60, 30, 10),
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("{style: plastik}", "did you mean `plastic`?"),
        ("{styles: [flat, flat]}", "a style is listed twice"),
        ("{labels: {statuss: x}}", "did you mean `status`?"),
        ("{labels: {status: ''}}", "found only blanks"),
        ("{uptime: [99, 99.9, 95]}", "each below the one before"),
        ("{uptime: [99, 95]}", "allowed are three numbers"),
        ("{uptime: [101, 99, 95]}", "100"),
        ("{certificate: [30, 30, 7]}", "each below the one before"),
        ("{response_time: [1s, 500ms, 2s]}", "each longer than the one before"),
        ("{response_time: 1s}", "allowed are three durations"),
        ("{response_time: [1, 2, 3]}", "without a unit"),
    ],
)
def test_what_cannot_be_is_told(said: str, message: str) -> None:
    """With what would do instead."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(document(f"badges: {said}"))
    (problem,) = caught.value.problems
    assert message in str(problem)
