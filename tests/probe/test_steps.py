"""Requests in order, against a real shop on loopback."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from functions.domain.checks.http import HttpRequest
from functions.domain.checks.steps import Step, Steps
from functions.domain.expectation import Expectations
from functions.domain.extraction import Extraction
from functions.domain.result import Attempt
from functions.domain.run_codec import decode_run, encode_run
from functions.domain.secret import Secret
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.execution import UnmadeError
from functions.probe.report import failing_lines
from functions.probe.run import probe_shard
from functions.secrets import Unreadable
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON
from tests.probe.cases import Case, assert_case
from tests.probe.probing import attempt, tools, watching
from tests.targets import behaviours
from tests.targets.server import Behaviour, answer, serving
from tests.targets.shop import SESSION, TOKEN, Shop


def step(
    name: str,
    url: str,
    *,
    expect: dict[str, object] | None = None,
    degraded: dict[str, object] | None = None,
    extract: dict[str, object] | None = None,
    timeout: float | None = None,
    **request: Any,  # noqa: ANN401 - the fields of HttpRequest
) -> Step:
    """Return a step."""
    return Step(
        name=name,
        request=HttpRequest(url=url, **request),
        expectations=Expectations.decode(expect, degraded),
        extract=tuple(Extraction.decode(name, source) for name, source in (extract or {}).items()),
        timeout=timeout,
    )


def log_in(port: int, **more: Any) -> Step:  # noqa: ANN401 - as above
    """Return the step that most chains begin with."""
    fields = {"extract": {"token": "$.access_token"}, "method": "POST"} | more
    return step("Log in", f"http://127.0.0.1:{port}/login", **fields)


def orders(port: int, **more: Any) -> Step:  # noqa: ANN401 - as above
    """Return the step that needs the token."""
    return step("List orders", f"http://127.0.0.1:{port}/orders", auth=("bearer", "{{ token }}"), **more)


def chain(*steps: Step) -> Steps:
    """Return the check."""
    return Steps(steps=steps)


async def seen(check: Steps, **more: Any) -> Attempt:  # noqa: ANN401 - as above
    """Return what one attempt saw."""
    return await attempt(watching(check, **more))


async def test_a_token_of_one_step_lets_the_next_one_in() -> None:
    """Log in, then call: one verdict, one latency, and how long each step took."""
    shop = Shop()
    async with serving(shop) as port:
        attempted = await seen(chain(log_in(port), orders(port)))
    assert attempted.verdict is Verdict.UP
    assert shop.paths == ["/login", "/orders"]
    assert len(attempted.steps) == 2
    assert attempted.latency_ms == pytest.approx(sum(attempted.steps))
    assert attempted.phases.total == pytest.approx(sum(attempted.steps))
    assert attempted.status_code == 200


async def test_a_value_is_written_as_its_place_needs_it() -> None:
    """Percent-encoded in an address, escaped in JSON, encoded in a form; types are kept where they can be."""
    shop = Shop()
    async with serving(shop) as port:
        base = f"http://127.0.0.1:{port}"
        take = {"token": "$.access_token", "id": "$.user.id", "admin": "$['user']['admin']"}
        attempted = await seen(
            chain(
                log_in(port, extract=take),
                step("Path", f"{base}/a/{{{{ token }}}}/b?x={{{{token}}}}"),
                step(
                    "JSON",
                    f"{base}/c",
                    method="POST",
                    has_json=True,
                    json={"t": "{{ token }}", "n": ["{{ id }}", "#{{ id }}"], "b": "{{ admin }}"},
                ),
                step("Form", f"{base}/d", method="POST", form={"t": "{{ token }}"}),
                step("Text", f"{base}/e", method="POST", text="{{{{ {{ id }}", query={"q": "{{ token }}"}),
            )
        )
    quoted = "tok%22en%2Fwith%20%3Fevery%26thing%3D%C3%A9"
    assert attempted.verdict is Verdict.UP
    assert shop.paths[1] == f"/a/{quoted}/b?x={quoted}"
    assert shop.bodies[2].decode() == '{"t":"tok\\"en/with ?every&thing=é","n":[7,"#7"],"b":false}'
    assert shop.bodies[3] == b"t=tok%22en%2Fwith+%3Fevery%26thing%3D%C3%A9"
    assert shop.bodies[4] == b"{{ 7"
    assert "%26thing%3D" in shop.paths[4]


async def test_a_session_is_kept_within_one_chain_and_no_longer() -> None:
    """A cookie comes back to who set it, over redirects too; the next attempt begins without it."""
    shop = Shop(failing=frozenset({"/last"}))
    async with serving(shop) as port:
        base = f"http://127.0.0.1:{port}"
        check = chain(
            step("Sign in", f"{base}/sign-in", method="POST"),
            step("Basket", f"{base}/basket"),
            step("Last", f"{base}/last"),
        )
        attempted = await attempt(watching(check, attempts=2))
    assert attempted.failure is not None
    assert attempted.failure.step == "Last"
    assert shop.paths == ["/sign-in", "/welcome", "/basket", "/last"] * 2
    assert ["cookie" in headers for headers in shop.headers] == [False, True, True, True] * 2


async def test_a_cookie_does_not_go_to_another_host() -> None:
    """Whoever else is in the chain has nothing to do with the session."""
    one, other = Shop(), Shop()
    async with serving(one) as first, serving(other, host="127.0.0.2") as second:
        check = chain(
            log_in(first),
            step("Elsewhere", f"http://127.0.0.2:{second}/"),
            step("Basket", f"http://127.0.0.1:{first}/basket"),
        )
        attempted = await seen(check)
    assert attempted.verdict is Verdict.UP
    assert "cookie" not in other.headers[0]


@pytest.mark.parametrize(
    "cookie", ["a=é", "a=\x7f", "a=" + "x" * 9000, "=", ";;;", "a=b; expires=never; domain=127.0.0.1"]
)
async def test_whatever_a_cookie_holds_the_chain_goes_on(cookie: str) -> None:
    """A target's cookie is no reason for our check to fail by itself."""
    async with serving(behaviours.says(answer(headers=(f"set-cookie: {cookie}",)))) as port:
        attempted = await seen(
            chain(step("One", f"http://127.0.0.1:{port}/"), step("Two", f"http://127.0.0.1:{port}/"))
        )
    assert attempted.failure is None or attempted.failure.kind is FailureKind.PROTOCOL


