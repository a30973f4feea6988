"""Servers in threads: one whose TLS says by an alert why it hangs up (asyncio does not), one with a loop of its own."""

import asyncio
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager, suppress

from tests.targets.server import Behaviour, answer, serving


@contextmanager
def serving_from_a_thread(context: ssl.SSLContext) -> Iterator[int]:
    """Serve one healthy answer for each connection and give the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError), context.wrap_socket(connection, server_side=True) as session:
                session.recv(65536)
                session.sendall(answer())
                session.unwrap()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def serving_from_another_loop(behaviour: Behaviour) -> AbstractContextManager[int]:
    """Serve HTTP by `behaviour` on a loop in a thread of its own, which a busy client's loop does not slow down."""
    return on_another_loop(lambda: serving(behaviour))


@contextmanager
def on_another_loop(target: Callable[[], AbstractAsyncContextManager[int]]) -> Iterator[int]:
    """Serve any target on a loop in a thread of its own and give its port."""
    started: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = queue.SimpleQueue()

    async def serve() -> None:
        stop = asyncio.Event()
        async with target() as port:
            started.put((asyncio.get_running_loop(), stop, port))
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    loop, stop, port = started.get(timeout=10)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
