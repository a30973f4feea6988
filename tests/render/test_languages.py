"""Pages in other languages: every visible word goes through the catalogue, and times stand in the page's zone."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from functions.domain.announcement import announce
from functions.domain.change import Change
from functions.domain.event import EventKind
from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.incident import Origin
from functions.domain.incident_view import incident_title
from functions.domain.public_cause import PublicCause
from functions.domain.public_incident import IncidentView
from functions.domain.result import Failure
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.render import timeline
from functions.render.formats import load_formats
from functions.render.locales import FILE
from functions.render.site import draw_site
from functions.render.templates import FOLDER, Templates
from localisation.catalogs import mo_bytes, mo_file, po_file, read, updated
from localisation.extraction import extract
from tests.fakes import snapshots, views
from tests.fakes.incident_views import incident_view

WORD = re.compile(r"[A-Za-z]{2,}")
VALUE = re.compile(r"(%\(\w+\)[sd]|%%)")
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
DATA = frozenset({"UTC", "Europe", "Berlin", "CET", "CSV", "JSON"})
"""Words that are the same in every language: names of zones and formats."""
ENGLISH = load_formats("en", FOLDER / "locales")


def wide(message: str) -> str:
    """Return a message in full-width letters, values left alone: a language in which English words stand out."""
    return "".join(part if VALUE.fullmatch(part) else part.translate(WIDE) for part in VALUE.split(message))


def _both(one: str, many: str, n: int) -> str:
    return wide(one if n == 1 else many)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give templates whose German is English in full-width letters, complete."""
    target = tmp_path_factory.mktemp("templates") / "site"
    shutil.copytree(FOLDER, target)
    locales = target / "locales"
    catalog = updated(read(locales / "none", "de"), extract())
    for message in catalog:
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            said = tuple(wide(one) for one in ids)
            message.string = said if message.pluralizable else said[0]
    po_file(locales, "de").parent.mkdir(exist_ok=True)
    mo_file(locales, "de").write_bytes(mo_bytes(catalog))
    formats = json.loads((locales / "de" / FILE).read_text())
    for key in ("date_months", "month_months"):
        formats[key] = [wide(name) for name in formats[key]]
    for key in ("milliseconds", "seconds"):
        formats[key] = "{number}" + wide(formats[key].removeprefix("{number}"))
    for key in ("list_pair", "list_end"):
        formats[key] = formats[key].replace("und", wide("und"))
    (locales / "de" / FILE).write_text(json.dumps(formats))
    return target


