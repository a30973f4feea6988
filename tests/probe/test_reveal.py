"""Secrets into requests, and out of reasons."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.checks.http import HttpRequest
from functions.domain.redaction import redact
from functions.domain.secret import Secret, SecretStore, secrets_in
from functions.domain.wording import cut, show
from functions.probe.reveal import confidential, references, revealed

TOKEN = Secret(store=SecretStore.SECRETS_MANAGER, name="acme/token")
VALUES = {TOKEN: "hunter2 & more\n"}
REFERENCE = "secret:acme/token"


@pytest.mark.parametrize(
    ("fields", "revealed_fields"),
    [
        ({"url": f"https://x/?t={REFERENCE}"}, {"url": "https://x/?t=hunter2%20%26%20more"}),
        ({"url": REFERENCE}, {"url": "hunter2 & more"}),
        ({"headers": {"a": f"Bearer {REFERENCE}"}}, {"headers": {"a": "Bearer hunter2 & more"}}),
        ({"query": {"t": REFERENCE}}, {"query": {"t": "hunter2 & more"}}),
        ({"form": {"t": REFERENCE}}, {"form": {"t": "hunter2 & more"}}),
        ({"text": f"<{REFERENCE}>"}, {"text": "<hunter2 & more>"}),
        (
            {"json": {"a": [{"b": REFERENCE}, 1, None]}, "has_json": True},
            {"json": {"a": [{"b": "hunter2 & more"}, 1, None]}, "has_json": True},
        ),
        ({"auth": ("bearer", REFERENCE)}, {"auth": ("bearer", "hunter2 & more")}),
        ({"auth": ("basic", "ann", REFERENCE)}, {"auth": ("basic", "ann", "hunter2 & more")}),
        ({"client_certificate": REFERENCE}, {"client_certificate": "hunter2 & more\n"}),
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_reference_is_found_and_replaced_wherever_it_stands(
    fields: dict[str, Any], revealed_fields: dict[str, Any]
) -> None:
    """Each part of a request may refer to a secret, and gets its value in the form that suits it."""
    request = HttpRequest(**{"url": "https://x/"} | fields)
    assert references(request) == {TOKEN}
    assert revealed(request, VALUES) == HttpRequest(**{"url": "https://x/"} | revealed_fields)


def test_a_request_without_references_needs_nothing() -> None:
    """Text that only looks similar is left alone."""
    assert references(HttpRequest(url="https://x/secrets?a=nosecret:x")) == set()


def test_what_basic_authentication_makes_of_a_password_is_confidential_too() -> None:
    """Its base64 is as good as the password."""
    request = revealed(HttpRequest(url="https://x/", auth=("basic", "ann", REFERENCE)), VALUES)
    hidden = confidential(request, VALUES)
    assert redact("sent Basic YW5uOmh1bnRlcjIgJiBtb3Jl to us", hidden) == "sent Basic *** to us"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("got hunter2!", "got ***!"),
        ("hunter2hunter2", "******"),
        ("got hunt…", "got ***…"),
        ("got hunter2…; and hun… more", "got ***…; and hun… more"),
        ("got hu…", "got hu…"),
        ("nothing to see", "nothing to see"),
    ],
)
def test_a_secret_is_masked_also_where_it_was_cut_off(text: str, clean: str) -> None:
    """Whole, repeated, or its first four characters and more before an ellipsis."""
    assert redact(text, ["hunter2"]) == clean


secret_texts = st.text(min_size=8, max_size=60).filter(lambda s: s.strip("*"))


@given(secret_texts, st.text(max_size=250), st.text(max_size=50))
def test_no_secret_survives_in_what_a_target_is_quoted_with(secret: str, before: str, after: str) -> None:
    """However a quoted value is escaped and cut, the secret is not in it."""
    quoted = redact(cut(show(before + secret + after)), [secret])
    assert secret not in quoted or secret in show(before) or secret in show(after)


def test_the_longest_form_is_masked_first() -> None:
    """A secret that is part of another does not leave the rest of it behind."""
    assert redact("token-long", ["token", "token-long"]) == "***"


def test_secrets_are_named_as_the_domain_names_them() -> None:
    """The references of the tests above are what pulseboard.yaml would say."""
    assert secrets_in(REFERENCE) == (TOKEN,)
