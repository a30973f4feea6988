"""What a run loads to execute its checks."""

import subprocess
import sys

import pytest

from functions.kinds import KINDS, load

LAZY = """
import sys
from functions.adapters.network import Network
from functions.domain.address import AddressPolicy
from functions.probe.executors import Executors
from functions.probe.run import probe_shard
executors = Executors(Network(policy=AddressPolicy()))
before = set(sys.modules)
executors.prepare(sys.argv[1:])
print(*sorted(name for name in before | set(sys.modules) if name.startswith("functions.probe.kinds.")))
print(*[name for name in ("httpx", "dns", "wsproto", "boto3") if name in sys.modules])
"""


def loaded(*kinds: str) -> list[str]:
    """Return the lines that a fresh interpreter prints when a deployment has these kinds."""
    done = subprocess.run([sys.executable, "-c", LAZY, *kinds], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("kinds", "libraries"),
    [
        ((), ""),
        (("http",), "httpx"),
        (("tcp", "tls"), ""),
        (("dns",), "dns"),
        (("websocket",), "wsproto"),
        (("aws",), "boto3"),
    ],
)
def test_an_executor_is_imported_when_a_monitor_has_its_kind(kinds: tuple[str, ...], libraries: str) -> None:
    """Nobody pays at a cold start for what they do not watch."""
    assert loaded(*kinds) == [" ".join(f"functions.probe.kinds.{kind}" for kind in kinds), libraries]


def test_every_kind_of_the_registry_is_there() -> None:
    """The places that it names exist, and each class knows the name of its kind."""
    for name, kind in KINDS.items():
        assert load(kind.check).kind == name
        assert kind.executor is None or callable(load(kind.executor))
