"""What a visitor's device keeps for when nothing can be fetched: one page, and the worker that shows it.

Both change with the look and the language alone, never with the state: what is kept can say nothing of how things are.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from functions.domain.page import Page
from functions.render.artefact import HTML, Artefact, Draft, Stage
from functions.render.headers import CACHE_CHECKED
from functions.render.templates import Templates
from functions.render.widget import JAVASCRIPT


def draft_offline(page: Page, templates: Templates, *, fingerprint: Callable[..., str]) -> dict[str, Draft]:
    """Return the drafts of `sw.js` and `offline`, which comes first: the worker fetches it as it is installed.

    A private page has no `offline`, and a `sw.js` that only takes away what there was before it was private.
    """
    worker = Draft(draw=partial(_worker, page, templates), fingerprint=fingerprint("sw.js", page.private))
    if page.private:
        return {"sw.js": worker}
    offline = Draft(
        draw=partial(_offline, page, templates), fingerprint=fingerprint("offline", page.private), stage=Stage.ASSETS
    )
    return {"offline": offline, "sw.js": worker}


def _offline(page: Page, templates: Templates) -> Artefact:
    return Artefact(body=templates.render("offline.html", page=page), content_type=HTML, cache_control=CACHE_CHECKED)


def _worker(page: Page, templates: Templates) -> Artefact:
    """Return the worker, whose bytes change with the page that it keeps: browsers then install it anew."""
    version = sha256(_offline(page, templates).body).hexdigest()[:12]
    body = templates.render("sw.js", page=page, version=version)
    return Artefact(body=body.strip() + b"\n", content_type=JAVASCRIPT, cache_control=CACHE_CHECKED)
