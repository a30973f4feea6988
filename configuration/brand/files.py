"""Files that pulseboard.yaml names, relative to where it stands."""

from pathlib import Path

from configuration.nearest import nearest
from configuration.wording import quoted


class FileError(Exception):
    """A file cannot be used; the message says why, and `suggestion` is one that is there."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def read_file(folder: Path, name: str, *, most: int) -> bytes:
    """Return the bytes of the file `name` in `folder`. Raises FileError for none, or more than `most` bytes."""
    path = folder / name
    try:
        size = path.stat().st_size
        if path.is_file() and size > most:
            raise FileError(f"{quoted(name)} has {size:,} bytes; at most {most:,} are allowed")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no file {quoted(name)}; paths count from the folder of pulseboard.yaml"
        raise FileError(message, _beside(path, name)) from error
    except (OSError, ValueError) as error:
        raise FileError(f"{quoted(name)} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def read_text(folder: Path, name: str, *, most: int) -> str:
    """Return the text of a file. Raises FileError, also for one that is not UTF-8."""
    try:
        return read_file(folder, name, most=most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{quoted(name)} is not UTF-8 at byte {error.start}; save it in UTF-8") from error


def _beside(path: Path, name: str) -> str | None:
    """Return the file beside it that was probably meant, as it would be written."""
    try:
        there = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except (OSError, ValueError):
        return None
    meant = nearest(path.name, there)
    return None if meant is None else name[: len(name) - len(path.name)] + meant
