"""The stacks as templates, each variant synthesised once a session."""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

# Before the CDK is imported: it takes whatever `node` is on the path.
os.environ.setdefault("JSII_NODE", str(Path(sys.executable).with_name("node")))

from tests.infra.synthesis import Synthesis, Variation, synthesise

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what stands in this folder in one worker: each would synthesise the same again."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("infra"))


@pytest.fixture(scope="session")
def synthesised() -> Callable[[Variation], Synthesis]:
    """Give a function that synthesises a variation, each once."""
    return cache(synthesise)
