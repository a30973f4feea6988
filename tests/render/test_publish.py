"""Only what changed is drawn and written, whoever wrote before."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.domain.badge_look import BadgeLook, BadgeName, BadgeStyle
from functions.domain.public_figures import Window
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict
from functions.render.artefact import Artefact
from functions.render.badges import RESTLESS, STYLED
from functions.render.feed_formats import FORMATS
from functions.render.publish import MANIFEST_KEY, Known, Published, publish, read_known
from functions.render.site import QUIET_PERIOD, draft_site, owned_prefixes
from functions.render.templates import Templates
from functions.store import ConflictError
from tests.fakes import snapshots, views
from tests.fakes.incident_views import incident_view
from tests.fakes.memory_bucket import MemoryBucket

TEMPLATES = Templates(language="en")
MOMENT = frozenset({"index.html", "status.json"})
HISTORY = [f"2026-{month}{ending}" for month in (10, 11) for ending in ("", ".json", ".csv", "-incidents.csv")]
STYLES_EACH = len(STYLED) * len(BadgeStyle)
BADGES_EACH = 2 * len(BadgeName) + STYLES_EACH
FEEDS = len(FORMATS)


def bring_up(snapshot: Snapshot, bucket: MemoryBucket, known: Known) -> Published:
    """Publish `snapshot` and forget what was written before."""
    bucket.writes.clear()
    return publish(draft_site(snapshot, TEMPLATES), bucket, known, owned=owned_prefixes(snapshot))


def pictures(objects: Iterable[str]) -> set[str]:
    """Return the keys of the pictures for messengers and among apps, whose names follow from what they say."""
    return {key for key in objects if key.startswith(("assets/share.", "assets/app"))}


def later(snapshot: Snapshot, delay: timedelta) -> Snapshot:
    """Return the same page, looked at again after `delay`."""
    return replace(snapshot, generated_at=snapshot.generated_at + delay, stale_after=snapshot.stale_after + delay)


def test_the_first_rendering_writes_everything_and_the_manifest() -> None:
    """An empty bucket gets each object once."""
    bucket, known = MemoryBucket(), Known()
    done = bring_up(snapshots.healthy(), bucket, known)
    assert done.written == len(bucket.objects) - 1
    assert sorted(bucket.writes) == sorted(bucket.objects)
    assert {*MOMENT, "history", "404.html", "monitors/shop-api", MANIFEST_KEY} <= bucket.objects.keys()


def test_in_quiet_only_the_index_and_the_status_document_are_written() -> None:
    """Five minutes later nothing but the time has changed: two PUTs, no page of a monitor is even drawn."""
    bucket, known = MemoryBucket(), Known()
    first = snapshots.healthy()
    bring_up(first, bucket, known)
    done = bring_up(later(first, timedelta(minutes=5)), bucket, known)
    assert bucket.writes == ["index.html", "status.json"]
    restless = 2 * len(RESTLESS)
    owners = 1 + len(first.groups) + len(first.monitors)
    feeds = FEEDS * (1 + len(first.monitors))
    pages = [
        *first.monitors,
        *first.incidents,
        "history",
        "index.md",
        *HISTORY,
        "widget",
        "widget.js",
        "offline",
        "sw.js",
        *pictures(bucket.objects),
    ]
    assert done.skipped == owners * restless + feeds + len(pages)


@pytest.mark.parametrize(("verdict", "writes"), [(Verdict.UP, set()), (Verdict.DOWN, {"svg", "json"})])
def test_a_restless_number_waits_while_its_monitor_is_up(verdict: Verdict, writes: set[str]) -> None:
    """A response time that moves is worth no PUT of its own in quiet; during an outage nothing waits."""
    bucket, known = MemoryBucket(), Known()
    first = _with_average(snapshots.healthy(), verdict, 100.0)
    bring_up(first, bucket, known)

    bring_up(later(_with_average(first, verdict, 300.0), timedelta(minutes=5)), bucket, known)
    assert {key for key in bucket.writes if "response-time" in key and "shop-api" in key} == {
        f"badge/acme/shop-api/response-time.{ending}" for ending in writes
    }

    bring_up(later(_with_average(first, verdict, 300.0), timedelta(days=1)), bucket, known)
    assert b"300 ms" in bucket.objects["badge/acme/shop-api/response-time.svg"].body


@pytest.mark.parametrize(
    ("look", "styles"),
    [
        (BadgeLook(), {"", ".flat", ".flat-square", ".plastic", ".for-the-badge"}),
        (BadgeLook(styles=(BadgeStyle.PLASTIC,)), {"", ".plastic"}),
        (BadgeLook(styles=()), {""}),
    ],
)
def test_what_changes_seldom_is_there_in_each_style(look: BadgeLook, styles: set[str]) -> None:
    """What never stands still is there once: each object that changes is a PUT."""
    shown = snapshots.healthy()
    keys = set(draft_site(replace(shown, page=replace(shown.page, badges=look)), TEMPLATES))
    for folder in ("badge/acme", "badge/acme/groups/core", "badge/acme/shop-api"):
        for name in BadgeName:
            badge = f"{folder}/{name}"
            there = {key for key in keys if key.startswith(f"{badge}.")}
            wanted = styles if name in STYLED else {""}
            assert there == {f"{badge}.json", *(f"{badge}{style}.svg" for style in wanted)}


def test_a_monitor_that_is_not_on_the_page_has_no_badge() -> None:
    """Nor does a group speak for it: nothing at the page's address tells that there is one."""
    hidden = replace(views.monitor_view("secret", name="Secret", group="Core"), verdict=Verdict.DOWN)
    shown = snapshots.snapshot([views.monitor_view(group="Core")])
    drafts = draft_site(shown, TEMPLATES)
    with_it = draft_site(snapshots.snapshot([*shown.monitors, hidden]), TEMPLATES)
    assert not [key for key in drafts if "secret" in key]
    assert b"Core: up" in drafts["badge/acme/groups/core/status.svg"].draw().body
    assert b"Core: down" in with_it["badge/acme/groups/core/status.svg"].draw().body


