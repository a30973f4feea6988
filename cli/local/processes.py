"""Processes that outlive the command that started them, so that another command can end them."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.local.ports import LOOPBACK

_PATIENCE = 20.0
_PAUSE = 0.05
# Python warns of a process that is forgotten before it was seen to end; these may go on without this command.
_CHILDREN: dict[int, "subprocess.Popen[bytes]"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process started here. `born` tells it from another that got the same id after it had ended."""

    name: str
    pid: int
    port: int
    born: str

    @property
    def is_alive(self) -> bool:
        """Return whether it still runs."""
        return _birth(self.pid) == self.born

    def end(self) -> None:
        """End it and all that it started; what does not heed within 20 seconds is killed."""
        _signal(self, signal.SIGTERM)
        if not self._is_gone_in_time():
            _signal(self, signal.SIGKILL)
            self._is_gone_in_time()

    def _is_gone_in_time(self) -> bool:
        deadline = time.monotonic() + _PATIENCE
        while self.is_alive:
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE)
        return True


def start(
    name: str, command: Sequence[str], *, port: int, environment: Mapping[str, str], folder: Path, log: Path
) -> Process:
    """Start `command` in a session of its own, its output in a new `log`; `port` is where it will listen."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
    with log.open("wb") as output:
        started = subprocess.Popen(  # noqa: S603 (programs of this project, see the callers)
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _CHILDREN[started.pid] = started
    return Process(name=name, pid=started.pid, port=port, born=_birth(started.pid) or "")


def listens(process: Process, log: Path) -> bool:
    """Return whether `process` says that it listens at its port.

    Asking the port would not do: another program may have taken it in the meantime, and would answer.
    """
    return f"unning on http://{LOOPBACK}:{process.port}" in log.read_text(errors="replace")


def wait_until_listening(process: Process, log: Path, *, patience: float) -> bool:
    """Return whether `process` listens within `patience` seconds; end it where it does not."""
    deadline = time.monotonic() + patience
    while process.is_alive and time.monotonic() < deadline:
        if listens(process, log):
            return True
        time.sleep(_PAUSE)
    process.end()
    return False


class Register:
    """The processes that run, kept in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> list[Process]:
        """Return those that were entered, alive or not."""
        if not self._file.exists():
            return []
        return [Process(**entry) for entry in json.loads(self._file.read_text())]

    def alive(self, name: str) -> Process | None:
        """Return the process of that name, where it runs."""
        return next((process for process in self.all() if process.name == name and process.is_alive), None)

    def enter(self, process: Process) -> None:
        """Enter `process` in place of the one of the same name."""
        kept = [other for other in self.all() if other.name != process.name]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps([asdict(entry) for entry in (*kept, process)], indent=2))

    def end_all(self) -> list[Process]:
        """End all that run, the last started first; return them. What a crash left behind is forgotten."""
        ended = [process for process in reversed(self.all()) if process.is_alive]
        for process in ended:
            process.end()
        self._file.unlink(missing_ok=True)
        return ended


def _birth(pid: int) -> str | None:
    """Return when the process `pid` began, in the system's own words; None where there is none, or only its remains."""
    stat = Path(f"/proc/{pid}/stat")
    born = _birth_by_proc(stat) if Path("/proc/self/stat").exists() else _birth_by_ps(pid)
    # A child that ended stays until it is waited for (another command has its own). Its first thread may be
    # gone while others are on their way out: until they are, too, there is nothing to wait for.
    child = _CHILDREN.get(pid)
    if born is None and child is not None:
        with suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
            _CHILDREN.pop(pid, None)
    return born


def _birth_by_proc(stat: Path) -> str | None:
    """Read Linux's own account (proc(5)); the program's name, in parentheses, may hold anything."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _birth_by_ps(pid: int) -> str | None:
    """Ask ps, for systems without /proc."""
    found = subprocess.run(  # noqa: S603 (ps, with a number)
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],  # noqa: S607 (POSIX, wherever it stands)
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    state, _, born = found.stdout.strip().partition(" ")
    return None if found.returncode or state.startswith("Z") else born.strip()


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
