"""The local stack as the command sees it that follows its logs."""

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from threading import Timer

import pytest

from cli.local.places import Places
from cli.local.processes import Register, start
from cli.local.stack import LocalStack

_LAZY = (
    "import signal, time; signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), exit())); print('up', flush=True)"
)


@pytest.fixture
def stack(tmp_path: Path) -> LocalStack:
    """Return a stack whose AWS is a process that takes a second to end."""
    places = Places(home=tmp_path)
    log = places.log("aws")
    command = [sys.executable, "-c", f"{_LAZY}; time.sleep(60)"]
    process = start("aws", command, port=1, environment={}, folder=tmp_path, log=log)
    Register(places.processes).enter(process)
    while "up" not in log.read_text():
        assert process.is_alive
        time.sleep(0.05)
    places.stack_file.write_text("{}")
    return LocalStack(places=places, step=lambda _: nullcontext(), warn=print)


def test_a_stack_that_is_just_being_ended_does_not_stay_up(stack: LocalStack) -> None:
    """What asks it for logs meanwhile gets no answer: that is the end, and no failure."""
    ending = Timer(0, stack.down)
    ending.start()
    while stack.places.stack_file.exists():
        time.sleep(0.01)
    assert not stack.stays_up()
    ending.join()


def test_a_stack_that_nobody_ends_stays_up(stack: LocalStack) -> None:
    """An answer that did not come then has another reason."""
    assert stack.stays_up()
    stack.down()
