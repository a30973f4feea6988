"""The functions' dependencies, installed once per lock file and kept, so that a synth needs no network.

`python -m infra.dependencies` fills the cache; `make setup` does that.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uv import find_uv_bin

from infra.options import ROOT

CACHE = ROOT / ".local" / "dependencies"

EXPORT = ("export", "--frozen", "--only-group", "runtime", "--no-emit-project", "--no-annotate", "--no-header")
# For Lambda's interpreter and processor, whatever this machine has. Wheels only: nothing is built, nothing else is run.
INSTALL = (
    "pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--link-mode", "copy",
    "--python-platform", "aarch64-manylinux2014", "--python-version", "3.13",
)  # fmt: skip


class DependenciesError(Exception):
    """The dependencies could not be installed; the message holds what uv said."""


def cache_key(lock: Path = ROOT / "uv.lock") -> str:
    """Return what the installed dependencies depend on: the lock file and how uv is called."""
    digest = hashlib.sha256(lock.read_bytes())
    digest.update("\0".join((*EXPORT, *INSTALL)).encode())
    return digest.hexdigest()[:32]


def dependencies(cache: Path = CACHE) -> Path:
    """Return the folder with the functions' dependencies; install them where this lock file's are not there yet.

    Raises DependenciesError.
    """
    folder = cache / cache_key()
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with _workspace(cache) as workspace:
        requirements = workspace / "requirements.txt"
        _uv(*EXPORT, "--output-file", str(requirements))
        target = workspace / "packages"
        _uv(*INSTALL, "--requirements", str(requirements), "--target", str(target))
        _strip(target)
        try:
            target.rename(folder)
        except OSError:
            if not folder.is_dir():  # otherwise somebody else was faster, with the same content
                raise
    return folder


@contextmanager
def _workspace(cache: Path) -> Iterator[Path]:
    """Yield a folder beside the final one, so that moving there is atomic: half an install is never found."""
    workspace = Path(tempfile.mkdtemp(prefix="partial-", dir=cache))
    try:
        yield workspace
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def _uv(*arguments: str) -> None:
    # A UV_PYTHON of the caller would contradict --python-version.
    environment = {name: value for name, value in os.environ.items() if name != "UV_PYTHON"}
    command = [find_uv_bin(), *arguments, "--quiet"]
    done = subprocess.run(  # noqa: S603 (uv, with arguments that stand in this file)
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DependenciesError(
            f"uv could not install the functions' dependencies (needs network the first time; see `make setup`):"
            f"\n{done.stderr.strip()}"
        )


def _strip(target: Path) -> None:
    """Remove what no function needs: command-line entry points, uv's lock, and RECORD, which names the former."""
    shutil.rmtree(target / "bin", ignore_errors=True)
    (target / ".lock").unlink(missing_ok=True)
    for record in target.glob("*.dist-info/RECORD"):
        record.unlink()


if __name__ == "__main__":
    print(dependencies())  # noqa: T201 (a command's answer)