def _automatic(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with titles and bodies as the judge writes them."""
    names = {monitor.id: monitor.name for monitor in snapshot.monitors}

    def judged(incident: IncidentView) -> IncidentView:
        known = [names[monitor] for monitor in incident.monitors]
        bodies = ("It fails again. The health check answers with HTTP 503.", "The health check passes again.")
        return replace(
            incident,
            title=incident_title(known, incident.verdict),
            updates=tuple(replace(u, body=b) for u, b in zip(incident.updates, bodies, strict=False)),
        )

    return replace(snapshot, incidents=tuple(judged(incident) for incident in snapshot.incidents))


def _visible(document: Element) -> Iterator[str]:
    for element in document.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "code"):
            yield element.tail or ""
            continue
        yield element.text or ""
        yield element.tail or ""
        for name in ("aria-label", "title", "alt", "placeholder"):
            yield element.get(name) or ""
        if element.tag == "meta" and element.get("name") == "description":
            yield element.get("content") or ""


def _own_words(snapshot: Snapshot) -> set[str]:
    """Return the words that are data: names, descriptions, ids."""
    causes = [cause.name for incident in snapshot.incidents for cause in incident.likely_causes]
    spoken = [
        (incident.acknowledged, incident.postmortem, [u for u in incident.updates if u.origin is Origin.PERSON])
        for incident in snapshot.incidents
    ]
    return set(WORD.findall(repr((snapshot.page, snapshot.groups, snapshot.maintenance, causes, spoken)))) | {
        word
        for monitor in snapshot.monitors
        for word in WORD.findall(
            f"{monitor.name} {monitor.description} {monitor.id} {monitor.down_from} {[p.name for p in monitor.parts]} "
            f"{monitor.by_region}"
        )
    }


@pytest.mark.parametrize("condition", snapshots.SCENARIOS)
def test_every_visible_word_comes_from_the_catalogue(condition: str, folder: Path) -> None:
    """In a language without Latin letters, no English word is left on any page that is not somebody's own."""
    snapshot = _automatic(snapshots.SCENARIOS[condition]())
    left: dict[str, set[str]] = {}
    badge = {"uptime", "response", "time", "status", "no", "data", "down", "degraded", "up", "maintenance", "ms"}
    for key, artefact in draw_site(snapshot, Templates(language="de", folder=folder)).items():
        if not artefact.content_type.startswith("text/html"):
            continue
        allowed = _own_words(snapshot) | DATA | {"Acme"}
        document = html5lib.parse(artefact.body.decode(), namespaceHTMLElements=False)
        for image in document.iter("img"):
            image.set("alt", " ".join(w for w in WORD.findall(image.get("alt", "")) if w not in badge))
        for button in document.iterfind(".//button[@data-copy]"):
            # It names the badge's file, which is called the same everywhere.
            said = button.get("aria-label", "")
            button.set("aria-label", " ".join(word for word in said.split() if word.split("-")[0] not in badge))
        for text in _visible(document):
            found = set(WORD.findall(text)) - allowed
            if found:
                left.setdefault(key, set()).update(found)

    assert not left


def test_the_page_says_its_language_and_direction(folder: Path) -> None:
    """For screen readers, hyphenation and the script's own dates."""
    page = draw_site(snapshots.healthy(), Templates(language="de", folder=folder))["index.html"].body.decode()

    assert '<html lang="de" dir="ltr">' in page


def test_times_stand_in_the_zone_of_the_page() -> None:
    """Where no script runs; across midnight the day is that of the zone, and a date stands where it is another."""
    templates = Templates(language="en", time_zone="Asia/Tokyo")
    snapshot = snapshots.outage()
    late = replace(snapshot, generated_at=snapshot.generated_at.replace(hour=15, minute=30))
    late = replace(late, stale_after=late.generated_at + timedelta(minutes=10))

    page = draw_site(late, templates)["index.html"].body.decode()

    assert "00:30 JST" in page
    assert "otherwise in that of Asia/Tokyo" in page
    assert "22 November 2026, 20:40 JST" in page, "the incident began on the day before"


def _bodies() -> Iterator[str]:
    """Yield what the judge writes, through the function that writes it."""
    causes: list[tuple[FailureKind, Phase | None, str | None]] = [(kind, None, None) for kind in FailureKind]
    causes += [(kind, phase, None) for kind in (FailureKind.TIMEOUT, FailureKind.LATENCY) for phase in Phase]
    causes += [(FailureKind.UPSTREAM, None, "Acme, Inc.")]
    for kind, phase, subject in causes:
        failure = Failure(kind=kind, reason="private", phase=phase, subject=subject)
        change = Change(
            kind=EventKind.OPENED,
            monitor="api",
            incident="20261122T120000Z-1f2e3d4c",
            at=views.NOW,
            changed_at=views.NOW,
            verdict=Verdict.DEGRADED,
            previous=Verdict.UP,
            failure=failure,
            status_code=503,
            attempts=1,
            regions=("eu-west-1",),
            observers=("eu-west-1", "us-east-1"),
            only_from=("eu-west-1", "us-east-1"),
        )
        found = [replace(failure, attribution=Attribution(finding=f, certainty=Certainty.LIKELY)) for f in Finding]
        judged = [replace(change, failure=attributed) for attributed in found if kind is FailureKind.STATUS]
        for one in (change, replace(change, verdict=Verdict.DOWN, only_from=()), *judged):
            incident, opened = announce(one, None)
            yield opened.summary
            yield announce(replace(one, kind=EventKind.UPDATED), incident)[1].summary
            closed, resolved = announce(replace(one, kind=EventKind.RESOLVED, failure=None), incident)
            yield resolved.summary
            yield announce(one, closed)[1].summary
            yield announce(replace(one, kind=EventKind.RESOLVED, failure=None, removed=True), incident)[1].summary


def test_all_that_the_judge_writes_is_translated() -> None:
    """Each sentence of each kind of failure is recognised; its values stay what they are."""
    for body in set(_bodies()):
        translated = timeline.said(body, wide, _both, ENGLISH)
        values = ("Acme, Inc.", "eu-west-1 and us-east-1", "eu-west-1", "503")
        for value in values:
            translated = translated.replace(value, "")
        assert not WORD.search(translated), (body, translated)


@pytest.mark.parametrize("body", ["We are on it.", "It fails again. We are on it.", "", "It fails again.And how"])
def test_what_a_person_wrote_stays_as_it_is(body: str) -> None:
    """Also where a part of it happens to be the judge's."""
    assert timeline.said(body, wide, _both, ENGLISH) == body


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("It is down from eu-west-1 and us-east-1 only.", "It is down from eu-west-1、us-east-1 only."),
        ("Cache, Queue and Mail have failed.", "Cache、Queue、Mail have failed."),
        ("Cache, Queue, Mail and 2 more are degraded.", "Cache、Queue、Mail and 2 more are degraded."),
        ("Search and index has failed.", "Search and index has failed."),
        ("Search and index, Queue and Mail have failed.", "Search and index、Queue、Mail have failed."),
    ],
)
def test_names_that_the_judge_joined_are_joined_as_the_language_does(body: str, said: str) -> None:
    """The record joins them in English; one part's own "and" is left alone."""
    japanese = load_formats("ja", FOLDER / "locales")

    assert timeline.said(body, str, lambda one, many, n: one if n == 1 else many, japanese) == said
    assert timeline.said(body, str, lambda one, many, n: one if n == 1 else many, ENGLISH) == body


def test_a_title_of_ones_own_stays_as_it_is() -> None:
    """The judge's is said in the page's language, with the name as it is."""
    incident = replace(
        incident_view(cause=PublicCause(kind=FailureKind.DNS)), title="Checkout down", monitors=("checkout",)
    )

    names = {"checkout": "Checkout"}
    assert timeline.title(incident, names, wide, _both) == f"Checkout {wide('down')}"
    assert timeline.title(replace(incident, title="Moving house"), names, wide, _both) == "Moving house"
