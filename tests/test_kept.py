"""What was made of a thing is kept for that very thing."""

import pytest

from functions.kept import MOST, Kept


def test_a_thing_that_comes_back_brings_what_was_made_of_it() -> None:
    """It is made once, and again for an equal thing that is another."""
    made: list[list[int]] = []

    def make(thing: list[int]) -> int:
        made.append(thing)
        return sum(thing)

    kept = Kept(make)
    one, other = [1, 2], [1, 2]
    assert [kept(one), kept(one), kept(other), kept(other)] == [3, 3, 3, 3]
    assert [id(thing) for thing in made] == [id(one), id(other)]


def test_what_cannot_be_made_is_tried_again() -> None:
    """An error is nobody's to keep."""
    attempts: list[object] = []

    def make(thing: object) -> str:
        attempts.append(thing)
        if len(attempts) == 1:
            raise ValueError("not yet")
        return "made"

    kept = Kept(make)
    thing = object()
    with pytest.raises(ValueError, match="not yet"):
        kept(thing)
    assert kept(thing) == "made"


def test_things_that_do_not_come_back_do_not_pile_up() -> None:
    """However many there were, what is kept is bounded; and none is taken for one that had its place in memory."""

    def first(thing: list[int]) -> int:
        return thing[0]

    kept = Kept(first)
    assert [kept([number]) for number in range(3 * MOST)] == list(range(3 * MOST))
    assert len(kept) <= MOST
