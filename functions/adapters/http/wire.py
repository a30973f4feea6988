"""A TCP connection on the loop's readiness callbacks: bytes and the times at which they really moved."""

import asyncio
import errno
import os
import socket
import time
from collections.abc import Callable
from typing import Protocol

from functions.adapters.http import kernel

READ_SIZE = 16 * 1024
"""Bytes for each readiness: what one target sends is worked on in small turns, so that the others have theirs."""


class WireUser(Protocol):
    """Whom a wire calls back; times are `time.perf_counter` seconds."""

    def wire_connected(self, at: float) -> None:
        """Take note that the connection stands since `at`."""

    def wire_received(self, data: bytes, at: float) -> None:
        """Take what arrived at `at`; nothing means that the peer closed."""

    def wire_sent(self, at: float) -> None:
        """Take note that all that was given to `send` is out, the last of it at `at`."""

    def wire_lost(self, error: Exception) -> None:
        """Take note that there is nothing more to come: an OSError, or what a callback raised."""


class Wire:
    """One connection to one address, at once in use and never used again."""

    def __init__(self, user: WireUser) -> None:
        self._loop = asyncio.get_running_loop()
        self._user = user
        self._sock: socket.socket | None = None
        self._fd = -1  # what the loop is told: for a socket, its selector would first format the whole object
        self._unsent = b""
        self._reading = self._writing = False
        self._mark = 0.0

    def connect(self, address: str, port: int) -> float:
        """Begin to connect to an address literal and return when that was."""
        self._mark = started = time.perf_counter()
        try:
            sock = self._sock = socket.socket(_family(address), socket.SOCK_STREAM)
            self._fd = sock.fileno()
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            kernel.stamp_arrivals(sock)
            code = sock.connect_ex((address, port))
        except OSError as error:
            code = error.errno or errno.EIO
        if self._sock is not None and code in (0, errno.EINPROGRESS):
            self._writing = True
            self._loop.add_writer(self._fd, self._connected)
        else:
            self._user.wire_lost(OSError(code, os.strerror(code)))
        return started

    def listen(self, *, wanted: bool) -> None:
        """Read, or leave what comes to the kernel (and so hold the peer back)."""
        if self._sock is None or wanted == self._reading:
            return
        self._reading = wanted
        if wanted:
            self._loop.add_reader(self._fd, self._readable)
        else:
            self._loop.remove_reader(self._fd)

    def send(self, data: bytes) -> None:
        """Send `data`, now or as soon as there is room."""
        self._unsent += data
        self._flush()

    def segments(self) -> int:
        """Return how many segments with data have arrived so far; 0 where the system does not say."""
        return kernel.segments(self._sock) if self._sock is not None else 0

    def close(self) -> None:
        """Drop the connection, in whatever state it is."""
        sock, self._sock = self._sock, None
        if sock is not None:
            if self._reading:
                self._loop.remove_reader(self._fd)
            if self._writing:
                self._loop.remove_writer(self._fd)
            sock.close()

    def guarded(self, callback: Callable[[], None]) -> None:
        """Call back; what that raises is what the connection is lost for."""
        try:
            callback()
        except Exception as error:  # noqa: BLE001 - a loop's callback has no caller: hand it to the one who waits
            self._user.wire_lost(error)

    def _connected(self) -> None:
        noticed = time.perf_counter()
        sock = self._sock
        if sock is None:
            return
        self._loop.remove_writer(self._fd)
        self._writing = False
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._user.wire_lost(OSError(code, os.strerror(code)))
            return
        at = kernel.connected_at(sock, self._mark, noticed)
        self.guarded(lambda: self._user.wire_connected(at))

    def _readable(self) -> None:
        if self._sock is None:
            return
        try:
            data, at = kernel.receive(self._sock, READ_SIZE, not_before=self._mark)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._user.wire_lost(error)
            return
        self.guarded(lambda: self._user.wire_received(data, at))

    def _flush(self) -> None:
        sock = self._sock
        if sock is None or not self._unsent:
            return
        # Before the call and not after: a process that loses the CPU in between would not count the wait.
        at = time.perf_counter()
        try:
            sent = sock.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            # The peer may have answered all the same before it closed: what can be read decides.
            sent = len(self._unsent)
        self._unsent = self._unsent[sent:]
        if self._writing != bool(self._unsent):
            self._writing = bool(self._unsent)
            if self._writing:
                self._loop.add_writer(self._fd, self._flush)
            else:
                self._loop.remove_writer(self._fd)
        if not self._unsent:
            self._mark = at
            self._user.wire_sent(at)


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET
