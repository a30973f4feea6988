"""What starting a function costs: the CPU of importing its handler in a new interpreter.

Lambda bills the start-up as well, at the function's memory:
https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/ (2025).
"""

import os
import subprocess
import sys
from collections.abc import Mapping

from bench.facts import Size
from bench.invocation import billed_ms
from bench.usage import FunctionUse

STARTS_A_DAY = 12
"""How often AWS replaces an execution environment that is in steady use: an assumption, since it promises nothing."""

_PROGRAM = """
import sys, time
before = time.process_time()
import functions.{name}.handler
print((time.process_time() - before) * 1000, file=sys.stderr)
"""


def cold_starts(functions: Mapping[str, Size], environment: Mapping[str, str]) -> dict[str, FunctionUse]:
    """Return what one start of each function uses; `environment` is what the handlers read when they are imported."""
    return {name: _start(name, size, environment) for name, size in functions.items()}


def _start(name: str, size: Size, environment: Mapping[str, str]) -> FunctionUse:
    program = _PROGRAM.format(name=name)
    # The first one may have to compile; the asset in Lambda is compiled as well.
    taken = [
        float(
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, **environment},
                check=True,
                capture_output=True,
                text=True,
            ).stderr.splitlines()[-1]
        )
        for _ in range(3)
    ]
    cpu_ms = min(taken)
    return FunctionUse(
        memory_mb=size.memory_mb, cpu_ms=cpu_ms, billed_ms=billed_ms(cpu_ms, 0, 0, memory_mb=size.memory_mb)
    )