@pytest.mark.parametrize("location", ["/orders/7?full=1", "orders/7?full=1", "HTTP://127.0.0.1:{port}/orders/7?full=1"])
async def test_a_location_is_followed_where_it_stays_with_its_host(location: str) -> None:
    """A value that is all that follows the origin is an address there, as it stands."""
    shop = Shop()
    async with serving(shop) as port:
        shop.location = location.format(port=port)
        base = f"http://127.0.0.1:{port}"
        attempted = await seen(
            chain(
                step("Create", f"{base}/create", method="POST", extract={"there": {"header": "location"}}),
                step("Read", base + "{{ there }}"),
            )
        )
    assert attempted.failure is None
    assert shop.paths == ["/create", "/orders/7?full=1"]


async def test_a_degraded_step_goes_on_and_the_worst_counts() -> None:
    """That the login is slow is known as well as that all else is fine; the whole still has a latency."""
    async with serving(Shop()) as port:
        slow = log_in(port, degraded={"latency": {"gt": 0}})
        attempted = await seen(chain(slow, orders(port)))
        worse = await seen(chain(slow, orders(port, expect={"status": 404})))
    assert attempted.verdict is Verdict.DEGRADED
    assert attempted.failure is not None
    assert attempted.failure.reason.startswith("step 1 “Log in”: latency: ")
    assert attempted.latency_ms == pytest.approx(sum(attempted.steps))
    assert (worse.verdict, worse.failure and worse.failure.step) == (Verdict.DOWN, "List orders")
    assert worse.latency_ms is None
    assert len(worse.steps) == 2


async def test_all_steps_together_may_be_too_slow() -> None:
    """The monitor's own expectation is about the sum."""
    async with serving(Shop()) as port:
        attempted = await seen(chain(log_in(port), orders(port)), expect={"latency": {"lt": 0}})
    assert attempted.failure is not None
    assert attempted.failure.kind is FailureKind.LATENCY
    assert attempted.failure.step is None


