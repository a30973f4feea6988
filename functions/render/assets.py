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
_ROOM: Final = re.compile(r"\s*([{};,])\s*|(?<=:) +")
_REMARK: Final = re.compile(rb"^[ \t]*(?://.*\n|\n)|^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """`keys` maps a file's name (`page.js`) to its key (`assets/page.1f2e3d4c.js`).

    `style` is the stylesheet, `short_style` that of pages without a record: of a monitor, an incident, a month.
    """

    keys: Mapping[str, str]
    artefacts: Mapping[str, Artefact]
    style: str = ""
    short_style: str = ""

    def key(self, name: str) -> str:
        """Return the key of the file called `name`; KeyError where there is none."""
        return self.keys[name]


def load_assets(folder: Path, look: Look = NO_LOOK) -> Assets:
    """Read the templates' folder: `assets/`, `scripts/` (by name, as one file) and the stylesheets; `look` has more."""
    files = {path.name: path.read_bytes() for path in sorted((folder / "assets").iterdir())}
    scripts = b"\n".join(path.read_bytes() for path in sorted((folder / "scripts").glob("*.js")))
    files["page.js"] = _REMARK.sub(b"", scripts)
    files |= look.assets
    keys: dict[str, str] = {}
    artefacts: dict[str, Artefact] = {}
    for name, body in files.items():
        path = Path(name)
        keys[name] = f"assets/{path.stem}.{sha256(body).hexdigest()[:12]}{path.suffix}"
        artefacts[keys[name]] = Artefact(body=body, content_type=_TYPES[path.suffix], cache_control=CACHE_FOR_EVER)
    page, record = (_tight((folder / name).read_text(encoding="utf-8")) for name in ("page.css", "record.css"))
    own = _compact(look.style)
    return Assets(
        keys=keys,
        artefacts=artefacts,
        style="\n".join(filter(None, (page, record, own))),
        short_style="\n".join(filter(None, (page, own))),
    )


def _tight(style: str) -> str:
    """Return a stylesheet of ours with no blank too many: in none of its strings is a sign of its grammar."""
    return _ROOM.sub(r"\1", _compact(style))


def _compact(style: str) -> str:
    """Return a stylesheet without comments and indentation."""
    return _BLANKS.sub("\n", _COMMENT.sub("", style)).strip()
