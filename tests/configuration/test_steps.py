"""Steps: what arrives of them, and what is wrong with them."""

import json

import pytest

from functions.domain.checks.http import HttpRequest
from functions.domain.checks.steps import Step, Steps
from functions.domain.expectation import Expectations
from functions.domain.extraction import Extraction
from tests.configuration.texts import HEAD, Expected, assert_problems, compiled, deployed

LOG_IN = "{name: In, url: 'https://x.example/in', extract: {token: $.t}}"
USE = "{name: Use, url: 'https://x.example/{{ token }}'}"


def steps(*lines: str, more: str = "") -> str:
    """Return a file whose monitor has these steps, the first in line 5 and column 9."""
    return f"{HEAD}monitors:\n  - id: x\n    steps:\n" + "".join(f"      - {line}\n" for line in lines) + more


def test_every_part_of_a_step_arrives() -> None:
    """The request apart from what is made of its answer."""
    first = {
        "name": "Log in",
        "url": "https://x.example/in",
        "method": "POST",
        "json": {"password": "secret:acme/password"},
        "auth": {"basic": {"user": "a", "password": "secret:acme/basic"}},
        "expect": {"status": 201, "json": {"$.a": {"gt": 1}}},
        "degraded": {"latency": {"gt": "2s"}},
        "extract": {"token": "$.access_token", "there": {"header": "Location"}},
        "timeout": "3s",
    }
    second = {"name": "Use", "url": "https://x.example{{ there }}", "auth": {"bearer": "{{ token }}"}}
    configuration = compiled(steps(json.dumps(first), json.dumps(second), more="    expect: {latency: {lt: 4s}}\n"))
    assert configuration.warnings == ()
    assert {secret.name for secret in configuration.deployment.secrets} == {"acme/password", "acme/basic"}
    assert deployed(configuration).monitors["x"].check == Steps(
        steps=(
            Step(
                name="Log in",
                request=HttpRequest(
                    url="https://x.example/in",
                    method="POST",
                    json={"password": "secret:acme/password"},
                    has_json=True,
                    auth=("basic", "a", "secret:acme/basic"),
                ),
                expectations=Expectations.decode(
                    {"status": {"eq": 201}, "json": {"$.a": {"gt": 1}}}, {"latency": {"gt": 2000}}
                ),
                extract=(
                    Extraction(name="token", path="$.access_token"),
                    Extraction(name="there", header="location"),
                ),
                timeout=3.0,
            ),
            Step(
                name="Use",
                request=HttpRequest(url="https://x.example{{ there }}", auth=("bearer", "{{ token }}")),
                expectations=Expectations(),
            ),
        )
    )


