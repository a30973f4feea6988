"""Whatever names and descriptions say, they stay text: in every page, every badge and every document."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from functions.domain.incident import Acknowledgement, Origin, Postmortem
from functions.domain.part import Part
from functions.domain.public_cause import PublicCause
from functions.domain.snapshot import GroupView, Snapshot
from functions.domain.verdict import FailureKind, Verdict
from functions.render.artefact import Artefact
from functions.render.headers import FIRST_SCRIPT, OFFLINE_SCRIPT
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots, views
from tests.fakes.html import parse_html
from tests.fakes.incident_views import incident_view

TEMPLATES = Templates(language="en")
OTHER_SCRIPTS: Final[Mapping[str, list[tuple[str, str | None]]]] = {
    "404.html": [("/assets/", None), ("/widget.", None)],  # shows the state of now
    "offline": [("", OFFLINE_SCRIPT)],  # can fetch nothing
}
"""What pages of their own kind have after the first script: the start of its address, and its text."""
HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "an attribute's end": '"><img src=x onerror=alert(1)>',
    "single quotes": "' onmouseover='alert(1)",
    "an entity": "&lt;b&gt; &amp;&#60;",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "a percent sign": "100 %(names)s %s %",
    "the end of a title": "</title></svg><svg onload=alert(1)>",
    "another direction": "\u202eevil\u202c \u2067\u05d0\u05d1\u05d2",
    "control characters": "a\x00b\x08c\x1bd\x85e\ufffe",
    "emoji": "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "many letters": "W" * 300,
    "many words": "one two " * 40,
    "only blanks": "   ",
    "Markdown that runs": "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)> ![c](x:y)",
    "Markdown from elsewhere": "![pixel](https://evil.example/x.png) [![in](//evil.example)](https://a.example)",
    "Markdown with HTML": "<img src=x onerror=alert(1)>\n\n<div style=x>*a*\n\n```<script>\n</script>\n```",
    "Markdown of all kinds": "# a\n\n|a|b|\n|:-|-:|\n|`x`|<b>|\n\n> - 1. ~~x~~\n\n***\n\n[x]: javascript:a\n\n[y][x]",
}


def page_of(text: str) -> Snapshot:
    """Return a page with `text` wherever people or configuration put text."""
    incident = replace(incident_view("shop-api", title=text, body=text))
    spoken = replace(incident.updates[0], id="spoken", origin=Origin.PERSON, by=text)
    incident = replace(
        incident,
        updates=(*incident.updates, spoken),
        acknowledged=Acknowledgement(at=views.NOW, by=text),
        postmortem=Postmortem(at=views.NOW, body=text),
    )
    past = replace(incident, id="20261101T000000Z-0badcafe", resolved_at=views.NOW)
    named = (Part(name=text, verdict=Verdict.DOWN), Part(name=text, verdict=Verdict.DEGRADED))
    cause = PublicCause(kind=FailureKind.JSON, parts=named)
    incident, past = replace(incident, cause=cause), replace(past, cause=cause)
    monitor = replace(
        views.monitor_view(name=text, group=text, description=text, verdict=Verdict.DEGRADED),
        incident=incident.id,
        cause=cause,
        parts=(replace(views.part_view("Database", Verdict.DOWN), id=text, name=text),),
    )
    page = snapshots.snapshot([monitor], incidents=[incident, past], title=text)
    window = replace(snapshots.maintenance().maintenance[0], title=text, description=text, monitors=(monitor.id,))
    return replace(
        page,
        maintenance=(window,),
        planned=(window,),
        page=replace(page.page, description=text),
        groups=(GroupView(id="group", name=text, verdict=monitor.verdict, monitors=(monitor.id,)),),
    )


@pytest.fixture(scope="module", params=list(HOSTILE.values()), ids=list(HOSTILE))
def site(request: pytest.FixtureRequest) -> Mapping[str, Artefact]:
    """Draw the whole site with one hostile text in every field."""
    return draw_site(page_of(request.param), TEMPLATES)


def test_every_page_is_valid_and_has_no_foreign_element(site: Mapping[str, Artefact]) -> None:
    """Strict parsing succeeds; the only script is ours; no attribute is a handler or a style."""
    # Of the widget, which is for other sites: tests/render/test_widget.py.
    pages = {key: a for key, a in site.items() if a.content_type.startswith("text/html") and key != "widget"}
    months = ["history", "this month", "the month before"]
    assert len(pages) == len(["index", "monitor", "two incidents", "", *months, "a maintenance", "404", "offline"])
    for key, artefact in pages.items():
        root = parse_html(artefact.body)
        scripts = [(script.get("src", "")[:8], script.text) for script in root.iter("script")]
        assert scripts == [("", FIRST_SCRIPT), *OTHER_SCRIPTS.get(key, [("/assets/", None)])], key
        short = key in {"index.html", "404.html", "offline"}
        style = TEMPLATES.assets.short_style if short else TEMPLATES.assets.style
        assert [style.text for style in root.iter("style")] == [style], key
        for element in root.iter():
            handlers = [name for name in element.attrib if str(name).startswith("on") or name == "style"]
            assert not handlers, (key, handlers)
        for image in root.iter("img"):
            assert image.get("src", "").startswith("/badge/acme/"), key


def test_every_drawing_is_well_formed(site: Mapping[str, Artefact]) -> None:
    """Each SVG object parses as XML and holds nothing that could run."""
    drawings = [artefact for artefact in site.values() if artefact.content_type == "image/svg+xml"]
    assert len(drawings) > len(["seven badges of the page", "and of the monitor"])
    for drawing in drawings:
        names = {element.tag.rpartition("}")[2] for element in ET.fromstring(drawing.body).iter()}  # noqa: S314 (our own)
        assert names <= {
            "svg",
            "title",
            "defs",
            "linearGradient",
            "stop",
            "clipPath",
            "rect",
            "g",
            "path",
            "text",
            "circle",
            "filter",
            "feGaussianBlur",
        }


def test_every_document_is_json(site: Mapping[str, Artefact]) -> None:
    """Each JSON object parses; shields.io demands a message that is not empty."""
    for key, artefact in site.items():
        if artefact.content_type == "application/json":
            document = json.loads(artefact.body)
            assert not key.startswith("badge/") or (document["message"] and document["label"])


@pytest.mark.parametrize("text", [t for t in HOSTILE.values() if t.strip() and t.isprintable()], ids=repr)
def test_printable_text_is_shown_as_it_is(text: str) -> None:
    """Escaping neither loses nor doubles anything: the name that a reader sees is the name that was given."""
    root = parse_html(draw_site(page_of(text), TEMPLATES)["monitors/shop-api"].body)
    heading = next(root.iter("h1"))
    assert " ".join("".join(heading.itertext()).split()) == " ".join(text.split())
