"""Ids of groups: safe in addresses, different, and always the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.group_id import group_ids


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Core", "core"),
        ("Core API", "core-api"),
        ("eu-west", "eu-west"),
        ("Zahlungen & Co", r"zahlungen-co-[0-9a-f]{8}"),
        ("Café", r"cafe-[0-9a-f]{8}"),
        ("決済", r"[0-9a-f]{8}"),
        ("../../etc/passwd", r"etc-passwd-[0-9a-f]{8}"),
        ("<b>", r"b-[0-9a-f]{8}"),
        ("a" * 120, r"a{41}-[0-9a-f]{8}"),
        ("", r"[0-9a-f]{8}"),
    ],
)
def test_a_name_becomes_an_id(name: str, expected: str) -> None:
    """What is plain stays readable; what would lose something has a digest of the name behind it."""
    assert re.fullmatch(expected, group_ids([name])[name])


def test_names_that_look_alike_keep_apart() -> None:
    """The first has the plain id, others a digest."""
    ids = group_ids(["Core API", "core api", "core-api"])
    assert ids["Core API"] == "core-api"
    assert len(set(ids.values())) == 3


@given(st.lists(st.text(max_size=40), unique=True, max_size=6))
def test_ids_are_safe_and_different(names: list[str]) -> None:
    """Whatever people call their groups."""
    ids = group_ids(names)
    assert len(set(ids.values())) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?", group_id) for group_id in ids.values())


@given(st.lists(st.text(max_size=20), unique=True, min_size=1, max_size=5))
def test_an_id_stays_when_other_groups_come(names: list[str]) -> None:
    """Those that come later change no address."""
    assert group_ids(names).items() >= group_ids(names[:-1]).items()
