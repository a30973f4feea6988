"""A TLS server on blocking sockets: unlike asyncio's, it tells the client by an alert why it hangs up."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.targets.server import answer


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
