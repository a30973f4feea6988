"""A function is killed in the middle of its work."""

import os
import signal
import sys
import threading
import time
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.monitors import KILLED
from tests.e2e.subscriber import Subscriber
from tests.e2e.target import Target

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="finds the functions' processes in /proc"),
    pytest.mark.usefixtures("alone"),
]


def workers(function: str) -> list[int]:
    """Return the processes in which the embedded Lambda runs `function` (its name in AWS)."""
    wanted = f"AWS_LAMBDA_FUNCTION_NAME={function}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_a_judge_that_dies_while_judging_is_made_up_for(
    deployment: Deployment, subscriber: Subscriber, target: Target
) -> None:
    """The stream delivers the run again, to a new process: one incident, told once."""
    target.status["/killed"] = HTTPStatus.OK
    deployment.run(KILLED)
    wait_until(lambda: workers(deployment.stack.functions["judge"]), within=20, what="a judge at work")
    target.status["/killed"] = HTTPStatus.INTERNAL_SERVER_ERROR
    frozen = workers(deployment.stack.functions["judge"])
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)  # it will take the next batch, and get no further

    deployment.run(KILLED)
    time.sleep(2)
    for pid in frozen:
        os.kill(pid, signal.SIGKILL)

    subscriber.wait_for("killed", "opened", within=60)
    assert set(workers(deployment.stack.functions["judge"])).isdisjoint(frozen)
    target.status["/killed"] = HTTPStatus.OK
    deployment.run(KILLED)
    subscriber.wait_for("killed", "resolved")
    assert len(subscriber.told("killed", "opened")) == 1


def test_a_probe_that_dies_while_checking_leaves_a_gap_and_no_lie(deployment: Deployment, target: Target) -> None:
    """No run is recorded for that minute, neither up nor down, and the next one is as if nothing had been."""
    target.status["/killed"] = HTTPStatus.OK
    target.delay["/killed"] = 2.5
    minute = deployment.next_minute()
    asked = target.asked.get("/killed", 0)
    failed = []

    def start() -> None:
        try:
            deployment.run(KILLED, at=minute)
        except AssertionError as error:
            failed.append(error)

    caller = threading.Thread(target=start)
    caller.start()
    wait_until(lambda: target.asked.get("/killed", 0) > asked, within=20, what="the check to be under way")
    for pid in workers(deployment.stack.functions["probe"]):
        os.kill(pid, signal.SIGKILL)
    caller.join(timeout=60)
    target.delay.clear()

    assert failed
    assert _runs(deployment, minute) == []
    after = deployment.run(KILLED)
    assert len(_runs(deployment, after)) == 1


def _runs(deployment: Deployment, minute: object) -> list[str]:
    """Return the keys of the runs that were recorded for `minute`."""
    return [
        item["sk"]["S"]
        for item in deployment.items(f"RUN#{minute:%Y-%m-%dT%H}")
        if item["sk"]["S"].startswith(f"{minute:%M}#{KILLED}#")
    ]
