"""Several wishes, one request."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from functions.adapters.gathering import Gathering


class Shop:
    """Answers each word with its length, and remembers what it was asked at once."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.asked: list[list[str]] = []
        self._trouble = trouble

    def ask(self, words: Collection[str]) -> Mapping[str, int]:
        """Return the lengths."""
        self.asked.append(sorted(words))
        if self._trouble is not None:
            raise self._trouble
        return {word: len(word) for word in words}


async def test_what_is_wanted_at_about_the_same_time_is_asked_at_once() -> None:
    """Also by those who come a little later; each gets its own answer, and the same wish is asked once."""
    shop = Shop()
    gathering = Gathering(shop.ask, quiet=0.1, longest=5)

    async def later(word: str) -> int:
        await asyncio.sleep(0.03)
        return await gathering.get(word)

    assert list(await asyncio.gather(gathering.get("a"), later("bcd"), gathering.get("a"))) == [1, 3, 1]
    assert shop.asked == [["a", "bcd"]]


async def test_nobody_waits_for_ever_for_others_to_join() -> None:
    """However many come, the first is answered in time."""
    shop = Shop()
    gathering = Gathering(shop.ask, quiet=0.2, longest=0.3)

    async def one(number: int) -> int:
        await asyncio.sleep(number * 0.05)
        return await gathering.get(str(number))

    await asyncio.gather(*(one(number) for number in range(12)))
    assert len(shop.asked) == 2


async def test_trouble_is_everybodys_and_the_next_round_is_a_new_one() -> None:
    """It is raised as it is."""
    shop = Shop(ValueError("closed"))
    gathering = Gathering(shop.ask, quiet=0)
    for _ in range(2):
        found = await asyncio.gather(gathering.get("a"), gathering.get("b"), return_exceptions=True)
        assert [str(each) for each in found] == ["closed", "closed"]
    assert shop.asked == [["a", "b"]] * 2


async def test_who_gives_up_takes_nobody_along() -> None:
    """A check whose time is up does not end the request of the others."""
    gathering = Gathering(Shop().ask, quiet=0.1)
    patient = asyncio.create_task(gathering.get("ab"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await gathering.get("abc")
    assert await patient == 2


def test_what_an_earlier_invocation_left_behind_is_nobodys() -> None:
    """Each has an event loop of its own."""
    gathering = Gathering(Shop().ask, quiet=0.2)

    async def given_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await gathering.get("a")

    asyncio.run(given_up())
    assert asyncio.run(gathering.get("ab")) == 2
