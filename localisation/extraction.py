"""Which messages there are: those that templates and code mark, and the sentences of incidents."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from functions.render.timeline import messages as timeline_messages

ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATES: Final = ROOT / "site_templates"
CODE: Final = ROOT / "functions" / "render"

_KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "_gettext": None,
    "ngettext": (1, 2),
    "_ngettext": (1, 2),
    "_count": (1, 2),
    "NN_": (1, 2),
}
_TEMPLATE_ENDINGS: Final = frozenset({".html", ".md", ".txt"})
_TEMPLATE_OPTIONS: Final = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "encoding": "utf-8"}
"""As functions/render/templates.py sets Jinja2 up; a template that cannot be parsed is an error."""


def extract() -> Catalog:
    """Return a catalogue of all messages without translations, in the order of the files."""
    catalog = Catalog(project="Pulseboard", charset="utf-8", fuzzy=False)
    for path, line, message, comments in _found():
        catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), line)], auto_comments=comments)
    for message in timeline_messages():
        catalog.add(message, locations=[("functions/render/timeline.py", 0)])
    return catalog


def _found() -> Iterator[tuple[Path, int, str | tuple[str, ...], list[str]]]:
    files = [
        *(
            (path, "jinja2.ext:babel_extract")
            for path in sorted(TEMPLATES.glob("*.*"))
            if path.suffix in _TEMPLATE_ENDINGS
        ),
        *((path, "python") for path in sorted(CODE.glob("*.py"))),
    ]
    for path, method in files:
        options = {} if method == "python" else dict(_TEMPLATE_OPTIONS)
        for line, message, comments, _ in extract_from_file(method, path, keywords=_KEYWORDS, options=options):
            yield path, line, message, comments
