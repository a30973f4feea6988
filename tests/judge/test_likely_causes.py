"""What likely lies behind an incident, from the runs to the alert, the page and the status JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from markupsafe import Markup

from functions.config import Config
from functions.domain.likely_cause import LikelyCause
from functions.domain.result import Failure
from functions.domain.run import Run
from functions.domain.settling import settle
from functions.domain.slot import hour_of
from functions.domain.snapshot import Snapshot
from functions.domain.status_document import status_document
from functions.domain.summary import Record, summarise
from functions.domain.verdict import FailureKind, Verdict
from functions.judge.judge_run import judge_run
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.configs import config
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import FAILURE, NOON, minute, result

TEMPLATES = Templates(language="en")
REPORTS = Failure(kind=FailureKind.UPSTREAM, reason="Stripe reports: PRIVATE", subject="Stripe & Co")
UNREADABLE = Failure(kind=FailureKind.STATUS, reason="the status page answers with status 500")
LETTERS = {
    "U": (Verdict.UP, FAILURE),
    "G": (Verdict.DEGRADED, REPORTS),
    "D": (Verdict.DOWN, REPORTS),
    "X": (Verdict.DEGRADED, UNREADABLE),
}
TOGETHER = {"60s-0": ["payments", "stripe"]}
APART = {"60s-0": ["payments"], "60s-1": ["stripe"]}


def settings(shards: Mapping[str, Sequence[str]], depends_on: Mapping[str, Sequence[str]] | None = None) -> Config:
    """Return a config in which `stripe` is somebody else's status page."""
    return replace(config(shards, depends_on=depends_on), upstreams=("stripe",))


def judged(lines: Mapping[str, str], known: Config) -> MemoryStore:
    """Judge a letter a minute for each monitor, stripe's shard first."""
    store = MemoryStore()
    for n in range(max(map(len, lines.values()))):
        for shard in sorted(known.shards, reverse=True):
            results = {}
            for m in known.shards[shard].monitors:
                verdict, failure = LETTERS[lines[m][n]]
                results[m] = result(verdict, m, failure=failure if m == "stripe" else FAILURE)
            judge_run(Run(shard=shard, at=minute(n), region="eu-west-1", results=results), config=known, store=store)
    return store


def shown(store: MemoryStore, known: Config, at: datetime) -> Snapshot:
    """Return the page's snapshot."""
    record = Record(
        states=store.shard_states(), incidents=store.incidents(NOON), past=settle([], [], hour=hour_of(at)), live=[]
    )
    return summarise(known.pages[0], known.monitors, record, url="https://status.example", at=at)


def page(snapshot: Snapshot, key: str) -> str:
    """Return what an object of the site says, without its markup."""
    return Markup(draw_site(snapshot, TEMPLATES)[key].body.decode()).striptags()  # noqa: S704 - our own page, for reading


@pytest.mark.parametrize("shards", [TOGETHER, APART], ids=["one shard", "two shards"])
@pytest.mark.parametrize(
    ("stripe", "verdict"),
    [("UDDD", Verdict.DOWN), ("UGGG", Verdict.DEGRADED), ("UUUU", None), ("UXXX", None), ("DUUU", None)],
    ids=["major outage", "a problem", "nothing wrong", "a page that cannot be read", "over"],
)
def test_an_alert_names_an_upstream_that_reports_trouble(
    shards: Mapping[str, Sequence[str]], stripe: str, verdict: Verdict | None
) -> None:
    """By what its own status page says at that moment; one that says nothing is no cause."""
    known = settings(shards)
    store = judged({"payments": "UUUD", "stripe": stripe}, known)
    [opened] = [e for e in store.events.values() if e.monitor == "payments"]
    expected = (
        ()
        if verdict is None
        else (LikelyCause(monitor="stripe", name="Stripe & Co", verdict=verdict, since=minute(1), upstream=True),)
    )
    assert opened.likely_causes == expected


def test_what_is_depended_on_is_named_more_firmly() -> None:
    """While an upstream is only degraded, a child is told, and of what."""
    known = settings(TOGETHER, depends_on={"payments": ["stripe"]})
    store = judged({"payments": "UUD", "stripe": "UGG"}, known)
    [opened] = [e for e in store.events.values() if e.monitor == "payments"]
    assert [(c.monitor, c.depended_on) for c in opened.likely_causes] == [("stripe", True)]
    text = page(shown(store, known, minute(3)), f"incidents/{opened.incident}")
    assert "Stripe & Co, which it depends on, reports a problem since" in text
    assert "probably the cause" in text


def test_an_upstream_is_no_cause_of_its_own_trouble() -> None:
    """Nor is the end of an incident anybody's fault."""
    known = settings(TOGETHER)
    store = judged({"payments": "UUUDUU", "stripe": "UDDDDD"}, known)
    events = sorted(store.events.values(), key=lambda e: e.at)
    assert [(e.monitor, e.kind.value, bool(e.likely_causes)) for e in events] == [
        ("stripe", "opened", False),
        ("payments", "opened", True),
        ("payments", "resolved", False),
    ]


def test_the_page_shows_it_beside_the_incident() -> None:
    """On the index, the incident's page and in the status JSON, and never in the upstream's own words."""
    known = settings(TOGETHER)
    store = judged({"payments": "UUUD", "stripe": "UDDD"}, known)
    snapshot = shown(store, known, minute(4))
    [ours] = [i for i in snapshot.incidents if "payments" in i.monitors]
    for key in ("index.html", f"incidents/{ours.id}"):
        assert "Stripe & Co reports a major outage since 12:01 UTC: a likely cause." in page(snapshot, key)
    document = status_document(snapshot)
    [listed] = [i for i in json.loads(json.dumps(document))["incidents"] if i["id"] == ours.id]
    assert listed["likelyCauses"] == [
        {
            "endpoint": "stripe",
            "name": "Stripe & Co",
            "status": "outage",
            "since": "2026-11-22T12:01:00Z",
            "ongoing": True,
            "upstream": True,
            "dependedOn": False,
        }
    ]
    assert "PRIVATE" not in repr(snapshot) + repr(document)


