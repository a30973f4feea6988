"""What is said in an incident: from an option, a file, the standard input or an editor."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory


class InputError(ValueError):
    """What was given cannot be used; the message says what is expected."""


def read_words(text: str | None, file: Path | None, *, draft: str = "") -> str:
    """Return the text of --body, of --file (`-`: the standard input), or of an editor that shows `draft`.

    Raises InputError where there is nothing.
    """
    if text is not None and file is not None:
        raise InputError("Give --body or --file, not both.")
    if text is not None:
        return _something(text, "--body")
    if file is not None:
        return _something(_contents(file), str(file))
    if not sys.stdin.isatty():
        raise InputError("Say it with --body TEXT or --file FILE (`-` reads the standard input).")
    return _something(_edited(draft), "what you wrote")


def read_monitors(given: Iterable[str]) -> dict[str, str]:
    """Return what `ID=WORD` options say, by id; raises InputError."""
    found: dict[str, str] = {}
    for one in given:
        monitor, equals, word = one.partition("=")
        if not (monitor and equals and word):
            raise InputError(f"--monitor {one}: write ID=down, ID=degraded or, once it is well again, ID=up.")
        if monitor in found:
            raise InputError(f"--monitor {one}: `{monitor}` is there twice.")
        found[monitor] = word
    return found


def _contents(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text (byte {error.start}).") from error


def _edited(draft: str) -> str:
    """Return what is left in a file after an editor was at it: that of VISUAL or EDITOR."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise InputError("Say it with --body TEXT or --file FILE, or name an editor in EDITOR.")
    with TemporaryDirectory() as folder:
        file = Path(folder, "words.md")
        file.write_text(draft, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603 - the user's own editor
        except OSError as error:
            raise InputError(f"The editor {editor} cannot be started: {error.strerror}.") from error
        if done.returncode:
            raise InputError(f"The editor {editor} ended with status {done.returncode}; nothing was sent.")
        return _contents(file)


def _something(text: str, where: str) -> str:
    if not text.strip():
        raise InputError(f"There are no words in {where}.")
    return text
