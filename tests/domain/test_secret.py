"""References to secrets inside text."""

import pytest

from functions.domain.secret import Secret, SecretStore, reveal, secrets_in

MANAGER, SSM = SecretStore.SECRETS_MANAGER, SecretStore.SSM


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("nothing", ()),
        ("Bearer secret:acme/token", (Secret(store=MANAGER, name="acme/token"),)),
        ("secret:acme/db#password", (Secret(store=MANAGER, name="acme/db", key="password"),)),
        ("secret:/acme/token", (Secret(store=SSM, name="/acme/token"),)),
        ("secret:ssm:token", (Secret(store=SSM, name="token"),)),
        ("secret:a;secret:b", (Secret(store=MANAGER, name="a"), Secret(store=MANAGER, name="b"))),
        (
            "https://x.example/?t=secret:a&u=secret:b",
            (Secret(store=MANAGER, name="a"), Secret(store=MANAGER, name="b")),
        ),
        ("secret:", ()),
        ("secret: a", ()),
        ("topsecret:a", ()),
    ],
)
def test_references_are_found_in_any_text(text: str, secrets: tuple[Secret, ...]) -> None:
    """By prefix in Secrets Manager or in Parameter Store."""
    assert secrets_in(text) == secrets


def test_references_are_replaced_and_the_rest_stays() -> None:
    """A value is put in as it is, even where it looks like a reference or a template."""
    values = {Secret(store=MANAGER, name="a"): r"\1 secret:b", Secret(store=MANAGER, name="b", key="k"): "v"}
    assert reveal("x secret:a y secret:b#k z", values) == r"x \1 secret:b y v z"


def test_a_reference_without_a_value_is_an_error() -> None:
    """Never is a reference sent to a target."""
    with pytest.raises(KeyError):
        reveal("secret:a", {})
