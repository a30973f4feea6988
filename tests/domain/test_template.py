"""What an answer held, filled into a request: always data, whatever it says."""

import json
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.template import (
    FillError,
    fill,
    fill_header,
    fill_json,
    fill_url,
    flaws_in,
    literally,
    names_in,
    origin_of,
    stand_in,
)

texts = st.text(max_size=60)
values = texts | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
URL = "https://a.example:8443/x/{{ v }}/y?q={{v}}"


@given(texts)
def test_whatever_is_literal_stays(text: str) -> None:
    """What a secret holds is not looked at, even where it looks like a value."""
    assert fill(literally(text), {"v": "no"}) == text


@given(values)
def test_a_value_in_json_cannot_change_the_document(value: str | float) -> None:
    """A text that is nothing but the reference becomes the value itself, any other holds it."""
    document = fill_json({"a": "{{ v }}", "b": ["<{{ v }}>", 1, None]}, {"v": value})
    written = json.loads(json.dumps(document))
    assert written == {"a": value, "b": [f"<{value if isinstance(value, str) else json.dumps(value)}>", 1, None]}


@given(texts.filter(lambda text: text not in (".", "..")))
def test_a_value_in_an_address_stays_in_its_place(value: str) -> None:
    """Neither the host nor the number of segments nor the parameters change."""
    parts = urlsplit(fill_url(URL, {"v": value}))
    assert (parts.scheme, parts.netloc) == ("https", "a.example:8443")
    assert [unquote(segment) for segment in parts.path.split("/")] == ["", "x", value, "y"]
    assert parts.query.startswith("q=")
    assert unquote(parts.query[2:]) == value
    assert "&" not in parts.query


@given(st.text(st.sampled_from("/\\@:?#.a%2ehttps \t\r\n[]"), max_size=20) | texts)
def test_a_value_that_is_an_address_stays_with_the_host(value: str) -> None:
    """It is followed where it leads to the same origin, and refused else."""
    try:
        filled = fill_url("https://a.example{{ v }}", {"v": value})
    except FillError:
        return
    assert filled.startswith("https://a.example/")
    assert urlsplit(filled).netloc == "a.example"


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("/orders/7?full=1", "https://a.example/orders/7?full=1"),
        ("orders/7", "https://a.example/orders/7"),
        ("https://a.example/b#c", "https://a.example/b"),
        ("https://A.EXAMPLE:443/b", "https://a.example/b"),
        ("?page=2", "https://a.example/?page=2"),
        ("/a/../b", "https://a.example/b"),
        ("http://a.example/b", None),
        ("https://b.example/", None),
        ("https://a.example:444/", None),
        ("https://user@a.example/", None),
        ("//b.example/", None),
        ("https://[::1", None),
        ("/\\b.example", None),
        ("/a b", None),
        ("file:///etc/passwd", None),
    ],
)
def test_an_address_is_followed_or_refused(value: str, filled: str | None) -> None:
    """As a `Location` is, but never to another host."""
    if filled is None:
        with pytest.raises(FillError, match=r"`v` does not lead to an address at https://a\.example"):
            fill_url("https://a.example{{ v }}", {"v": value})
    else:
        assert fill_url("https://a.example{{ v }}", {"v": value}) == filled


@pytest.mark.parametrize("value", [".", ".."])
@pytest.mark.parametrize("url", ["https://a.example/x/{{ v }}", "https://a.example/{{ v }}/x"])
def test_a_value_does_not_climb_in_a_path(value: str, url: str) -> None:
    """`..` needs no character that could be encoded away."""
    with pytest.raises(FillError):
        fill_url(url, {"v": value})


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "a\0b", "\x7f", "a\tb"])
def test_a_header_holds_no_control_character(value: str) -> None:
    """What would begin a header of its own is refused, and not quoted."""
    with pytest.raises(FillError, match=r"^`v` holds a line break or a control character"):
        fill_header("Bearer {{ v }}", {"v": value})


@pytest.mark.parametrize(
    ("text", "names", "flaws"),
    [
        ("a {{ b }} {{c}} {{ _d1 }}", ["b", "c", "_d1"], []),
        ("{{{{ b }}", [], []),
        ("{{ a-b }} {{}} {{ 1 }}", [], ["{{ a-b }}", "{{}}", "{{ 1 }}"]),
        ("{{ a", [], ["{{"]),
        ("${A} secret:a {a} }} $.a", [], []),
        ("${{ a }}", ["a"], []),
    ],
)
def test_what_refers_to_a_value_is_told_from_what_does_not(text: str, names: list[str], flaws: list[str]) -> None:
    """Variables and secrets are written otherwise, and single braces mean nothing."""
    assert list(names_in(text)) == names
    assert list(flaws_in(text)) == flaws


@pytest.mark.parametrize(
    ("url", "origin", "form"),
    [
        ("https://a.example/{{ v }}", "https://a.example", "https://a.example/x"),
        ("https://a.example{{ v }}", "https://a.example", "https://a.example/x"),
        ("https://a.example?q={{ v }}", "https://a.example", "https://a.example?q=x"),
        ("https://{{ v }}/", None, "https://x/"),
        ("https://a.{{ v }}/", None, "https://a.x/"),
        ("https://a.example{{ v }}/b", None, "https://a.examplex/b"),
        ("https://a.example:{{ v }}/", None, "https://a.example:x/"),
        ("{{ v }}", None, "x"),
    ],
)
def test_the_host_has_to_be_plain(url: str, origin: str | None, form: str) -> None:
    """Where a request goes is decided by who writes the file."""
    assert origin_of(url) == origin
    assert stand_in(url) == form
