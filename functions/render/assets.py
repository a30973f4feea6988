"""The site's fixed files: their names carry their bytes' hash, so that they are cached for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from functions.render.artefact import SVG, Artefact
from functions.render.headers import CACHE_FOR_EVER

_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": SVG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """`keys` maps a file's name (`page.css`) to its key (`assets/page.1f2e3d4c.css`)."""

    keys: Mapping[str, str]
    artefacts: Mapping[str, Artefact]

    def key(self, name: str) -> str:
        """Return the key of the file called `name`; KeyError where there is none."""
        return self.keys[name]


def load_assets(folder: Path) -> Assets:
    """Read the folder's files."""
    keys: dict[str, str] = {}
    artefacts: dict[str, Artefact] = {}
    for path in sorted(folder.iterdir()):
        body = path.read_bytes()
        keys[path.name] = f"assets/{path.stem}.{sha256(body).hexdigest()[:12]}{path.suffix}"
        artefacts[keys[path.name]] = Artefact(body=body, content_type=_TYPES[path.suffix], cache_control=CACHE_FOR_EVER)
    return Assets(keys=keys, artefacts=artefacts)
