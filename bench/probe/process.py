"""A process that is spoken to in JSON, a line each way, and the CPU that a process has used."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


class Spoken:
    """A process of this repository; `hello` is the first line that it printed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.pid = process.pid
        self.hello = self._hear()

    def ask(self, question: object) -> Any:  # noqa: ANN401 -- JSON
        """Return its answer."""
        assert self._process.stdin is not None  # noqa: S101 -- a pipe was asked for
        print(json.dumps(question), file=self._process.stdin, flush=True)
        return self._hear()

    def _hear(self) -> Any:  # noqa: ANN401 -- JSON
        assert self._process.stdout is not None  # noqa: S101 -- a pipe was asked for
        line = self._process.stdout.readline()
        if not line:
            raise ConnectionError(f"{self._process.args!r} has ended")
        return json.loads(line)


@contextmanager
def spoken(module: str, *arguments: str, environment: Mapping[str, str]) -> Iterator[Spoken]:
    """Run a module as a process that ends with the `with`."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=REPOSITORY,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Spoken(process)
        finally:
            process.terminate()


def cpu_s(pid: int) -> float:
    """Return the seconds of CPU that all threads of a process have used (clock_getcpuclockid(3), in nanoseconds)."""
    return time.clock_gettime(~pid << 3 | 2)
