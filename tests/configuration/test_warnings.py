"""What is allowed, and probably not meant."""

import pytest

from tests.configuration.texts import HEAD, compiled, expect, http, monitor, top, url

PLAIN = "this looks like a credential in plain text"

CASES = (
    (http("headers: {authorization: Bearer abc}"), (6, 32, "monitors[0].http.headers.authorization", PLAIN)),
    (http("headers: {X-Api-Key: abc}"), (6, 28, "monitors[0].http.headers.X-Api-Key", PLAIN)),
    (http("query: {api_key: abc}"), (6, 24, "monitors[0].http.query.api_key", PLAIN)),
    (url("https://x.example/?a=b&token=abc"), (5, 12, "monitors[0].http.url", PLAIN)),
    (http("auth: {bearer: abc}"), (6, 22, "monitors[0].http.auth.bearer", PLAIN)),
    (http("auth: {basic: {user: a, password: abc}}"), (6, 41, "monitors[0].http.auth.basic.password", PLAIN)),
    (expect("latency: {lt: 2s}"), (5, 5, "monitors[0].expect", "nothing is said of the status")),
    (
        expect("status: 200\n      body: 'secret:name'"),
        (7, 13, "monitors[0].expect.body", "references to secrets are resolved in the check itself only"),
    ),
    (
        (
            f"{HEAD}monitors:\n  - id: x\n    http: {{url: 'http://x.example'}}\n"
            "    expect: {status: 200, certificate: {expires_in: {gt: 14d}}}\n"
        ),
        (5, 27, "monitors[0].expect.certificate", "plain HTTP shows no certificate"),
    ),
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_warning_has_a_place_and_a_reason(text: str, expected: tuple[int, int, str, str]) -> None:
    """The file is used all the same."""
    (warning,) = compiled(text).warnings
    assert (warning.line, warning.column, warning.path) == expected[:3]
    assert expected[3] in warning.message


@pytest.mark.parametrize(
    "text",
    [
        http("headers: {authorization: 'Bearer secret:acme/token'}"),
        http("auth: {bearer: 'secret:acme/token'}"),
        http("headers: {accept: application/json}\n      query: {page: '1'}"),
        url("https://x.example/?token=secret:acme/token&page=1"),
        url("https://x.example/?page=${PAGE:-1}"),
        expect("status: 2xx\n      latency: {lt: 2s}"),
        monitor("degraded: {latency: {gt: 1s}}"),
        top("on_delete: destroy"),
    ],
)
def test_nothing_is_said_of_what_is_well(text: str) -> None:
    """A warning that is always there is not read."""
    assert compiled(text).warnings == ()


def test_no_warning_repeats_the_credential() -> None:
    """Whoever reads a build's log should not learn it."""
    (warning,) = compiled(http("auth: {bearer: t0psecret}")).warnings
    assert "t0psecret" not in str(warning)
