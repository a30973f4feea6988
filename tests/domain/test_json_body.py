"""Bodies as JSON."""

import pytest

from functions.domain.json_body import MAX_DEPTH, BodyError, parse_body


@pytest.mark.parametrize(
    ("body", "document"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b" \r\n\t[1.5, null] \n", [1.5, None]),
        (b'"\\ud800"', "\ud800"),
        (b"3", 3),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
        (b'["' + b"[" * 500 + b'"]', ["[" * 500]),
    ],
)
def test_json_is_read(body: bytes, document: object) -> None:
    """Duplicate names, a byte order mark, any value at the top; brackets in strings are not depth."""
    parsed = parse_body(body)
    assert document is None or parsed == document


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "is empty, not JSON"),
        (b" \n ", "is empty, not JSON"),
        (b"<!doctype html>\n<html>", 'is not JSON (line 1, column 1): "<!doctype html>\\n<html>"'),
        (b"{'a': 1}", "is not JSON (line 1, column 2)"),
        (b'{"a": 1}x', "is not JSON (line 1, column 9)"),
        (b"[NaN]", "NaN is no JSON number"),
        (b"[-Infinity]", "-Infinity is no JSON number"),
        (b"1" * 5000, "a number is too long"),
        (b'{"a": "\xc3\x28"}', "broken UTF-8 at byte 7"),
        (b'"a\nb"', "is not JSON (line 1, column 3)"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "nested more than 100 deep"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested more than 100 deep"),
        (b"[" * 1_000_000, "nested more than 100 deep"),
    ],
)
def test_what_is_not_json_says_why(body: bytes, reason: str) -> None:
    """Whatever was sent, there is a reason and no crash."""
    with pytest.raises(BodyError) as caught:
        parse_body(body)
    assert reason in str(caught.value)


def test_a_cut_body_says_that_it_was_cut() -> None:
    """Even if what is left happens to be JSON."""
    with pytest.raises(BodyError, match="was cut after 2 bytes"):
        parse_body(b"12", complete=False)
