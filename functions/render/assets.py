"""The site's fixed files: their names carry their bytes' hash, so that they are cached for ever.

Not the stylesheet: it stands in each page, so that the first paint needs one request.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from functions.render.artefact import PNG, SVG, Artefact
from functions.render.headers import CACHE_FOR_EVER
from functions.render.look import NO_LOOK, Look

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".svg": SVG, ".png": PNG}
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS: Final = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """`keys` maps a file's name (`page.js`) to its key (`assets/page.1f2e3d4c.js`); `style` is the stylesheet."""

    keys: Mapping[str, str]
    artefacts: Mapping[str, Artefact]
    style: str = ""

    def key(self, name: str) -> str:
        """Return the key of the file called `name`; KeyError where there is none."""
        return self.keys[name]


def load_assets(folder: Path, look: Look = NO_LOOK) -> Assets:
    """Read the templates' folder: `assets/`, `scripts/` (by name, as one file) and `page.css`; `look` has more."""
    files = {path.name: path.read_bytes() for path in sorted((folder / "assets").iterdir())}
    files["page.js"] = b"\n".join(path.read_bytes() for path in sorted((folder / "scripts").glob("*.js")))
    files |= look.assets
    keys: dict[str, str] = {}
    artefacts: dict[str, Artefact] = {}
    for name, body in files.items():
        path = Path(name)
        keys[name] = f"assets/{path.stem}.{sha256(body).hexdigest()[:12]}{path.suffix}"
        artefacts[keys[name]] = Artefact(body=body, content_type=_TYPES[path.suffix], cache_control=CACHE_FOR_EVER)
    return Assets(keys=keys, artefacts=artefacts, style=_compact(f"{(folder / 'page.css').read_text()}\n{look.style}"))


def _compact(style: str) -> str:
    """Return a stylesheet without comments and indentation."""
    return _BLANKS.sub("\n", _COMMENT.sub("", style)).strip()
