"""What was made of a thing, kept for as long as the same thing comes back: a shard's checks do so every minute."""

from collections.abc import Callable
from typing import Generic, TypeVar

MOST = 512
"""Things at once, which is more than a shard has; with one more, all are forgotten."""

Thing = TypeVar("Thing")
Made = TypeVar("Made")


class Kept(Generic[Thing, Made]):
    """Makes one `Made` of each thing, told apart by identity: a check holds mappings, and has no hash.

    What is kept holds its thing as well, so that no other can come by its identity meanwhile.
    """

    def __init__(self, make: Callable[[Thing], Made]) -> None:
        self._make = make
        self._kept: dict[int, tuple[Thing, Made]] = {}

    def __call__(self, thing: Thing) -> Made:
        """Return what was made of this very thing; raises what making it does, and then keeps nothing."""
        known = self._kept.get(id(thing))
        if known is not None and known[0] is thing:
            return known[1]
        made = self._make(thing)
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[id(thing)] = thing, made
        return made

    def __len__(self) -> int:
        return len(self._kept)
