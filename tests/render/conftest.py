"""A browser for the tests that need one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.fakes.chromium import CHROMIUM, chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start chromium once for the tests of a module, and end it with them.

    Not for the session: Playwright keeps an event loop running in the thread while it is there, and no test that needs
    one of its own can run beside it. A module that uses it is one `xdist_group`, so that it is started once.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    with chromium() as started:
        yield started
