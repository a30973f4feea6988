"""One invocation of a function, and what Lambda would bill for it.

The model. Lambda bills wall time, each begun millisecond, times memory. Memory buys CPU: a whole vCPU at 1,769 MB, less
in proportion (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). So

    billed = CPU / min(1, memory / 1769) + waiting for AWS                          most functions
    billed = max(CPU / min(1, memory / 1769), wall time here) + waiting for AWS     the probe

- CPU is this process's CPU time, measured; a vCPU of Graviton is taken to be as fast as a core of this machine.
- Waiting for AWS is assumed (bench/meter.py), for each call that was really made: loopback says nothing about it. The
  time that calls took here is left out.
- The probe waits for targets, which answer as late as bench/latency.py says, and starts its checks at the pace of the
  CPU that its memory buys (functions/probe/pace.py), here as well. Its wall time is therefore what it would be there,
  as long as its CPU fits in; docs/benchmarks.md has a run held to that part of a CPU by a cgroup, for comparison.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.meter import Meter
from bench.output import Output
from bench.table import Image
from bench.usage import FunctionUse, Usage

FULL_CPU_MB = 1769
Handler = Callable[[Mapping[str, Any], Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What Lambda tells a function about its invocation."""

    function_name: str
    memory_limit_in_mb: int
    deadline: float
    aws_request_id: str = "00000000-0000-4000-8000-000000000000"
    function_version: str = "$LATEST"

    @property
    def invoked_function_arn(self) -> str:
        """Return an address as AWS writes them."""
        return f"arn:aws:lambda:us-east-1:000000000000:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function is stopped."""
        return max(0, round((self.deadline - time.monotonic()) * 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one invocation used, and what it set off."""

    usage: Usage
    records: list[Image]
    publishes: list[Mapping[str, Any]]
    objects: list[str]
    metrics: frozenset[str]
    answer: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function as it is deployed: `timeout` in seconds; `has_targets` where it waits for others than AWS."""

    name: str
    handler: Handler
    memory_mb: int
    timeout: int
    traced: bool = False
    has_targets: bool = False


def invoke(function: Function, event: Mapping[str, Any], *, meter: Meter, output: Output) -> Outcome:
    """Run one invocation."""
    context = Context(
        function_name=function.name,
        memory_limit_in_mb=function.memory_mb,
        deadline=time.monotonic() + function.timeout,
    )
    meter.reset()
    output.take()
    wall, cpu = time.perf_counter(), time.process_time()
    answer = function.handler(event, context)
    cpu_ms = (time.process_time() - cpu) * 1000
    wall_ms = (time.perf_counter() - wall) * 1000
    written = output.take()
    own_ms = wall_ms - meter.on_the_wire_s() * 1000 if function.has_targets else cpu_ms
    waiting_ms = meter.assumed_wait_ms()
    publishes, objects = list(meter.publishes), list(meter.objects)
    usage, records = meter.settle()
    use = FunctionUse(
        memory_mb=function.memory_mb,
        invocations=1,
        billed_ms=billed_ms(cpu_ms, own_ms, waiting_ms, memory_mb=function.memory_mb),
        cpu_ms=cpu_ms,
        waiting_ms=max(0.0, own_ms - cpu_ms) + waiting_ms,
    )
    return Outcome(
        usage=replace(usage, functions={function.name: use}, log_bytes=written.log_bytes, traces=int(function.traced)),
        records=records,
        publishes=publishes,
        objects=objects,
        metrics=written.metrics,
        answer=answer,
    )


def billed_ms(cpu_ms: float, own_ms: float, aws_ms: float, *, memory_mb: int) -> int:
    """Return the milliseconds that are billed; see the model above. `own_ms` is wall time without AWS."""
    return math.ceil(max(cpu_ms / min(1.0, memory_mb / FULL_CPU_MB), own_ms) + aws_ms)