async def test_every_step_connects_by_itself() -> None:
    """So that what each takes can be told apart; and each is vetted: no value opens a door."""
    async with serving(Shop()) as port:
        check = chain(log_in(port), step("Metadata", "http://169.254.169.254/{{ token }}"))
        attempted = await seen(check)
    assert attempted.phases.connect is not None
    assert attempted.failure is not None
    assert (attempted.failure.kind, attempted.failure.phase) == (FailureKind.CONNECT, Phase.CONNECT)
    assert attempted.failure.reason.startswith("step 2 “Metadata”: not allowed to connect to 169.254.169.254")
    assert TOKEN not in attempted.failure.reason


def by_port(*make: Any) -> Any:  # noqa: ANN401 - makers of steps, and a maker of checks
    """Return what makes a check of a port."""
    return lambda port: chain(*(each(port) for each in make))


def at(shop: Behaviour) -> Any:  # noqa: ANN401 - as above
    """Return a target."""

    def target() -> AbstractAsyncContextManager[int]:
        return serving(shop)

    return target


def url_step(path: str, **more: Any) -> Any:  # noqa: ANN401 - as above
    """Return what makes a step of a port."""
    return lambda port: step("Next", f"http://127.0.0.1:{port}{path}", **more)


def gives(token: object) -> Any:  # noqa: ANN401 - as above
    """Return a shop whose login gives this token."""
    return at(Shop(token=token))


CASES: dict[str, Case] = {
    "the second step answers 500": Case(
        target=at(Shop(failing=frozenset({"/orders"}))),
        check=by_port(log_in, orders),
        kind=FailureKind.STATUS,
        reason="step 2 “List orders”: status: expected 2xx, got 500",
    ),
    "the login refuses": Case(
        target=at(Shop(failing=frozenset({"/login"}))),
        check=by_port(log_in, orders),
        kind=FailureKind.STATUS,
        reason="step 1 “Log in”: status: expected 2xx, got 500",
    ),
    "the login is well, and gives no token": Case(
        target=at(behaviours.healthy),
        check=by_port(log_in, orders),
        kind=FailureKind.SCHEMA,
        reason="step 1 “Log in”: `$.access_token` not found in its answer",
    ),
    "the login answers with something that is not JSON": Case(
        target=at(behaviours.says(answer(b"<html>"))),
        check=by_port(log_in, orders),
        kind=FailureKind.JSON,
        reason="`$.access_token` not found in its answer: the body is not JSON",
    ),
    "the token is null": Case(
        target=gives(None), check=by_port(log_in, orders), kind=FailureKind.SCHEMA, reason="is null in its answer"
    ),
    "the token is an object": Case(
        target=gives({"a": 1}),
        check=by_port(log_in, orders),
        kind=FailureKind.SCHEMA,
        reason="is an object in its answer",
    ),
    "the token is empty": Case(
        target=gives(""), check=by_port(log_in, orders), kind=FailureKind.SCHEMA, reason="is empty in its answer"
    ),
    "the token is 9,000 characters long": Case(
        target=gives("x" * 9000),
        check=by_port(log_in, orders),
        kind=FailureKind.SCHEMA,
        reason="has more than 8192 characters",
    ),
    "the token holds half of a surrogate pair": Case(
        target=gives("\ud800"),
        check=by_port(log_in, orders),
        kind=FailureKind.SCHEMA,
        reason="half of a surrogate pair",
    ),
    "the token holds a line break": Case(
        target=gives("a\r\nx-evil: 1"),
        check=by_port(log_in, orders),
        kind=FailureKind.SCHEMA,
        reason="step 2 “List orders”: `token` holds a line break or a control character",
    ),
    "the value for a path is `..`": Case(
        target=gives(".."),
        check=by_port(log_in, url_step("/a/{{ token }}/b")),
        kind=FailureKind.SCHEMA,
        reason="step 2 “Next”: a value is `.` or `..`",
    ),
    "the value for an address leads to another host": Case(
        target=gives("//169.254.169.254/latest/meta-data/"),
        check=by_port(log_in, url_step("{{ token }}")),
        kind=FailureKind.SCHEMA,
        reason="step 2 “Next”: `token` does not lead to an address at http://127.0.0.1",
    ),
    "the value for an address hides another host": Case(
        target=gives("\\\\@169.254.169.254/"),
        check=by_port(log_in, url_step("{{ token }}")),
        kind=FailureKind.SCHEMA,
        reason="`token` does not lead to an address at",
    ),
    "the third step hangs": Case(
        target=at(Shop(hanging=frozenset({"/slow"}))),
        check=by_port(log_in, orders, url_step("/slow")),
        kind=FailureKind.TIMEOUT,
        phase=Phase.FIRST_BYTE,
        timeout=0.5,
        reason="step 3 “Next”: the 0.5 s for all steps ran out, waiting for the first byte",
    ),
    "a step hangs that has a time of its own": Case(
        target=at(Shop(hanging=frozenset({"/slow"}))),
        check=by_port(log_in, url_step("/slow", timeout=0.2)),
        kind=FailureKind.TIMEOUT,
        phase=Phase.FIRST_BYTE,
        reason="step 2 “Next”: timed out after 0.2 s, waiting for the first byte",
    ),
    "the header to take is not there": Case(
        target=at(behaviours.healthy),
        check=by_port(url_step("/", extract={"there": {"header": "location"}}), url_step("{{ there }}")),
        kind=FailureKind.HEADER,
        reason="header `location` not found in its answer",
    ),
    "the second step is redirected to instance metadata": Case(
        target=at(behaviours.says(answer(b"", status="302 Found", headers=("location: http://169.254.169.254/",)))),
        check=by_port(url_step("/", redirects=0, expect={"status": 302}), url_step("/")),
        kind=FailureKind.CONNECT,
        phase=Phase.CONNECT,
        reason="step 2 “Next”: not allowed to connect to 169.254.169.254",
    ),
    "every step is well": Case(target=at(Shop()), check=by_port(log_in, orders), verdict=Verdict.UP),
}


