"""The real CDK command line, pinned in package-lock.json."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ToolkitError(Exception):
    """The CDK failed; the message ends with the last that it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolkit:
    """Starts the CDK with `environment` and keeps what it says in `log`."""

    root: Path
    environment: Mapping[str, str]
    log: Path

    def bootstrap(self, account: str, region: str, *, workspace: Path) -> None:
        """Prepare an account and region for deployments; `workspace` is an empty folder. Raises ToolkitError."""
        # Elsewhere than in the project, it does not synthesise the app first.
        self._run("bootstrap", f"aws://{account}/{region}", folder=workspace)

    def deploy(self, *, context: Mapping[str, str], output: Path) -> dict[str, dict[str, str]]:
        """Deploy all stacks; return their outputs by stack. Raises ToolkitError."""
        output.mkdir(parents=True, exist_ok=True)
        outputs = output / "outputs.json"
        arguments = [argument for name, value in context.items() for argument in ("--context", f"{name}={value}")]
        self._run(
            "deploy",
            "--all",
            "--app",
            f"{sys.executable} {self.root / 'app.py'}",
            *("--output", str(output / "assembly")),
            *("--outputs-file", str(outputs)),
            *("--require-approval", "never"),
            # No change set: there is nobody who would look at it.
            *("--method", "direct"),
            *("--progress", "events"),
            *arguments,
            folder=self.root,
        )
        deployed: dict[str, dict[str, str]] = json.loads(outputs.read_text())
        return deployed

    def _run(self, *arguments: str, folder: Path) -> None:
        command = [*_node(), str(self.root / "node_modules" / "aws-cdk" / "bin" / "cdk"), "--no-notices", *arguments]
        folder.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w+", encoding="utf-8", errors="replace") as said:
            done = subprocess.run(  # noqa: S603 (the pinned CDK, with arguments from here)
                command, cwd=folder, env=dict(self.environment), stdout=said, stderr=subprocess.STDOUT, check=False
            )
            if done.returncode:
                said.seek(0)
                raise ToolkitError(f"cdk {arguments[0]} failed ({self.log}):\n{_end(said.read().splitlines())}")


def _node() -> Sequence[str]:
    own = Path(sys.executable).with_name("node")
    return [str(own)] if own.exists() else ["node"]


def _end(lines: Sequence[str], *, count: int = 30) -> str:
    return "\n".join(lines[-count:])
