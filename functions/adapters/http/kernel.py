"""What the kernel knows about time that a busy process does not.

Between the arrival of a packet and the moment at which the event loop reads it lies the work of all the other checks.
On a small share of a CPU that is hundreds of milliseconds, which would be reported as the target's. Linux stamps
packets as they arrive (SO_TIMESTAMPNS, socket(7) and Documentation/networking/timestamping.rst) and measures the
handshake of each connection (TCP_INFO, tcp(7)). Elsewhere, the loop's own time has to do.
"""

import socket
import struct
import sys
import time

# <asm-generic/socket.h>; both architectures that Lambda has use it. Python does not name it.
_SO_TIMESTAMPNS = 35
_TIMESPEC = struct.Struct("@qq")
# struct tcp_info of <linux/tcp.h>: the smoothed round trip (microseconds), and how often a segment was repeated.
_TCP_INFO_LENGTH = 104
_SEGMENTS_LENGTH, _SEGMENTS_AT = 156, 152  # tcpi_data_segs_in, since Linux 4.6
_U32 = struct.Struct("@I")
_RTT_AT, _RETRANSMITS_AT = 68, 100
_LINUX = sys.platform == "linux"


def stamp_arrivals(sock: socket.socket) -> None:
    """Ask for the arrival time with everything that is received."""
    if _LINUX:
        sock.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)


def receive(sock: socket.socket, size: int, *, not_before: float) -> tuple[bytes, float]:
    """Return up to `size` bytes and when they arrived (`time.perf_counter` seconds), never before `not_before`.

    Raises what `recv` does. The wall clock, which the kernel's stamps are in, may be set at any time: hence the bound.
    """
    if not _LINUX:
        data = sock.recv(size)
        return data, time.perf_counter()
    data, ancillary, _, _ = sock.recvmsg(size, 64)
    now = time.perf_counter()
    for level, kind, stamp in ancillary:
        if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS and len(stamp) >= _TIMESPEC.size:
            seconds, nanoseconds = _TIMESPEC.unpack_from(stamp)
            age = (time.time_ns() - seconds * 1_000_000_000 - nanoseconds) / 1e9
            return data, max(not_before, now - max(0.0, age))
    return data, now


def connected_at(sock: socket.socket, started: float, noticed: float) -> float:
    """Return when the connection that began at `started` stood: `noticed`, or earlier where the kernel says so."""
    if not _LINUX:
        return noticed
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_LENGTH)
    if len(info) < _TCP_INFO_LENGTH or _U32.unpack_from(info, _RETRANSMITS_AT)[0]:
        return noticed  # a repeated SYN is part of the time that connecting took, and not of the round trip
    round_trip = _U32.unpack_from(info, _RTT_AT)[0] / 1e6
    return min(noticed, started + round_trip) if round_trip else noticed


def segments(sock: socket.socket) -> int:
    """Return how many segments with data have arrived over a connection; 0 where the system does not say."""
    if not _LINUX:
        return 0
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SEGMENTS_LENGTH)
    return int(_U32.unpack_from(info, _SEGMENTS_AT)[0]) if len(info) >= _SEGMENTS_LENGTH else 0