@pytest.mark.parametrize("title", CASES)
async def test_each_bad_target_gives_its_own_result(title: str) -> None:
    """The step that failed, and why; what comes after it is not reached."""
    await assert_case(CASES[title])


class Vault:
    """Secrets of a test."""

    def read(self, secrets: Any) -> dict[Secret, str | Unreadable]:  # noqa: ANN401 - as the protocol has it
        """Return what each is."""
        return dict.fromkeys(secrets, "pa{{ token }}ss")


async def test_nothing_that_was_extracted_is_stored_or_logged() -> None:
    """A target that quotes the token, the cookie and the credentials finds them masked in the run."""
    shop = Shop()
    async with serving(shop) as port:
        monitor = watching(
            chain(
                log_in(
                    port,
                    has_json=True,
                    json={"password": "secret:acme/password"},
                    extract={"token": "$.access_token", "id": "$.user.id"},
                ),
                step(
                    "Echo",
                    f"http://127.0.0.1:{port}/echo",
                    auth=("basic", "user-{{ id }}", "{{ token }}"),
                    headers={"x-token": "t {{ token }}"},
                    expect={"body": {"contains": "nothing of this"}},
                ),
            )
        )
        run = await probe_shard(
            (monitor,),
            shard="s",
            at=NOON,
            region="here",
            deadline=5,
            tools=tools(),
            secrets=Vault(),
            store=MemoryStore(),
            troubles=lambda *_: None,
        )
    assert shop.bodies[0] == b'{"password":"pa{{ token }}ss"}', "what looks like a value inside a secret is none"
    stored = decode_run(encode_run(run))
    result = stored.results["m"]
    assert result.failure is not None
    assert "***" in result.failure.reason
    assert result.failure.step == "Echo"
    assert len(result.last.steps) == 2
    written = repr(stored) + repr(list(failing_lines(run)))
    for private in (TOKEN, TOKEN[:8], SESSION, "pa{{", "dXNlci03"):
        assert private not in written


async def test_a_token_in_the_reason_of_its_own_step_is_masked() -> None:
    """An answer that is not as it should be is quoted, and the token is in it."""
    async with serving(Shop()) as port:
        attempted = await seen(chain(log_in(port, expect={"json": {"$.access_token": "other"}}), orders(port)))
    assert attempted.failure is not None
    assert attempted.failure.reason == 'step 1 “Log in”: $.access_token: expected "other", got "***"'


async def test_a_step_that_cannot_be_sent_for_a_reason_of_ours_is_unmade() -> None:
    """No outage of anybody."""
    check = chain(step("One", "https://127.0.0.1:1/", client_certificate="no PEM"))
    with pytest.raises(UnmadeError):
        await seen(check)
