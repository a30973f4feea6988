"""The embedded AWS: ministack, in an environment of its own (see requirements/ministack.in)."""

import json
import os
import sys
from pathlib import Path

from cli.local.ports import LOOPBACK, free_port
from cli.local.processes import Process, start, wait_until_listening

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
"""Its root account; the functions have the credentials of their own roles."""

_PATIENCE = 60.0
# Whatever else the caller's environment holds (proxies, PYTHONPATH, AWS_PROFILE) is kept from it, as it hands its own
# environment on to the functions.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT")


class EmulatorError(Exception):
    """The embedded AWS is not set up, or did not start; the message says where to look."""


def start_emulator(*, interpreter: Path, home: Path, region: str, log: Path, preferred_port: int) -> Process:
    """Start it with IAM enforced, on the loopback only, with its state under `home`; return when it listens.

    Raises EmulatorError.
    """
    if not interpreter.exists():
        raise EmulatorError(f"{interpreter} is not there: run `make setup` first.")
    temporary = home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    forget_stream_positions(home / "state" / "lambda.json")
    port = free_port(preferred_port)
    process = start(
        "aws",
        [str(interpreter), "-m", "ministack"],
        port=port,
        environment={
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            **CREDENTIALS,
            "AUTH": "true",
            "BIND_HOST": LOOPBACK,
            "GATEWAY_PORT": str(port),
            "MINISTACK_REGION": region,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(home / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(home / "s3"),
            "TMPDIR": str(temporary),
            "DOCKER_HOST": "unix:///nowhere",  # it would use Docker where it finds it, and nothing here needs it
        },
        folder=home,
        log=log,
    )
    if not wait_until_listening(process, log, patience=_PATIENCE):
        raise EmulatorError(f"The embedded AWS did not start; {log} says why.")
    return process


def forget_stream_positions(state: Path) -> None:
    """Let the event source mappings begin anew after a restart.

    The embedded AWS keeps how far each has read, and not the streams themselves: after a restart it would silently skip
    as many new records as it had read before. (In AWS, streams outlive everything here.)
    """
    if not state.exists():
        return
    document = json.loads(state.read_text())
    if document.get("payload", {}).pop("dynamodb_stream_positions", None):
        state.write_text(json.dumps(document))


def endpoint(port: int) -> str:
    """Return the address of all its APIs."""
    return f"http://{LOOPBACK}:{port}"


def client_environment(port: int, *, region: str) -> dict[str, str]:
    """Return what sends AWS's tools and libraries to it, and to nowhere else, whatever the caller's own settings."""
    unwanted = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE", "AWS_CA_BUNDLE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.startswith("AWS_ENDPOINT_URL")
    }
    binaries = str(Path(sys.executable).parent)
    return {
        **kept,
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": endpoint(port),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EC2_METADATA_DISABLED": "true",
        # Loopback must not go through a proxy.
        "NO_PROXY": "*",
        "no_proxy": "*",
        # node, for the CDK and for its app.
        "PATH": f"{binaries}{os.pathsep}{kept.get('PATH', '')}",
    }