def _with_average(snapshot: Snapshot, verdict: Verdict, milliseconds: float) -> Snapshot:
    first, *others = snapshot.monitors
    day = replace(first.latency[Window.DAY], average=milliseconds)
    changed = replace(first, verdict=verdict, latency={**first.latency, Window.DAY: day})
    return replace(snapshot, monitors=(changed, *others))


def test_a_cold_start_knows_from_the_manifest_what_is_current() -> None:
    """A new instance lists the bucket and then writes no more than the one before would have."""
    bucket = MemoryBucket()
    first = snapshots.healthy()
    bring_up(first, bucket, Known())
    bring_up(later(first, timedelta(minutes=5)), bucket, read_known(bucket))
    assert bucket.writes == ["index.html", "status.json"]


def test_pages_are_made_again_once_the_quiet_period_has_rolled() -> None:
    """Every three hours the numbers on the pages of the monitors and the history are brought up to date."""
    bucket, known = MemoryBucket(), Known()
    first = snapshots.healthy()
    bring_up(first, bucket, known)
    bring_up(later(first, QUIET_PERIOD), bucket, known)
    pages = {f"monitors/{monitor.id}" for monitor in first.monitors}
    # The months' tables are looked at, too, and say the same.
    assert set(bucket.writes) == MOMENT | pages | {"history", "history/2026-11", "index.md", MANIFEST_KEY}


def test_a_change_of_one_monitor_writes_its_page_and_its_badge_at_once() -> None:
    """Going down is on the monitor's own page and badge with the same rendering; the others stay as they are."""
    bucket, known = MemoryBucket(), Known()
    first = later(snapshots.healthy(), timedelta(0))
    bring_up(first, bucket, known)
    down = replace(first.monitors[1], verdict=Verdict.DOWN)
    before = pictures(bucket.objects)
    bring_up(replace(first, monitors=(first.monitors[0], down, *first.monitors[2:])), bucket, known)
    fresh = pictures(bucket.objects) - before
    assert len(fresh) == 2, "that of the headline, and that of a monitor that is down"
    assert set(bucket.writes) == fresh | {
        "index.html",
        "status.json",
        "monitors/checkout",
        "badge/acme/checkout/status.svg",
        "badge/acme/checkout/status.json",
        "api/v2/components.json",
        "api/v2/status.json",
        "api/v2/summary.json",
        "index.md",
        *(f"badge/acme/checkout/status.{style}.svg" for style in BadgeStyle),
        MANIFEST_KEY,
    }


def test_an_open_incident_is_final_once_it_is_resolved() -> None:
    """A closed incident's page is written once more, and then never again."""
    bucket, known = MemoryBucket(), Known()
    first = snapshots.snapshot([views.monitor_view()], incidents=[incident_view("shop-api")])
    bring_up(first, bucket, known)
    resolved = incident_view("shop-api", resolved_at=views.NOW)
    page = f"incidents/{resolved.id}"
    second = replace(first, incidents=(resolved,))
    bring_up(second, bucket, known)
    assert page in bucket.writes
    bring_up(later(second, 2 * QUIET_PERIOD), bucket, known)
    assert page not in bucket.writes


