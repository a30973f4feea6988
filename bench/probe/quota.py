"""Holds a process to a part of one CPU, as Lambda does with a function's memory.

By the kernel's CPU bandwidth control where this machine lets us make a control group, version 1 or 2
(Documentation/scheduler/sched-bwc.rst), in its default period of 100 ms. Where it does not, by stopping and continuing
the process in the same rhythm: as hard on whoever measures time, but coarser.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

PERIOD_US = 100_000
_V1 = Path("/sys/fs/cgroup/cpu")
_V2 = Path("/sys/fs/cgroup")


class Quota(Protocol):
    """The part of a CPU that a process gets."""

    kind: str

    def share(self, thousandths: int) -> None:
        """Allow so much from now on; 1000 is a whole CPU."""


class _Group:
    """A control group; `limit` is the file that bounds it."""

    def __init__(self, folder: Path, *, version: int) -> None:
        self.kind = f"cgroup v{version}"
        self._folder = folder
        self._version = version

    def share(self, thousandths: int) -> None:
        """Write the quota."""
        quota = thousandths * PERIOD_US // 1000
        if self._version == 1:
            (self._folder / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (self._folder / "cpu.max").write_text(f"{quota} {PERIOD_US}")


class _DutyCycle:
    """SIGSTOP and SIGCONT by the clock."""

    kind = "SIGSTOP and SIGCONT, for want of a cgroup"

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._thousandths = 1000
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)

    def share(self, thousandths: int) -> None:
        """Change the rhythm."""
        self._thousandths = thousandths

    def _work(self) -> None:
        while not self.ended.is_set():
            running = PERIOD_US / 1e6 * self._thousandths / 1000
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGCONT)
                time.sleep(running)
                if self._thousandths < 1000:
                    os.kill(self._pid, signal.SIGSTOP)
                    time.sleep(PERIOD_US / 1e6 - running)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGCONT)


@contextmanager
def quota_for(pid: int) -> Iterator[Quota]:
    """Hold the process `pid` until the `with` ends, at first to a whole CPU."""
    folder = _group(f"pulseboard-bench-{pid}")
    if folder is None:
        cycle = _DutyCycle(pid)
        cycle.thread.start()
        try:
            yield cycle
        finally:
            cycle.ended.set()
            cycle.thread.join()
        return
    group = _Group(folder, version=1 if folder.parent == _V1 else 2)
    group.share(1000)
    (folder / "cgroup.procs").write_text(str(pid))
    try:
        yield group
    finally:
        with suppress(OSError):
            (folder.parent / "cgroup.procs").write_text(str(pid))
        with suppress(OSError):
            folder.rmdir()


def _group(name: str) -> Path | None:
    """Return a new control group that can be bounded; None where there can be none."""
    for root, limit in ((_V1, "cpu.cfs_quota_us"), (_V2, "cpu.max")):
        folder = root / name
        try:
            folder.mkdir()
        except OSError:
            continue
        if (folder / limit).exists():
            return folder
        folder.rmdir()
    return None
