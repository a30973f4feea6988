"""Where the local stack keeps its things."""

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All under `home`, but for the tools, which `make setup` puts under the project's own `.local`."""

    project: Path = PROJECT
    home: Path = PROJECT / ".local"

    @property
    def stack_file(self) -> Path:
        """Return the file that tells where everything is."""
        return self.home / "stack.json"

    @property
    def processes(self) -> Path:
        """Return the file that tells what runs."""
        return self.home / "processes.json"

    @property
    def aws(self) -> Path:
        """Return the embedded AWS's state."""
        return self.home / "aws"

    @property
    def demo(self) -> Path:
        """Return the demo service's state."""
        return self.home / "demo"

    @property
    def deployment(self) -> Path:
        """Return where the CDK works."""
        return self.home / "cdk"

    @property
    def emulator(self) -> Path:
        """Return the interpreter that the embedded AWS is installed for."""
        return self.project / ".local" / "ministack" / "bin" / "python"

    def log(self, name: str) -> Path:
        """Return the log of the process or step `name`."""
        return self.home / "logs" / f"{name}.log"
