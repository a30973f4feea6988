"""Which pages stand for all: of each kind that a site has, the one that says most.

Read from what was drawn, so that a new kind of page is looked at without anybody remembering to list it.
"""

from collections.abc import Mapping

from functions.render.artefact import Artefact

MISSING = "404.html"
_NOWHERE = "/no/such/page"


def kind_of_page(key: str) -> str:
    """Return what kind of page a key is: `index`, `monitors/…`, `history` and so on."""
    folder, _, rest = key.partition("/")
    return "/".join([folder, *("…" for _ in rest.split("/"))]) if rest else folder.removesuffix(".html")


def page_kinds(site: Mapping[str, Artefact]) -> dict[str, str]:
    """Return the path of the longest page of each kind; that of the 404 page is one that is not there."""
    longest: dict[str, str] = {}
    for key, artefact in site.items():
        if not artefact.content_type.startswith("text/html"):
            continue
        kind = kind_of_page(key)
        if kind not in longest or len(artefact.body) > len(site[longest[kind]].body):
            longest[kind] = key
    return {kind: _path(key) for kind, key in longest.items()}


def key_of(path: str) -> str:
    """Return the key of the page at one of these paths."""
    return MISSING if path == _NOWHERE else path.removeprefix("/") or "index.html"


def _path(key: str) -> str:
    if key == MISSING:
        return _NOWHERE
    return f"/{key.removesuffix('index.html')}"
