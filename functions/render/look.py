"""What a page brings along to look like its team's: pictures, a stylesheet, templates.

In the asset it stands under `brands/{page}/`: `assets/`, `brand.css` and `templates/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from functions.domain.brand import Brand
from functions.render.palette import rules_for

FOLDER: Final = Path(__file__).resolve().parents[2] / "brands"

ASSETS: Final = "assets"
STYLE: Final = "brand.css"
TEMPLATES: Final = "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplate:
    """A template that takes the place of ours; `file` is what errors call it."""

    text: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`assets` and `templates` by file name; `style` comes after our stylesheet."""

    assets: Mapping[str, bytes] = field(default_factory=dict)
    style: str = ""
    templates: Mapping[str, OwnTemplate] = field(default_factory=dict)


NO_LOOK: Final = Look()


def read_look(folder: Path) -> Look:
    """Return what stands in `folder`; nothing where there is none."""
    style = folder / STYLE
    return Look(
        assets={path.name: path.read_bytes() for path in sorted((folder / ASSETS).glob("*"))},
        style=style.read_text(encoding="utf-8") if style.exists() else "",
        templates={
            path.name: OwnTemplate(text=path.read_text(encoding="utf-8"), file=str(path))
            for path in sorted((folder / TEMPLATES).glob("*"))
        },
    )


def branded(brand: Brand, look: Look) -> Look:
    """Return `look` with the brand's variables before its styles, which have the last word."""
    return replace(look, style="\n".join(part for part in (rules_for(brand.light, brand.dark), look.style) if part))
