"""A folder of templates that take the place of ours, file by file."""

from pathlib import Path
from typing import Final

from configuration.brand.files import FileError, read_text
from configuration.nearest import nearest
from configuration.wording import listed, quoted

_OURS: Final = Path(__file__).resolve().parents[2] / "site_templates"
_SUFFIXES: Final = frozenset({".html", ".md", ".txt"})
"""Of what people read, and programs for them. Scripts stay ours: the page's Content-Security-Policy is about them."""

_BYTES: Final = 100_000


def template_names(folder: Path, name: str) -> tuple[str, ...]:
    """Return the files in `folder`, called `name` in pulseboard.yaml. Raises FileError."""
    if not folder.is_dir():
        raise FileError(f"there is no folder {quoted(name)}; paths count from the folder of pulseboard.yaml")
    ours = sorted(path.name for path in _OURS.iterdir() if path.suffix in _SUFFIXES)
    found = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    if not found:
        raise FileError(f"the folder {quoted(name)} is empty; put copies of what is to differ there: {listed(ours)}")
    for each in found:
        if each not in ours:
            message = f"{quoted(f'{name}/{each}')} takes the place of nothing; templates are {listed(ours)}"
            raise FileError(message, nearest(each, ours))
        read_text(folder, each, most=_BYTES)
    return tuple(found)
