"""What an invocation is billed, and what it wrote."""

import io
import json
import sys

import pytest

from bench.invocation import billed_ms
from bench.output import Output


@pytest.mark.parametrize(
    ("cpu_ms", "own_ms", "aws_ms", "memory_mb", "billed"),
    [
        (10, 10, 20, 1769, 30),
        (10, 10, 20, 3008, 30),  # more than one vCPU is of no use to one thread
        (10, 10, 0, 256, 70),  # 10 x 1769 / 256 = 69.1
        (10, 130, 5, 256, 135),  # the CPU fits into the wait for targets
        (100, 130, 5, 256, 697),  # 691.02, it does not
        (0, 0, 0.2, 256, 1),  # each begun millisecond
    ],
)
def test_memory_buys_cpu_and_waiting_takes_as_long_as_it_takes(
    cpu_ms: float, own_ms: float, aws_ms: float, memory_mb: int, billed: int
) -> None:
    """A seventh of a CPU takes seven times as long."""
    assert billed_ms(cpu_ms, own_ms, aws_ms, memory_mb=memory_mb) == billed


def test_log_lines_and_metrics_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """26 bytes over each line; a metric is a name with its dimensions' values, however often it got one."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    output = Output()
    output.install()
    metric = {
        "_aws": {
            "Timestamp": 0,
            "CloudWatchMetrics": [
                {"Namespace": "Pulseboard", "Dimensions": [["service"]], "Metrics": [{"Name": "ChecksUnmade"}]}
            ],
        },
        "service": "probe",
        "ChecksUnmade": [1.0],
    }

    for line in ("twelve bytes", json.dumps(metric), json.dumps(metric)):
        sys.stdout.write(f"{line}\n")
    written = output.take()

    assert written.log_bytes == 12 + 2 * len(json.dumps(metric)) + 3 * 26
    assert written.metrics == {"Pulseboard/service=probe/ChecksUnmade"}
    assert output.take().log_bytes == 0
