"""Run the shop: `python -m examples.shop --port 8000`."""

import argparse
from pathlib import Path

import uvicorn

from examples.shop.main import create_app

GRACE_S = 2
"""Seconds that a request which hangs may hold up the end."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m examples.shop", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--state", type=Path, help="directory of the database and the cache; default: a temporary one")
    options = parser.parse_args()
    uvicorn.run(
        create_app(options.state),
        host=options.host,
        port=options.port,
        timeout_graceful_shutdown=GRACE_S,
    )


if __name__ == "__main__":
    main()