AT = "monitors[0].steps"
PROBLEMS: tuple[tuple[str, tuple[Expected, ...]], ...] = (
    (f"{HEAD}monitors: [{{id: x, steps: []}}]", ((2, 27, AT, "found an empty list; at least one entry is", None),)),
    (
        steps(*(f"{{name: S{n}, url: 'https://x.example'}}" for n in range(11))),
        ((5, 7, AT, "found a list; at most 10 entries are allowed", None),),
    ),
    (steps("{url: 'https://x.example'}"), ((5, 9, f"{AT}[0]", "the key `name` is missing", None),)),
    (
        steps("{name: A, url: 'https://x.example', methd: POST}"),
        ((5, 45, f"{AT}[0].methd", 'unknown key "methd"; allowed here: `url`, `method`', "method"),),
    ),
    (
        steps(LOG_IN, "{name: Use, url: 'https://x.example/{{ tokn }}'}"),
        ((6, 26, f"{AT}[1].url", "`{{ tokn }}` is the name of no value; there are `token`", "token"),),
    ),
    (
        steps(USE, LOG_IN),
        ((5, 26, f"{AT}[0].url", "is not known yet: step 2 extracts it, and this is step 1", None),),
    ),
    (
        steps("{name: A, url: 'https://x.example/{{ a }}', extract: {a: $.a}}"),
        ((5, 24, f"{AT}[0].url", "is not known yet: step 1 extracts it, and this is step 1", None),),
    ),
    (
        steps(USE),
        ((5, 26, f"{AT}[0].url", "`{{ token }}` is the name of no value; no step extracts any", None),),
    ),
    (
        steps(LOG_IN, "{name: B, url: 'https://x.example', headers: {x-a: '{{ to-ken }}'}}"),
        ((6, 60, f"{AT}[1].headers.x-a", '"{{ to-ken }}" is no reference to a value; a value is written', None),),
    ),
    (
        steps(LOG_IN, "{name: B, url: 'https://x.example', query: {'{{ token }}': a}}"),
        ((6, 53, f'{AT}[1].query["{{{{ token }}}}"]', "values are filled into values, never into keys", None),),
    ),
    (
        steps(LOG_IN, LOG_IN.replace("In,", "In2,"), USE),
        ((6, 60, f"{AT}[1].extract.token", "`token` is extracted by step 1 already", None),),
    ),
    (
        steps(LOG_IN, "{name: In, url: 'https://x.example/{{ token }}'}"),
        ((6, 16, f"{AT}[1].name", 'the name "In" is taken by step 1', None),),
    ),
    (
        steps(LOG_IN.replace("$.t}", "t}"), USE),
        ((5, 66, f"{AT}[0].extract.token", 'the JSON path "t": is not a JSON path', "$.t"),),
    ),
    (
        steps(LOG_IN.replace("$.t}", "'$.t[*]'}"), USE),
        ((5, 66, f"{AT}[0].extract.token", 'the JSON path "$.t[*]" may match several values; name one', None),),
    ),
    (
        steps(LOG_IN.replace("$.t}", "{headr: a}}"), USE),
        ((5, 66, f"{AT}[0].extract.token", "found a mapping; allowed: a JSON path", None),),
    ),
    (
        steps("{name: In, url: 'https://x.example', extract: {to-ken: $.t}}"),
        ((5, 56, f"{AT}[0].extract.to-ken", '"to-ken" is no name of a value', None),),
    ),
    (
        steps(LOG_IN, "{name: B, url: 'https://{{ token }}/a'}"),
        ((6, 24, f"{AT}[1].url", "scheme, host and port stand in the file", None),),
    ),
    (
        steps(LOG_IN, "{name: B, url: 'https://x.example{{ token }}.evil.example/'}"),
        ((6, 24, f"{AT}[1].url", "scheme, host and port stand in the file", None),),
    ),
    (
        steps(LOG_IN, "{name: B, url: 'http://169.254.169.254/{{ token }}'}"),
        ((6, 24, f"{AT}[1].url", "169.254.169.254 is a link-local address", None),),
    ),
    (
        steps("{name: B, url: 'https://x.example', text: a}"),
        ((5, 45, f"{AT}[0].text", "a body needs a method that is named", None),),
    ),
    (
        steps("{name: secret:acme/name, url: 'https://x.example'}"),
        ((5, 16, f"{AT}[0].name", "the name of a step is public; it holds no secret", None),),
    ),
    (
        steps("{name: B, url: 'https://x.example', timeout: 11s}"),
        ((5, 54, f"{AT}[0].timeout", "a step has at most the time of all steps together, which is 10s", None),),
    ),
    (
        steps("{name: B, url: 'https://x.example', expect: {answers: a}}"),
        ((5, 54, f"{AT}[0].expect.answers", "a http check has no `answers`", None),),
    ),
    (
        steps("{name: B, url: 'https://x.example'}", more="    expect: {status: 200}\n"),
        (
            (
                6,
                14,
                "monitors[0].expect.status",
                "a steps check has no `status`; what can be asked of it: `latency`",
                None,
            ),
        ),
    ),
    (
        steps("{name: B, url: 'https://x.example'}", more="    http: {url: 'https://x.example'}\n"),
        ((6, 5, "monitors[0].http", "a monitor has one kind of check, but `steps`, `http` are there", None),),
    ),
)


@pytest.mark.parametrize(("text", "expected"), PROBLEMS)
def test_what_is_wrong_with_a_step_is_told(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, key, words and the nearest known word."""
    assert_problems(text, expected)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        (steps(LOG_IN), f"{AT}[0].extract.token", "no later step uses `token`"),
        (
            steps(LOG_IN, USE.replace("}'", "}', expect: {status: 2xx, body: '{{ token }}'}")),
            f"{AT}[1].expect.body",
            "values are filled into requests only",
        ),
        (
            steps("{name: B, url: 'https://x.example', expect: {body: a}}"),
            f"{AT}[0].expect",
            "nothing is said of the status",
        ),
        (
            steps("{name: B, url: 'https://x.example', auth: {bearer: abc}}"),
            f"{AT}[0].auth.bearer",
            "this looks like a credential in plain text",
        ),
    ],
)
def test_what_is_probably_not_meant_is_warned_of(text: str, path: str, message: str) -> None:
    """Allowed, and told."""
    [warning] = compiled(text).warnings
    assert warning.path == path
    assert message in warning.message
