"""Long work leaves the loop time to read what arrives meanwhile."""

import asyncio
import socket
import time
from functools import partial

import pytest

from functions.adapters.http.turns import TURN_SECONDS, Turns, running_turns

PIECES = 40


def spin(seconds: float) -> None:
    """Use the CPU."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


async def test_what_arrives_is_read_between_two_turns() -> None:
    """Work for 80 ms in all is waiting, and what came after the first piece is not read after the last."""
    done: list[str] = []
    ours, theirs = socket.socketpair()
    with ours, theirs:
        read = asyncio.get_running_loop().create_future()

        def readable() -> None:
            asyncio.get_running_loop().remove_reader(ours)
            done.append("read")
            read.set_result(None)

        asyncio.get_running_loop().add_reader(ours, readable)

        def piece() -> None:
            if not done:
                theirs.send(b"x")
            done.append("worked")
            spin(TURN_SECONDS)

        turns = Turns()
        for _ in range(PIECES):
            turns.take(piece)
        await read
        for _ in range(PIECES):
            await asyncio.sleep(0)
    assert done.index("read") < PIECES // 2
    assert done.count("worked") == PIECES


async def test_small_pieces_share_a_turn_and_keep_their_order() -> None:
    """To look for what has arrived costs something as well."""
    done: list[int] = []
    turns = Turns()
    for number in range(5):
        turns.take(partial(done.append, number))
    assert done == []
    await asyncio.sleep(0)
    assert done == [0, 1, 2, 3, 4]


async def test_work_may_bring_more_work() -> None:
    """It comes after what waited already."""
    done: list[str] = []
    turns = Turns()

    def first() -> None:
        done.append("first")
        turns.take(lambda: done.append("third"))

    turns.take(first)
    turns.take(lambda: done.append("second"))
    for _ in range(3):
        await asyncio.sleep(0)
    assert done == ["first", "second", "third"]


@pytest.mark.parametrize("number", [1, 2])
def test_each_loop_has_its_own(number: int) -> None:
    """A run that ended with work waiting leaves none of it to the next: each has a loop of its own."""
    done: list[int] = []

    async def ended_early() -> None:
        running_turns().take(lambda: done.append(number))

    async def next_run() -> None:
        assert running_turns() is running_turns()
        running_turns().take(lambda: done.append(-number))
        await asyncio.sleep(0)

    asyncio.run(ended_early())
    done.clear()
    asyncio.run(next_run())
    assert done == [-number]
