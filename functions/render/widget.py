"""What other sites put on theirs: the element `pulseboard-status` and the page that holds it in a frame.

Both only say what status.json says, so they never change with the state: no PUT is ever made for them in a quiet hour,
nor in a loud one.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from functions.domain.page import Page
from functions.domain.snapshot import Overall
from functions.domain.status_document import STATUS_WORDS
from functions.domain.verdict import Verdict
from functions.render.artefact import HTML, Artefact, Draft
from functions.render.templates import Templates

JAVASCRIPT: Final = "text/javascript; charset=utf-8"


def draft_widget(
    page: Page, templates: Templates, *, tones: Mapping[Overall, Verdict], fingerprint: Callable[..., str]
) -> dict[str, Draft]:
    """Return the drafts of `widget` and `widget.js`; `tones` is the look of the whole page by its state."""
    return {
        "widget.js": Draft(draw=partial(_script, templates, tones), fingerprint=fingerprint("widget.js")),
        "widget": Draft(draw=partial(_frame, page, templates), fingerprint=fingerprint("widget")),
    }


def _script(templates: Templates, tones: Mapping[Overall, Verdict]) -> Artefact:
    words = templates.words
    texts = {
        "lang": templates.language,
        "page": {overall.value: (words.overall(overall), tones[overall].value) for overall in Overall},
        "monitor": {word: (words.verdict(verdict), verdict.value) for verdict, word in STATUS_WORDS.items()},
    }
    body = b"\n".join(line.strip() for line in templates.render("widget.js", texts=texts).splitlines())
    return Artefact(body=body.strip() + b"\n", content_type=JAVASCRIPT)


def _frame(page: Page, templates: Templates) -> Artefact:
    return Artefact(body=templates.render("widget.html", page=page), content_type=HTML)
