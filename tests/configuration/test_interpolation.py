"""`${NAME}` in values: what differs between a laptop and production."""

import pytest

from configuration.interpolation import InterpolationError, interpolate
from tests.configuration.texts import compiled, deployed, http, monitor, request_of, top, url


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("plain", "plain"),
        ("${A}", "a"),
        ("${A:-b}", "a"),
        ("${NONE:-b}", "b"),
        ("${EMPTY:-b}", "b"),
        ("${EMPTY}", ""),
        ("${NONE:-}", ""),
        ("${NONE:-http://x:1/}", "http://x:1/"),
        ("x${A}y${A}z", "xayaz"),
        ("$${A}", "${A}"),
        ("$A $ $$ {A}", "$A $ $$ {A}"),
        ("${NONE:-${A}", "${NONE:-a"),
    ],
)
def test_placeholders_are_filled_in_as_in_a_shell(text: str, result: str) -> None:
    """`:-` also counts for a variable that is empty."""
    assert interpolate(text, {"A": "a", "EMPTY": ""}) == result


@pytest.mark.parametrize("text", ["${NONE}", "${}", "${a b}", "${1}", "${A-b}", "${:-b}"])
def test_what_has_no_value_or_no_sense_is_an_error(text: str) -> None:
    """Nothing is ever silently empty."""
    with pytest.raises(InterpolationError):
        interpolate(text, {"A": "a"})


def test_a_value_is_not_filled_in_twice() -> None:
    """What a variable holds is text, and no template."""
    assert interpolate("${A}", {"A": "${B}", "B": "b"}) == "${B}"


def test_any_text_of_the_file_may_take_a_variable() -> None:
    """A URL, an interval, a title."""
    text = url("https://${HOST}/health") + "    interval: ${INTERVAL:-5m}\n"
    configuration = compiled(text, {"HOST": "x.example"})
    assert request_of(configuration).url == "https://x.example/health"
    assert deployed(configuration).monitors["x"].interval == 300


def test_keys_and_comments_are_left_alone() -> None:
    """Only values are filled in."""
    text = http("query: {'${A}': b}  # ${B}")
    assert request_of(compiled(text)).query == {"${A}": "b"}


def test_a_reference_to_a_secret_may_name_its_stage() -> None:
    """The name of a secret is no secret."""
    configuration = compiled(http("auth: {bearer: 'secret:${STAGE:-dev}/token'}"))
    assert [secret.name for secret in configuration.deployment.secrets] == ["dev/token"]


def test_a_number_is_not_made_of_text() -> None:
    """`attempts` takes a number; what a variable gives is text."""
    with pytest.raises(Exception, match="a whole number is needed"):
        compiled(monitor("attempts: ${ATTEMPTS:-2}"))


def test_groups_and_monitors_are_filled_in_before_they_are_compared() -> None:
    """Rules look at what will be deployed."""
    text = top("groups: ['${TEAM}']").replace("id: x", "id: x, group: Core")
    assert deployed(compiled(text, {"TEAM": "Core"})).monitors["x"].group == "Core"
