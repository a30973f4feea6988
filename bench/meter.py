"""Counts what a function does to AWS, at botocore's event hooks: exact requests, exact bytes.

Units are computed from the bytes of the items themselves (bench/units.py) and not asked of the table: an emulator's
`ConsumedCapacity` is an opinion.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from botocore.session import Session

from bench.table import Image, Table, Write
from bench.units import get_units, item_bytes, query_units
from bench.usage import Usage

S3_WRITES = frozenset(
    {"PutObject", "CopyObject", "ListObjectsV2", "ListObjects", "CreateMultipartUpload", "UploadPart"}
)
S3_FREE = frozenset({"DeleteObject", "DeleteObjects"})

ASSUMED_MS = {
    "GetItem": 4.0,
    "PutItem": 5.0,
    "UpdateItem": 5.0,
    "Query": 6.0,
    "TransactWriteItems": 15.0,
    "Publish": 20.0,
    "PublishBatch": 20.0,
    "GetSecretValue": 20.0,
    "GetParameters": 20.0,
}
"""Milliseconds that a call waits for AWS within a region; an assumption, since an emulator on loopback says nothing
about it. DynamoDB promises single-digit milliseconds and doubles its work in a transaction; S3 is S3_ASSUMED_MS.
"""
S3_ASSUMED_MS = 40.0


@dataclass(slots=True)
class Meter:
    """Counts one invocation at a time; `table` is where the images of written items are looked up afterwards."""

    table: Table
    read_units: float = 0
    s3_writes: int = 0
    s3_reads: int = 0
    publishes: list[Mapping[str, Any]] = field(default_factory=list)
    secret_reads: int = 0
    writes: list[Write] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    """Keys of objects that were put."""
    calls: list[tuple[str, float, float]] = field(default_factory=list)
    """Service and operation, start and end (perf_counter seconds)."""
    _lock: Lock = field(default_factory=Lock)

    def attach(self, session: Session) -> None:
        """Count whatever clients made from now on by `session` do."""
        session.register("before-parameter-build.*", self._before)
        session.register("after-call.*", self._after)

    def reset(self) -> None:
        """Begin anew."""
        self.read_units, self.s3_writes, self.s3_reads, self.secret_reads = 0, 0, 0, 0
        self.publishes, self.writes, self.calls, self.objects = [], [], [], []

    def settle(self) -> tuple[Usage, list[Image]]:
        """Return what was counted since `reset`, and the records that the table's stream would now hand out."""
        units, records = self.table.settle(self.writes)
        usage = Usage(
            write_units=units,
            read_units=self.read_units,
            s3_writes=self.s3_writes,
            s3_reads=self.s3_reads,
            sns_publishes=len(self.publishes),
            secret_reads=self.secret_reads,
        )
        return usage, records

    def on_the_wire_s(self) -> float:
        """Return the seconds during which at least one call was under way."""
        busy, until = 0.0, 0.0
        for _, start, end in sorted(self.calls, key=lambda call: call[1]):
            busy += max(0.0, end - max(start, until))
            until = max(until, end)
        return busy

    def assumed_wait_ms(self) -> float:
        """Return how long these calls would have waited for AWS, made as much at once as they were here."""
        spent = sum(end - start for _, start, end in self.calls)
        at_once = max(1.0, spent / busy) if (busy := self.on_the_wire_s()) else 1.0
        return sum(_assumed_ms(name) for name, _, _ in self.calls) / at_once

    def _before(self, **hook: Any) -> None:  # noqa: ANN401 -- botocore hands over what it likes
        model = hook["model"]
        call = (model.service_model.service_name, model.name, dict(hook["params"]), time.perf_counter())
        hook["context"]["bench"] = call

    def _after(self, **hook: Any) -> None:  # noqa: ANN401 -- botocore hands over what it likes
        end = time.perf_counter()
        service, operation, params, start = hook["context"]["bench"]
        parsed = hook["parsed"]
        with self._lock:
            self.calls.append((f"{service}.{operation}", start, end))
            match service:
                case "dynamodb":
                    self._dynamodb(operation, params, parsed)
                case "s3":
                    self.s3_writes += operation in S3_WRITES
                    self.objects += [str(params["Key"])] if operation == "PutObject" else []
                    self.s3_reads += operation not in S3_WRITES | S3_FREE
                case "sns":
                    self.publishes += _messages(operation, params)
                case "secretsmanager":
                    self.secret_reads += 1

    def _dynamodb(self, operation: str, params: Mapping[str, Any], parsed: Mapping[str, Any]) -> None:
        consistent = bool(params.get("ConsistentRead"))
        match operation:
            case "GetItem":
                self.read_units += get_units(item_bytes(parsed.get("Item", {})), consistent=consistent)
            case "Query":
                sizes = [item_bytes(item) for item in parsed.get("Items", ())]
                self.read_units += query_units(sizes, consistent=consistent)
            case "PutItem" | "UpdateItem" | "DeleteItem":
                self.writes.append(Write.of(operation.removesuffix("Item"), params, transactional=False))
            case "TransactWriteItems":
                for item in params["TransactItems"]:
                    ((kind, write),) = item.items()
                    self.writes.append(Write.of(kind, write, transactional=True))
            case _:
                raise NotImplementedError(f"say here what DynamoDB's {operation} costs")


def _messages(operation: str, params: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if operation == "PublishBatch":
        return [*params["PublishBatchRequestEntries"]]
    return [params] if operation == "Publish" else []


def _assumed_ms(name: str) -> float:
    service, operation = name.split(".", 1)
    return S3_ASSUMED_MS if service == "s3" else ASSUMED_MS.get(operation, 10.0)
