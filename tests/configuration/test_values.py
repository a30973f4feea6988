"""Scalars of YAML 1.2, durations and sizes."""

import pytest

from configuration.nearest import nearest
from configuration.scalar import Scalar, plain_scalar
from configuration.units import UnitError, duration, size, spell
from tests.configuration.texts import compiled, deployed, http, request_of, top


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(text, None) for text in ("", "~", "null", "Null", "NULL")],
        *[(text, True) for text in ("true", "True", "TRUE")],
        *[(text, False) for text in ("false", "False", "FALSE")],
        *[(text, text) for text in ("yes", "no", "on", "off", "y", "nULL", "tRUE")],
        *[("0", 0), ("12", 12), ("-7", -7), ("+7", 7), ("012", 12), ("0o14", 12), ("0xC", 12)],
        *[(text, text) for text in ("1_000", "12:30", "2026-11-22", "0b1", "60s", "1.2.3", "0x", "9" * 41)],
        *[("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("-1e3", -1000.0), ("1E-2", 0.01)],
        *[(text, text) for text in (".inf", "-.inf", ".nan", "1e999")],
    ],
)
def test_a_plain_scalar_is_what_the_core_schema_says(text: str, value: Scalar) -> None:
    """`on` is a word, `012` is twelve, and a date is text."""
    found = plain_scalar(text)
    assert (found, type(found)) == (value, type(value))


def test_quotes_and_blocks_make_text_of_anything() -> None:
    """`"200"` is not `200`."""
    request = request_of(compiled(http("method: POST\n      json: {a: '1', b: \"true\", c: !!str 5, d: 1, e: yes}")))
    assert request.json == {"a": "1", "b": "true", "c": "5", "d": 1, "e": "yes"}


def test_escapes_as_in_json_are_characters() -> None:
    """JSON is YAML, and writes what is beyond the basic plane as two escapes."""
    text = http(r'headers: {a: "\u00e9"}') + r'    name: "\ud83d\ude00"'
    assert deployed(compiled(text)).monitors["x"].name == "\U0001f600"


def test_merge_keys_bring_in_what_is_not_said() -> None:
    """Anchors and `<<` save repeating; what a mapping says itself wins, then the first of a list."""
    text = """page: {id: a, title: A}
monitors:
  - &first
    id: a
    timeout: 5s
    http: &target {url: 'https://x.example', headers: {a: b}}
  - <<: *first
    id: b
    http:
      <<: [{method: HEAD}, *target, {method: PUT}]
      url: https://y.example
  - {<<: *first, id: c, timeout: 6s}
"""
    configuration = compiled(text)
    b, c = request_of(configuration, "b"), request_of(configuration, "c")
    assert (b.url, b.method, b.headers) == ("https://y.example", "HEAD", {"a": "b"})
    assert c.url == "https://x.example"
    assert [deployed(configuration).monitors[name].timeout for name in "bc"] == [5.0, 6.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("500ms", 0.5),
        ("2s", 2),
        ("1.5s", 1.5),
        ("5m", 300),
        ("1h", 3600),
        ("14d", 1209600),
        ("2w", 1209600),
        ("3 s", 3),
    ],
)
def test_a_duration_is_a_number_with_a_unit(text: str, seconds: float) -> None:
    """In seconds."""
    assert duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        *[(5, "5s"), (0.5, "0.5s"), ("5", "5s"), (-1, None), (True, None), (None, None), ("", None), ("5x", None)],
        *[
            ("5S", "5s"),
            ("5 min", "5m"),
            ("2hours", "2h"),
            ("3days", "3d"),
            ("1week", "1w"),
            ("-5s", None),
            ("1h30m", None),
        ],
    ],
)
def test_what_is_no_duration_is_told_what_was_meant(value: object, suggestion: str | None) -> None:
    """A bare number says nothing of its unit."""
    with pytest.raises(UnitError) as caught:
        duration(value)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("value", "count"),
    [(0, 0), (5, 5), ("5B", 5), ("10kB", 10_000), ("1MiB", 1_048_576), ("1.5 KiB", 1536), ("2GB", 2 * 10**9)],
)
def test_a_size_is_in_bytes(value: object, count: int) -> None:
    """Decimal and binary units are different things."""
    assert size(value) == count


@pytest.mark.parametrize(
    ("value", "suggestion"), [("10kb", "10kB"), ("1mib", "1MiB"), ("5bytes", "5B"), (-1, None), (1.5, "1.5B")]
)
def test_what_is_no_size_is_told_what_was_meant(value: object, suggestion: str | None) -> None:
    """Units are written as the standards have them."""
    with pytest.raises(UnitError) as caught:
        size(value)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (0.25, "250ms"), (1.5, "1.5s"), (60, "1m"), (90, "90s"), (7200, "2h"), (86400, "1d")],
)
def test_a_duration_is_spelt_in_the_largest_unit_that_fits(seconds: float, text: str) -> None:
    """As a person would write it."""
    assert spell(seconds) == text


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("intervall", "interval"),
        ("INTERVAL", "interval"),
        ("time-out", "timeout"),
        ("atempts", "attempts"),
        ("url", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_found_and_no_other(word: str, near: str | None) -> None:
    """A suggestion that is far off only confuses."""
    assert nearest(word, ["interval", "timeout", "attempts", "attempt_gap"]) == near


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", None), ("canary: false", ""), ("canary: {url: 'https://c.example/'}", "https://c.example/")],
)
def test_the_canary_is_the_default_one_none_or_a_url(text: str, expected: str | None) -> None:
    """As the functions read it."""
    assert deployed(compiled(top(text))).canary == expected
