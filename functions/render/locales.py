"""Which languages there are: the folders of `site_templates/locales` that hold a language's formats."""

from pathlib import Path
from typing import Final

FILE: Final = "formats.json"


def languages(locales: Path) -> tuple[str, ...]:
    """Return the languages (BCP 47) that a page can have, English first."""
    found = sorted(file.parent.name for file in locales.glob(f"*/{FILE}"))
    return tuple(sorted(found, key=lambda language: language != "en"))
