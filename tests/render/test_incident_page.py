"""The page of an incident answers: what exactly, since when, who is on it, and when was it last looked at."""

from dataclasses import replace
from datetime import timedelta

import html5lib

from functions.domain.public_incident import IncidentView
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict
from functions.render.lanes import LANE_WIDTH, draw_lanes
from functions.render.site import draft_site, draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.fakes.views import NOW

TEMPLATES = Templates(language="en")


def _text(of: Snapshot, key: str) -> str:
    root = html5lib.parse(draw_site(of, TEMPLATES)[key].body, namespaceHTMLElements=False, transport_encoding="utf-8")
    return " ".join("".join(root.find("body").itertext()).split())


def _fingerprint(of: Snapshot, incident: IncidentView) -> str | None:
    shown = replace(of, incidents=(incident,))
    return draft_site(shown, TEMPLATES)[f"incidents/{incident.id}"].fingerprint


def test_it_says_who_is_on_it_since_when_and_when_it_was_looked_at() -> None:
    """In words, before anything else."""
    page = snapshots.explained()
    text = _text(page, f"incidents/{page.incidents[0].id}")
    hero = text[: text.index("Affected")]
    for words in ("Payments with cards of one bank are refused", "Monitoring", "Payments team is on it", "Since 11:16"):
        assert words in hero
    assert "Looked at 12:04" in hero


def test_it_shows_how_each_monitor_fared_and_what_people_wrote() -> None:
    """In words beside the drawing; Markdown as markup; names only where somebody wanted to be named."""
    page = snapshots.explained()
    body = draw_site(page, TEMPLATES)[f"incidents/{page.incidents[0].id}"].body.decode()
    assert "Cards of <strong>one bank</strong> are refused" in body
    assert '<a href="https://bank.example" rel="nofollow ugc noopener">Their status page</a>' in body
    text = _text(page, f"incidents/{page.incidents[0].id}")
    assert "11:16 UTC until 11:49 UTC · 33 minutes" in text
    assert "Cause" not in text
    assert text.count("Kim") == 2


def test_what_was_learnt_stands_on_the_page() -> None:
    """With its headings below the page's own."""
    page = snapshots.explained()
    body = draw_site(page, TEMPLATES)[f"incidents/{page.incidents[1].id}"].body.decode()
    assert "What we learnt" in body
    assert "<h3>What happened</h3>" in body


def test_the_index_says_who_is_on_it_and_what_is_new_without_marks() -> None:
    """One line, the newest."""
    text = _text(snapshots.explained(), "index.html")
    assert "Payments team is on it" in text
    assert "The bank has a new certificate. We watch the payments of the next half hour." in text


def test_lanes_are_drawn_to_scale() -> None:
    """From the start to now; even a moment can be seen."""
    incident = snapshots.explained().incidents[0]
    checkout, webhooks = draw_lanes(incident, NOW)
    assert checkout.paths == (
        (Verdict.UP, f"M0 6h{LANE_WIDTH}"),
        (Verdict.DOWN, "M0 6h660"),
        (Verdict.DEGRADED, "M660 6h300"),
    )
    assert webhooks.paths[1] == (Verdict.DEGRADED, "M380 6h580")
    late = replace(webhooks.stretches[0], start=NOW)
    lanes = (replace(incident.lanes[1], stretches=(late,)),)
    (drawn,) = draw_lanes(replace(incident, lanes=lanes), NOW)
    assert drawn.paths[1] == (Verdict.DEGRADED, f"M{LANE_WIDTH - 4} 6h4")


def test_it_is_made_at_each_rendering_while_there_is_news_and_seldom_later() -> None:
    """A day after the newest word; one that is over is made once."""
    page = snapshots.explained()
    later = replace(page, generated_at=NOW + timedelta(minutes=5), stale_after=NOW + timedelta(minutes=15))
    fresh, over = page.incidents[:2]
    assert _fingerprint(page, fresh) != _fingerprint(later, fresh)
    old = replace(fresh, updates=tuple(replace(u, at=u.at - timedelta(days=3)) for u in fresh.updates))
    old = replace(old, started_at=old.started_at - timedelta(days=3), acknowledged=None)
    assert _fingerprint(page, old) == _fingerprint(later, old)
    assert _fingerprint(page, over) == _fingerprint(later, over)


def test_an_open_incident_that_nobody_has_taken_says_so() -> None:
    """In the hero and on the index, in the page's language: nobody need wonder whether silence means work."""
    page = snapshots.outage()
    [incident, *_] = page.open_incidents
    assert incident.unclaimed
    said = "Detected automatically; nobody has said yet that they are on it"
    text = _text(page, f"incidents/{incident.id}")
    assert said in text[: text.index("Affected")]
    assert said in _text(page, "index.html")
    taken = replace(incident, acknowledged=snapshots.explained().incidents[0].acknowledged)
    assert said not in _text(replace(page, incidents=(taken,)), "index.html")
    german = draw_site(page, Templates(language="de"))["index.html"].body.decode()
    assert "noch hat niemand gemeldet, dass er sich darum kümmert" in german
