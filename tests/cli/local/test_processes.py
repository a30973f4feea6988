"""Processes that one command starts and another ends."""

import sys
from pathlib import Path

import pytest

from cli.local.ports import LOOPBACK, free_port
from cli.local.processes import Process, Register, start, wait_until_listening

_SERVER = f"""
import http.server, sys
server = http.server.ThreadingHTTPServer(("{LOOPBACK}", int(sys.argv[1])), http.server.BaseHTTPRequestHandler)
print(f"Running on http://{LOOPBACK}:{{sys.argv[1]}}", flush=True)
server.serve_forever()
"""


def _serve(tmp_path: Path, port: int) -> tuple[Process, Path]:
    log = tmp_path / f"{port}.log"
    command = [sys.executable, "-c", _SERVER, str(port)]
    return start("server", command, port=port, environment={}, folder=tmp_path, log=log), log


def test_what_was_started_is_found_and_ended_by_its_entry(tmp_path: Path) -> None:
    """The register is a file: whoever reads it can end what another command has started."""
    process, log = _serve(tmp_path, free_port(0))
    Register(tmp_path / "processes.json").enter(process)

    assert wait_until_listening(process, log, patience=20)
    assert Register(tmp_path / "processes.json").alive("server") == process
    assert Register(tmp_path / "processes.json").end_all() == [process]
    assert not process.is_alive
    assert Register(tmp_path / "processes.json").end_all() == []


def test_another_process_with_the_same_id_is_left_alone(tmp_path: Path) -> None:
    """After a crash and a restart of the machine, the id in the register may be anybody's."""
    process, log = _serve(tmp_path, free_port(0))
    assert wait_until_listening(process, log, patience=20)
    register = Register(tmp_path / "processes.json")
    register.enter(Process(name="server", pid=process.pid, port=process.port, born="another time"))

    assert register.alive("server") is None
    assert register.end_all() == []
    assert process.is_alive
    process.end()


def test_somebody_elses_server_at_the_port_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Two that start at the same moment may choose the same port; only one gets it."""
    first, log = _serve(tmp_path, free_port(0))
    assert wait_until_listening(first, log, patience=20)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    second, second_log = _serve(elsewhere, first.port)

    assert not wait_until_listening(second, second_log, patience=20)
    assert first.is_alive
    first.end()


def test_a_port_that_is_taken_is_not_given(tmp_path: Path) -> None:
    """`make up` picks another and says which."""
    process, log = _serve(tmp_path, free_port(0))
    assert wait_until_listening(process, log, patience=20)

    assert free_port(process.port) != process.port
    process.end()


@pytest.mark.parametrize("text", ["", "Running on http://127.0.0.1:1"])
def test_a_program_that_ends_before_it_listens_is_noticed(tmp_path: Path, text: str) -> None:
    """At once, and not after the patience has run out."""
    log = tmp_path / "log"
    command = [sys.executable, "-c", f"print({text!r})"]
    process = start("server", command, port=2, environment={}, folder=tmp_path, log=log)

    assert not wait_until_listening(process, log, patience=60)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux shows the first thread's end by itself")
def test_a_process_whose_threads_end_late_is_collected_all_the_same(tmp_path: Path) -> None:
    """Its first thread is gone, so it counts as ended; what is left of it would be warned of in whatever runs then."""
    program = (
        "import ctypes, os, threading, time\nthreading.Thread(target=lambda: (time.sleep(1), os._exit(0))).start()\n"
    )
    command = [sys.executable, "-c", program + "ctypes.CDLL(None).pthread_exit(None)"]
    process = start("server", command, port=0, environment={}, folder=tmp_path, log=tmp_path / "log")

    while process.is_alive:
        pass
    assert not Path(f"/proc/{process.pid}").exists()