def test_what_browsers_are_told_of_is_there_before_they_are_told() -> None:
    """Assets and what a worker fetches come first, then pages, then the index, and the status document last."""
    bucket = MemoryBucket()
    bring_up(snapshots.outage(), bucket, Known())
    stages = [
        0
        if key.startswith("assets/") or key == "offline"
        else 2
        if key == "index.html"
        else 3
        if key == "status.json"
        else 1
        for key in bucket.writes
        if key != MANIFEST_KEY
    ]
    assert stages == sorted(stages)


def test_monitors_that_are_gone_leave_nothing_behind() -> None:
    """Their page, badges and feeds are deleted; what is not ours, and past incidents, stay."""
    bucket, known = MemoryBucket(), Known()
    first = snapshots.healthy()
    bring_up(first, bucket, known)
    note = Artefact(body=b"Not ours", content_type="text/plain")
    for key in ("notes.txt", "incidents/20250101T000000Z-00000000", "badge/other/status.svg"):
        bucket.put(key, note, replaces=None)
    groups = {key for key in bucket.objects if key.startswith("badge/acme/groups/")}
    gone = {key for key in bucket.objects if "checkout" in key} | groups
    fewer = replace(first, monitors=tuple(m for m in first.monitors if m.id != "checkout"), groups=())
    done = bring_up(fewer, bucket, read_known(bucket))
    assert done.deleted == len(gone) == BADGES_EACH * (1 + len(first.groups)) + FEEDS + 1
    assert not gone & bucket.objects.keys()
    assert {"notes.txt", "incidents/20250101T000000Z-00000000", "badge/other/status.svg"} <= bucket.objects.keys()
    assert b"monitors/checkout" not in bucket.objects[MANIFEST_KEY].body


def test_a_second_writer_is_noticed_and_not_overwritten() -> None:
    """An instance that does not know what another wrote gets a conflict, and the other's object stays."""
    bucket, stale = MemoryBucket(), Known()
    first = snapshots.healthy()
    bring_up(first, bucket, Known())
    before = dict(bucket.objects)
    with pytest.raises(ConflictError):
        bring_up(snapshots.outage(), bucket, stale)
    assert {key: bucket.objects[key] for key in before} == before


@pytest.mark.parametrize("manifest", [b"", b"not json", b"[]", b'{"version": 2, "pages": {"monitors/shop-api": "x"}}'])
def test_a_manifest_that_cannot_be_read_costs_one_drawing(manifest: bytes) -> None:
    """Whatever stands there, the pages are drawn, and only those whose bytes differ are written."""
    bucket = MemoryBucket()
    first = snapshots.healthy()
    bring_up(first, bucket, Known())
    bucket.objects[MANIFEST_KEY] = Artefact(body=manifest, content_type="application/json")
    known = read_known(bucket)
    done = bring_up(first, bucket, known)
    assert bucket.writes == [MANIFEST_KEY]
    assert done.skipped == 0


def test_a_page_that_was_deleted_by_hand_comes_back() -> None:
    """The manifest alone does not count: the object must be there, too."""
    bucket = MemoryBucket()
    first = snapshots.healthy()
    bring_up(first, bucket, Known())
    bucket.delete(["monitors/docs"])
    bring_up(first, bucket, read_known(bucket))
    assert "monitors/docs" in bucket.writes


def test_what_failed_to_be_written_is_written_the_next_time() -> None:
    """An error in the middle leaves no page that is thought to be there and is not."""
    bucket, known = MemoryBucket(), Known()
    drafts = draft_site(snapshots.healthy(), TEMPLATES)

    class Flaky(MemoryBucket):
        def put(self, key: str, artefact: Artefact, *, replaces: str | None) -> None:
            if key == "monitors/search" and "monitors/search" not in self.objects and not self.listings:
                self.listings += 1
                raise TimeoutError(key)
            super().put(key, artefact, replaces=replaces)

    bucket = Flaky()
    with pytest.raises(TimeoutError):
        publish(drafts, bucket, known, owned=())
    assert "index.html" not in bucket.objects
    publish(drafts, bucket, known, owned=())
    assert set(drafts) | {MANIFEST_KEY} == bucket.objects.keys()
