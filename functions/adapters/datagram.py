"""One datagram to one address, and those that come back, with the times at which they really moved."""

import asyncio
import socket
import time

from functions.adapters.http import kernel

_LARGEST = 65535


class Datagram:
    """A UDP socket that talks to one address only: the kernel drops what others send to it."""

    def __init__(self, address: str, port: int) -> None:
        self._sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._sock.setblocking(False)
            kernel.stamp_arrivals(self._sock)
            self._sock.connect((address, port))
        except OSError:
            self._sock.close()
            raise
        self._sent = 0.0

    def send(self, data: bytes) -> float:
        """Send `data` and return when that was, in `time.perf_counter` seconds; raises OSError."""
        self._sent = time.perf_counter()
        self._sock.send(data)
        return self._sent

    async def receive(self) -> tuple[bytes, float]:
        """Return the next datagram and when it arrived; raises OSError, as where nobody listens."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                return kernel.receive(self._sock, _LARGEST, not_before=self._sent)
            except (BlockingIOError, InterruptedError):
                readable = loop.create_future()
                loop.add_reader(self._sock.fileno(), _settle, readable)
                try:
                    await readable
                finally:
                    loop.remove_reader(self._sock.fileno())

    def close(self) -> None:
        """Give the socket back."""
        self._sock.close()


def _settle(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