def test_an_incident_that_is_over_keeps_its_likely_cause() -> None:
    """In the past tense; whether that went on afterwards is no part of it."""
    known = settings(TOGETHER)
    store = judged({"payments": "UUUDUU", "stripe": "UDDDDD"}, known)
    later = judged({"payments": "UUUDUUUU", "stripe": "UDDDDDUU"}, known)
    [(before, at), (after, then)] = ((s, shown(s, known, minute(n))) for s, n in ((store, 6), (later, 8)))
    assert before.events.keys() < after.events.keys()
    [one], [two] = ([i for i in s.incidents if "payments" in i.monitors] for s in (at, then))
    assert one.likely_causes == two.likely_causes
    assert "reported a major outage from" in page(at, f"incidents/{one.id}")


@pytest.mark.parametrize(("stripe", "named"), [("DDUUUUUU", False), ("UUUUUDDD", True)], ids=["before", "after"])
def test_only_what_was_wrong_at_the_same_time_is_named(stripe: str, *, named: bool) -> None:
    """Status pages lag: what is reported while our incident goes on counts, what was over before does not."""
    known = settings(TOGETHER)
    snapshot = shown(judged({"payments": "UUUUDDDD", "stripe": stripe}, known), known, minute(8))
    [ours] = [i for i in snapshot.incidents if "payments" in i.monitors]
    assert bool(ours.likely_causes) is named


def test_an_upstream_that_reports_later_stands_beside_an_open_incident_and_in_its_next_event() -> None:
    """Status pages lag: the page and the JSON name it as soon as it is known, an alert as soon as there is another."""
    known = settings(TOGETHER)
    store = judged({"payments": "UUDD", "stripe": "UUUU"}, known)
    for n, kind in enumerate([FailureKind.STATUS, FailureKind.TIMEOUT, FailureKind.TIMEOUT], start=4):
        results = {
            "payments": result(Verdict.DOWN, "payments", failure=replace(FAILURE, kind=kind)),
            "stripe": result(Verdict.DOWN, "stripe", failure=REPORTS),
        }
        judge_run(Run(shard="60s-0", at=minute(n), region="eu-west-1", results=results), config=known, store=store)
        snapshot = shown(store, known, minute(n))
        [ours] = [i for i in snapshot.incidents if "payments" in i.monitors]
        assert "Stripe & Co reports a major outage since 12:04 UTC: a likely cause." in page(snapshot, "index.html")
        assert [cause.name for cause in ours.likely_causes] == ["Stripe & Co"]
    told = sorted((e for e in store.events.values() if e.monitor == "payments"), key=lambda e: e.at)
    assert [(e.at, e.kind.value, len(e.likely_causes)) for e in told] == [
        (minute(2), "opened", 0),
        (minute(6), "updated", 1),
    ]


def test_what_is_not_on_the_page_is_not_named() -> None:
    """Neither on the page nor in the alert: whom a team buys from is its own business."""
    known = settings(TOGETHER)
    alone = replace(known, pages=(replace(known.pages[0], monitors=("payments",)),))
    store = judged({"payments": "UUUD", "stripe": "UDDD"}, alone)
    [opened] = [e for e in store.events.values() if e.monitor == "payments"]
    assert opened.likely_causes == ()
    assert [i.likely_causes for i in shown(store, alone, minute(4)).incidents] == [()]


def test_a_child_that_is_held_back_says_why() -> None:
    """On the index, its page and in the status JSON: it fails, and nobody is called for it."""
    known = config({"60s-0": ["shop", "database"]}, depends_on={"shop": ["database"]})
    store = judged({"shop": "UDD", "database": "UDD"}, known)
    snapshot = shown(store, known, minute(3))
    assert {m.id: m.held_by for m in snapshot.monitors} == {"shop": ("database",), "database": None}
    for key in ("index.html", "monitors/shop"):
        assert "Held back: it depends on Database, which is down." in page(snapshot, key)
    [child, parent] = json.loads(json.dumps(status_document(snapshot)))["endpoints"]
    assert (child["heldBy"], parent["heldBy"]) == (["database"], None)


def test_a_parent_that_is_not_on_the_page_is_not_named() -> None:
    """That there is one may be known, what it is may not."""
    known = config({"60s-0": ["shop", "database"]}, depends_on={"shop": ["database"]})
    alone = replace(known, pages=(replace(known.pages[0], monitors=("shop",)),))
    snapshot = shown(judged({"shop": "UDD", "database": "UDD"}, alone), alone, minute(3))
    assert [m.held_by for m in snapshot.monitors] == [()]
    said = page(snapshot, "index.html")
    assert "Held back: something that it depends on is down." in said
    assert "Database" not in said


def test_an_incident_that_was_open_before_its_parent_went_down_says_so_as_well() -> None:
    """The child is not held back, since it was told; but why it goes on is known."""
    known = config({"60s-0": ["shop", "database"]}, depends_on={"shop": ["database"]})
    snapshot = shown(judged({"shop": "UDDD", "database": "UUDD"}, known), known, minute(4))
    assert [m.held_by for m in snapshot.monitors] == [None, None]
    [child] = [i for i in snapshot.incidents if "shop" in i.monitors]
    assert "It depends on Database, which is down since 12:02 UTC." in page(snapshot, f"incidents/{child.id}")
