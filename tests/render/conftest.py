"""A browser for the tests that need one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.fakes.chromium import CHROMIUM, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start chromium once for all tests of this process."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    with chromium() as started:
        yield started
