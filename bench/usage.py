"""What was used, as counts: of one hour, or of any other span."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import reduce
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionUse:
    """Invocations of one Lambda function, what they are billed, and how that came about (all times in ms)."""

    memory_mb: int
    invocations: float = 0
    billed_ms: float = 0
    cpu_ms: float = 0
    """CPU that a whole vCPU would have spent."""
    waiting_ms: float = 0
    """Spent on answers of targets and of AWS."""

    @property
    def gb_seconds(self) -> float:
        """Return what Lambda bills."""
        return self.memory_mb / 1024 * self.billed_ms / 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Counts that AWS bills; `metric_hours` are custom metrics times hours in which they got a value."""

    functions: Mapping[str, FunctionUse] = field(default_factory=dict)
    schedule_invocations: float = 0
    write_units: float = 0
    read_units: float = 0
    s3_writes: float = 0
    s3_reads: float = 0
    sns_publishes: float = 0
    sns_emails: float = 0
    log_bytes: float = 0
    metric_hours: float = 0
    secret_reads: float = 0
    traces: float = 0

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Usage":
        """Return what `dataclasses.asdict` was given."""
        functions = {name: FunctionUse(**use) for name, use in document["functions"].items()}
        return cls(**{**document, "functions": functions})

    def times(self, factor: float) -> "Usage":
        """Return `factor` times as much of everything."""
        counts = {name: factor * getattr(self, name) for name in COUNTS}
        return Usage(functions={name: _times(use, factor) for name, use in self.functions.items()}, **counts)

    def plus(self, other: "Usage") -> "Usage":
        """Return both together."""
        functions = dict(self.functions)
        for name, use in other.functions.items():
            functions[name] = _plus(functions[name], use) if name in functions else use
        return Usage(functions=functions, **{name: getattr(self, name) + getattr(other, name) for name in COUNTS})


COUNTS = tuple(each.name for each in fields(Usage) if each.name != "functions")


def total(parts: Iterable[Usage]) -> Usage:
    """Return everything together."""
    return reduce(Usage.plus, parts, Usage())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Bytes that a deployment holds once it is as old as its retention."""

    table_bytes: float = 0
    bucket_bytes: float = 0
    log_days: float = 30


def _times(use: FunctionUse, factor: float) -> FunctionUse:
    return FunctionUse(
        memory_mb=use.memory_mb,
        invocations=use.invocations * factor,
        billed_ms=use.billed_ms * factor,
        cpu_ms=use.cpu_ms * factor,
        waiting_ms=use.waiting_ms * factor,
    )


def _plus(one: FunctionUse, other: FunctionUse) -> FunctionUse:
    if one.memory_mb != other.memory_mb:
        raise ValueError(f"one function with {one.memory_mb} MB and with {other.memory_mb} MB cannot be added up")
    return FunctionUse(
        memory_mb=one.memory_mb,
        invocations=one.invocations + other.invocations,
        billed_ms=one.billed_ms + other.billed_ms,
        cpu_ms=one.cpu_ms + other.cpu_ms,
        waiting_ms=one.waiting_ms + other.waiting_ms,
    )
