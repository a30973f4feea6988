"""What is wrong with `expect` and `degraded`: operators, operands, units, paths."""

import pytest

from tests.configuration.texts import Expected, assert_problems, expect

EXPECT = (
    ("unknown", expect("state: 200"), ((6, 7, "monitors[0].expect.state", 'unknown key "state"', "status"),)),
    ("status text", expect("status: '200'"), ((6, 15, "monitors[0].expect.status", 'found "200" (text)', "200"),)),
    ("status class", expect("status: 2x"), ((6, 15, "monitors[0].expect.status", 'found "2x" (text)', "2xx"),)),
    ("status range", expect("status: 99"), ((6, 15, "monitors[0].expect.status", "found 99 (a number)", None),)),
    (
        "status list",
        expect("status: [200, 20x]"),
        ((6, 21, "monitors[0].expect.status[1]", 'found "20x" (text)', None),),
    ),
    ("status empty list", expect("status: []"), ((6, 15, "monitors[0].expect.status", "found an empty list", None),)),
    (
        "status class order",
        expect("status: {lt: 5xx}"),
        ((6, 20, "monitors[0].expect.status.lt", 'found "5xx" (text)', None),),
    ),
    (
        "status op",
        expect("status: {matches: '2..'}"),
        ((6, 16, "monitors[0].expect.status.matches", "`matches` cannot be asked of the status", None),),
    ),
    ("status empty", expect("status: {}"), ((6, 15, "monitors[0].expect.status", "found an empty mapping", None),)),
    (
        "json op",
        expect("json: {$.a: {equals: 1}}"),
        ((6, 20, 'monitors[0].expect.json["$.a"].equals', 'unknown operator "equals"', "eq"),),
    ),
    (
        "json regex",
        expect("json: {$.a: {matches: '('}}"),
        ((6, 29, 'monitors[0].expect.json["$.a"].matches', '"(" (text) is no regular expression: missing ),', None),),
    ),
    (
        "json type",
        expect("json: {$.a: {type: int}}"),
        ((6, 26, 'monitors[0].expect.json["$.a"].type', 'found "int" (text)', "integer"),),
    ),
    (
        "json length",
        expect("json: {$.a: {length: -1}}"),
        ((6, 28, 'monitors[0].expect.json["$.a"].length', "found -1 (a number)", None),),
    ),
    (
        "json length unit",
        expect("json: {$.a: {length: 1kB}}"),
        ((6, 28, 'monitors[0].expect.json["$.a"].length', 'found "1kB" (text)', None),),
    ),
    (
        "json nested",
        expect("json: {$.a: {each: {any: {lessthan: 1}}}}"),
        ((6, 33, 'monitors[0].expect.json["$.a"].each.any.lessthan', 'unknown operator "lessthan"', "lt"),),
    ),
    (
        "json exists",
        expect("json: {$.a: {exists: 'yes'}}"),
        ((6, 28, 'monitors[0].expect.json["$.a"].exists', 'found "yes" (text)', None),),
    ),
    (
        "json in",
        expect("json: {$.a: {in: a}}"),
        ((6, 24, 'monitors[0].expect.json["$.a"].in', 'found "a" (text)', None),),
    ),
    (
        "json lt",
        expect("json: {$.a: {lt: [1]}}"),
        ((6, 24, 'monitors[0].expect.json["$.a"].lt', "found a list", None),),
    ),
    (
        "json starts",
        expect("json: {$.a: {starts_with: 1}}"),
        ((6, 33, 'monitors[0].expect.json["$.a"].starts_with', "found 1 (a number)", None),),
    ),
    (
        "json path",
        expect("json: {'$.a[': 1}"),
        ((6, 14, 'monitors[0].expect.json["$.a["]', 'the JSON path "$.a[": is not a JSON path: unbalanced', None),),
    ),
    (
        "json no dollar",
        expect("json: {status: ok}"),
        (
            (
                6,
                14,
                "monitors[0].expect.json.status",
                "the JSON path \"status\": is not a JSON path: expected '$',",
                "$.status",
            ),
        ),
    ),
    ("json list", expect("json: [a]"), ((6, 13, "monitors[0].expect.json", "found a list", None),)),
    ("json empty", expect("json: {}"), ((6, 13, "monitors[0].expect.json", "found an empty mapping", None),)),
    (
        "json of several",
        expect("json: {'$.a[*].b': ok, '$..c': {each: 1}}"),
        (
            (
                6,
                26,
                'monitors[0].expect.json["$.a[*].b"]',
                "this path may match several values, which are judged as a",
                None,
            ),
        ),
    ),
    (
        "json in",
        expect("json: {$.a: {in: []}}"),
        ((6, 24, 'monitors[0].expect.json["$.a"].in', "found an empty list", None),),
    ),
    (
        "nothing",
        expect("{}"),
        ((6, 7, "monitors[0].expect", "found an empty mapping, which every answer meets", None),),
    ),
    (
        "header",
        expect("headers: {content-length: 5}"),
        (
            (
                6,
                33,
                "monitors[0].expect.headers.content-length",
                "found 5 (a number), but what is looked at is text",
                '"5"',
            ),
        ),
    ),
    (
        "header name",
        expect("headers: {'a:': b}"),
        ((6, 17, 'monitors[0].expect.headers["a:"]', '"a:" is no header name', None),),
    ),
    (
        "header op",
        expect("headers: {a: {lt: b}}"),
        ((6, 21, "monitors[0].expect.headers.a.lt", "`lt` cannot be asked of a header", None),),
    ),
    (
        "header exists",
        expect("headers: {a: {exists: 1}}"),
        ((6, 29, "monitors[0].expect.headers.a.exists", "found 1 (a number)", None),),
    ),
    (
        "body",
        expect("body: {length: {lt: 10kb}}"),
        ((6, 27, "monitors[0].expect.body.length.lt", 'found "10kb" (text), whose unit is not known', "10kB"),),
    ),
    (
        "body number",
        expect("body: 5"),
        ((6, 13, "monitors[0].expect.body", "found 5 (a number), but what is looked at is text", '"5"'),),
    ),
    (
        "body op",
        expect("body: {exists: true}"),
        ((6, 14, "monitors[0].expect.body.exists", "`exists` cannot be asked of the body", None),),
    ),
    (
        "latency bare",
        expect("latency: 2s"),
        (
            (
                6,
                16,
                "monitors[0].expect.latency",
                'found "2s" (text), but the latency is never exactly that',
                "{lt: 2s}",
            ),
        ),
    ),
    (
        "latency number",
        expect("latency: {lt: 800}"),
        ((6, 21, "monitors[0].expect.latency.lt", "found 800 (a number), without a unit", "800ms"),),
    ),
    (
        "latency small",
        expect("latency: {lt: 2}"),
        ((6, 21, "monitors[0].expect.latency.lt", "found 2 (a number), without a unit", "2s"),),
    ),
    (
        "latency eq",
        expect("latency: {eq: 2s}"),
        ((6, 17, "monitors[0].expect.latency.eq", "`eq` cannot be asked of the latency", None),),
    ),
    (
        "latency text",
        expect("latency: {lt: fast}"),
        ((6, 21, "monitors[0].expect.latency.lt", 'found "fast" (text)', None),),
    ),
    (
        "certificate",
        expect("certificate: {expires: {gt: 14d}}"),
        (
            (6, 20, "monitors[0].expect.certificate", "the key `expires_in` is missing", None),
            (6, 21, "monitors[0].expect.certificate.expires", 'unknown key "expires"', "expires_in"),
        ),
    ),
    (
        "certificate bare",
        expect("certificate: {expires_in: 14d}"),
        (
            (
                6,
                33,
                "monitors[0].expect.certificate.expires_in",
                'found "14d" (text), but the time until it expires is never',
                "{gt: 14d}",
            ),
        ),
    ),
    (
        "certificate number",
        expect("certificate: {expires_in: {gt: 14}}"),
        ((6, 38, "monitors[0].expect.certificate.expires_in.gt", "found 14 (a number), without a unit", "14d"),),
    ),
    (
        "certificate none",
        expect("certificate: {}"),
        ((6, 20, "monitors[0].expect.certificate", "the key `expires_in` is missing", None),),
    ),
)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in (*EXPECT,)])
def test_every_problem_is_told_with_its_place(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, path, what is wrong, and the nearest known word."""
    assert_problems(text, expected)
