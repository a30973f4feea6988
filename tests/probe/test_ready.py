"""A check is made ready once for the same secrets."""

import pytest

from functions.domain.checks.http import HttpRequest
from functions.domain.secret import Secret, SecretStore
from functions.probe.ready import Disclosure, disclosure

TOKEN = Secret(store=SecretStore.SECRETS_MANAGER, name="acme/token")


def test_a_check_without_secrets_is_itself() -> None:
    """There is nothing to reveal, and still its own password is not to be seen."""
    request = HttpRequest(url="https://x/", auth=("basic", "ann", "hunter2"))
    ready = Disclosure(request).ready({})
    assert ready.check is request
    assert "hunter2" in ready.confidential


def test_a_check_is_revealed_anew_only_when_a_secret_has_changed() -> None:
    """Who keeps what it made of the check finds the same one; a rotated secret takes effect at once."""
    request = HttpRequest(url="https://x/", headers={"x-token": "secret:acme/token"})
    known = Disclosure(request)
    assert known.references == {TOKEN}
    first, same, rotated = (known.ready({TOKEN: value}) for value in ("one", "one", "two"))
    assert first.check is same.check
    assert isinstance(rotated.check, HttpRequest)
    assert rotated.check.headers == {"x-token": "two"}
    assert (first.confidential, rotated.confidential) == (("one",), ("two",))


def test_a_secret_that_is_missing_is_an_error_each_time() -> None:
    """What was known before does not stand in for it."""
    known = disclosure(HttpRequest(url="secret:acme/token"))
    assert known.ready({TOKEN: "https://x/"})
    with pytest.raises(KeyError):
        known.ready({Secret(store=SecretStore.SSM, name="/other"): "x"})
