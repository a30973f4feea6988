"""What search engines and agents look for: robots.txt and sitemap.xml; index.md and llms.txt are templates.

Sources: RFC 9309, https://www.sitemaps.org/protocol.html, https://llmstxt.org.
"""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from functions.domain.snapshot import Snapshot
from functions.render.artefact import Artefact

_TEXT: Final = "text/plain; charset=utf-8"
CONTENT_TYPES: Final[Mapping[str, str]] = {"md": "text/markdown; charset=utf-8", "txt": _TEXT}
"""Of templates that are not HTML, by their ending."""
_XML: Final = "application/xml"
_PAGES: Final = frozenset({"history", "incidents", "maintenance", "monitors"})


def robots(snapshot: Snapshot) -> Artefact:
    """Return robots.txt: a public page is there to be found, a private one is not."""
    rule = "Disallow: /" if snapshot.page.private else f"Allow: /\n\nSitemap: {snapshot.url}/sitemap.xml"
    return Artefact(body=f"User-agent: *\n{rule}\n".encode(), content_type=_TEXT)


def sitemap(snapshot: Snapshot, keys: Iterable[str]) -> Artefact:
    """Return sitemap.xml: of all objects the pages for people; incidents with when they were last written to."""
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    changed = {f"incidents/{i.id}": f"{i.updated_at:%Y-%m-%dT%H:%M:%SZ}" for i in snapshot.incidents}
    for key in ("", *filter(_is_page, keys)):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = f"{snapshot.url}/{quote(key)}"
        if key in changed:
            ET.SubElement(url, "lastmod").text = changed[key]
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Artefact(body=body, content_type=_XML)


def _is_page(key: str) -> bool:
    """Tell whether it is one of the pages, none of which has an ending."""
    return key.partition("/")[0] in _PAGES and "." not in key
