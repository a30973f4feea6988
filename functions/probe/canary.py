"""The canary: a target of our own, asked when most checks of a run fail at once, before they are believed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from functions.domain.checks.http import HttpRequest
from functions.domain.mass_failure import is_mass
from functions.domain.result import Failure
from functions.execution import Execute, UnmadeError

Canary = Callable[[], Awaitable[bool]]
"""Tells whether the canary answers, whatever it answers."""

TIMEOUT = 5.0
LAST_WAIT = 2.0
"""Seconds that a run waits for the canary after its last check."""


def canary(url: str, executors: Mapping[str, Execute], *, timeout: float = TIMEOUT) -> Canary:
    """Return the canary at `url`; the executor of HTTP is only made when it is needed."""

    async def answers() -> bool:
        try:
            sighting = await executors["http"](HttpRequest(url=url, redirects=0), timeout=timeout)
        except UnmadeError:
            return True  # that we cannot ask says nothing about the network
        return sighting.answer is not None or sighting.status_code is not None

    return answers


def canary_url(configured: str | None, environ: Mapping[str, str]) -> str:
    """Return the address to ask: the configured one, else DynamoDB in the home region.

    It answers a plain GET, and every run has to get there anyway. An embedded AWS is its own canary.
    """
    region = environ.get("TABLE_REGION") or environ.get("AWS_REGION", "us-east-1")
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return configured or environ.get("AWS_ENDPOINT_URL") or f"https://dynamodb.{region}.{suffix}/"


class Doubt:
    """Follows a run and asks the canary, once, as soon as so much has failed that the network may be to blame.

    At once and not at the end: by then the network may be back.
    """

    def __init__(self, ask: Canary | None, *, checks: int) -> None:
        self._ask = ask
        self._checks = checks
        self._failures: list[Failure | None] = []
        self._task: asyncio.Task[bool] | None = None

    def note(self, failure: Failure | None) -> None:
        """Take note of how a check ended."""
        self._failures.append(failure)
        if self._ask is not None and self._task is None and is_mass(self._failures, of=self._checks):
            self._task = asyncio.ensure_future(self._ask())

    async def network_failed(self) -> bool:
        """Tell whether the canary was asked and gave no answer; an error of its own accuses nobody."""
        if self._task is None:
            return False
        done, _ = await asyncio.wait({self._task}, timeout=LAST_WAIT)
        if not done:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            return True
        return self._task.exception() is None and not self._task.result()
