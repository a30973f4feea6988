"""What a function writes to standard output: log lines, and metrics in CloudWatch's embedded format."""

import io
import json
import sys
from dataclasses import dataclass

from bench.prices import LOG_EVENT_OVERHEAD_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Bytes as CloudWatch Logs bills them, and the custom metrics that got a value."""

    log_bytes: int
    metrics: frozenset[str]


class Output(io.TextIOBase):
    """Stands in for standard output; must be there before loggers are made, since they remember it."""

    def __init__(self) -> None:
        self._text = io.StringIO()

    def install(self) -> None:
        """Take the place of standard output."""
        sys.stdout = self

    def write(self, text: str) -> int:
        """Keep what is written."""
        return self._text.write(text)

    def take(self) -> Written:
        """Return what was written since the last time."""
        lines = self._text.getvalue().splitlines()
        self._text = io.StringIO()
        return Written(
            log_bytes=sum(len(line.encode()) + LOG_EVENT_OVERHEAD_BYTES for line in lines),
            metrics=frozenset(metric for line in lines if '"_aws"' in line for metric in _metrics(json.loads(line))),
        )


def _metrics(document: dict[str, object]) -> list[str]:
    """Return a name for each metric: namespace, dimensions with their values, and its own name.

    Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    found = []
    described = document["_aws"]
    assert isinstance(described, dict)  # noqa: S101 -- what the format says
    for directive in described["CloudWatchMetrics"]:
        for dimensions in directive["Dimensions"] or [[]]:
            values = ",".join(f"{name}={document[name]}" for name in sorted(dimensions))
            found += [f"{directive['Namespace']}/{values}/{metric['Name']}" for metric in directive["Metrics"]]
    return found
