"""Everything that a target can do wrong, at once, from the deployed function over real sockets."""

import time

import pytest

from functions.adapters.dynamo_store import DynamoStore
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict
from tests.e2e.deployment import Deployment
from tests.e2e.monitors import BAD, TOKEN
from tests.e2e.target import Target

EXPECTED = {
    "hangs": FailureKind.TIMEOUT,
    "drips": FailureKind.TIMEOUT,
    "resets": FailureKind.PROTOCOL,
    "circle": FailureKind.PROTOCOL,
    "huge": FailureKind.JSON,
    "bomb": FailureKind.JSON,
    "utf8": FailureKind.JSON,
    "not-tls": FailureKind.TIMEOUT,
    "metadata": FailureKind.CONNECT,
}


@pytest.fixture(scope="module")
def bad_run(deployment: Deployment) -> Run:
    """Give one run of all the bad targets and a good one."""
    began = time.monotonic()
    minute = deployment.run(BAD)
    assert time.monotonic() - began < 20, "a run ends well before its function's deadline"
    store = DynamoStore(deployment.clients.dynamodb(), deployment.stack.table)
    [run] = [run for run in store.runs(minute.replace(minute=0)) if run.shard == BAD and run.at == minute]
    return run


@pytest.mark.parametrize(("monitor", "kind"), EXPECTED.items(), ids=EXPECTED)
def test_a_bad_target_gives_its_own_result(bad_run: Run, monitor: str, kind: FailureKind) -> None:
    """An outage is a result, and says what it was."""
    result = bad_run.results[monitor]

    assert result.verdict is Verdict.DOWN
    assert result.failure is not None
    assert result.failure.kind is kind


def test_a_good_target_among_bad_ones_is_well(bad_run: Run) -> None:
    """What the others do is not its fault, and does not delay it."""
    assert bad_run.results["well"].verdict is Verdict.UP
    assert bad_run.unmade == {}


def test_steps_are_made_in_order(bad_run: Run, target: Target) -> None:
    """What one answers is sent with the next, beside a secret of the deployment's, and each has its time."""
    result = bad_run.results["steps"]

    assert result.verdict is Verdict.UP
    assert len(result.last.steps) == 2
    sent = target.headers["/orders/healthy"]
    assert (sent["x-how"], sent["authorization"]) == ("so healthy", f"Bearer {TOKEN}")
