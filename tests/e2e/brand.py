"""What the German page of the end-to-end tests brings along to look like its team's (docs/branding.md)."""

from pathlib import Path

ACCENT = {"light": "#a1005d", "dark": "#ff7ac6"}
IMPRINT = {"text": "Impressum & <b>Kontakt</b>", "url": "https://laden.example/impressum?a=1&b=2"}
OWN_WORDS = "Vielleicht in der Hilfe des Ladens?"
"""What the page's own template says where there is no such page."""

_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><rect width="80" height="20" fill="{}"/></svg>'
_TEMPLATE = (
    '{% extends "original/404.html" %}{% block content %}'
    '<p class="lead" id="own">{{ page.title }}: ' + OWN_WORDS + "</p>{% endblock %}"
)
_FILES = {
    "logo.svg": _PICTURE.format("#a1005d"),
    "logo-on-dark.svg": _PICTURE.format("#ff7ac6"),
    "favicon.svg": _PICTURE.format("#a1005d"),
    "page.css": ".brand { letter-spacing: 3px }",
    "templates/404.html": _TEMPLATE,
}


def write_brand(folder: Path) -> dict[str, object]:
    """Write the files into `folder`/brand; return the page's key `brand` for a pulseboard.yaml in `folder`."""
    for name, text in _FILES.items():
        file = folder / "brand" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return {
        "logo": {"light": "brand/logo.svg", "dark": "brand/logo-on-dark.svg"},
        "favicon": "brand/favicon.svg",
        "accent": ACCENT,
        "links": [IMPRINT],
        "css": "brand/page.css",
        "templates": "brand/templates",
    }
