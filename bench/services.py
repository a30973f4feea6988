"""The target as a process that ends with its `with`."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.targets.certificates import identity

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The running target."""

    port: int
    _stdin: IO[str]
    _stdout: IO[str]

    def tell(self, *, error: Sequence[int] = (), hang: Sequence[int] = ()) -> None:
        """Break these and heal all others; returns when it is so."""
        print(json.dumps({"error": list(error), "hang": list(hang)}), file=self._stdin, flush=True)
        if self._stdout.readline().strip() != "ok":
            raise ConnectionError("the target is gone")


@contextmanager
def target(folder: Path) -> Iterator[Target]:
    """Run the target, with a certificate for 127.0.0.1 by the tests' authority; `folder` is where it is kept."""
    certificate = folder / "target.pem"
    certificate.write_text(identity("127.0.0.1").pem)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.target", str(certificate)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None  # noqa: S101 -- a pipe was asked for
        assert process.stdout is not None  # noqa: S101 -- a pipe was asked for
        try:
            yield Target(port=int(process.stdout.readline()), _stdin=process.stdin, _stdout=process.stdout)
        finally:
            process.terminate()
