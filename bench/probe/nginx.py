"""nginx as the target for the CPU: 300 bytes of JSON, http and https."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.probe.delaying import BODY

PROGRAM = "/usr/sbin/nginx"


@contextmanager
def nginx(folder: Path, certificate: Path) -> Iterator[tuple[int, int]]:
    """Serve until the `with` ends; give the ports of http and https. `certificate` holds the key as well."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        ports = one.getsockname()[1], other.getsockname()[1]
    config = folder / "nginx.conf"
    config.write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; default_type application/json;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{ports[0]} backlog=2048; listen 127.0.0.1:{ports[1]} ssl backlog=2048;
    ssl_certificate {certificate}; ssl_certificate_key {certificate};
    location / {{ return 200 '{BODY.decode()}'; }}
  }}
}}
""")
    with subprocess.Popen([PROGRAM, "-c", config, "-e", folder / "error.log"]) as process:
        try:
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", ports[1])).close()
                except OSError:
                    time.sleep(0.05)
                else:
                    break
            yield ports
        finally:
            process.terminate()
