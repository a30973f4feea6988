"""Two pages of one deployment, one of them private: neither shows anything of the other's monitors."""

from functions.config import Config
from functions.domain.announcement import announce
from functions.domain.change import Change
from functions.domain.checks.http import HttpRequest
from functions.domain.event import EventKind
from functions.domain.expectation import Expectations
from functions.domain.maintenance import Calendar, MaintenancePlan
from functions.domain.monitor import Monitor, Shard
from functions.domain.page import Page
from functions.domain.part import Part
from functions.domain.people import add_update
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Verdict
from functions.render.render import Outlet, Renderer, render
from functions.render.templates import Templates
from functions.store import Judgement
from tests.fakes.memory_bucket import MemoryBucket
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute, run


def _monitor(monitor: str, *, depends_on: tuple[str, ...] = ()) -> Monitor:
    return Monitor(
        id=monitor,
        name=f"The {monitor}",
        group=f"Group of {monitor}",
        description=f"About {monitor}",
        check=HttpRequest(url=f"https://{monitor}.acme.example/"),
        expectations=Expectations.decode(None, None),
        depends_on=depends_on,
    )


SHOWN, HIDDEN = "shop", "ledger"
PUBLIC = Page(id="acme", title="Acme", monitors=(SHOWN,), groups=("Group of shop",))
PRIVATE = Page(id="staff", title="Staff", monitors=(HIDDEN,), groups=("Group of ledger",), private=True)
CONFIG = Config(
    monitors={SHOWN: _monitor(SHOWN, depends_on=(HIDDEN,)), HIDDEN: _monitor(HIDDEN)},
    pages=(PUBLIC, PRIVATE),
    shards={"60s-0": Shard(id="60s-0", interval=60, regions=("eu-west-1",), monitors=(SHOWN, HIDDEN))},
    calendar=Calendar(
        tuple(
            MaintenancePlan(title=title, start="2026-11-22T18:00:00", time_zone="UTC", seconds=3600, monitors=monitors)
            for title, monitors in (("Moving house", (SHOWN, HIDDEN)), ("Counting of the ledger", (HIDDEN,)))
        )
    ),
)


def _incident_of_both(store: MemoryStore) -> None:
    """Have checks open an incident of the hidden monitor, and a person add the shown one."""
    failure = Failure(
        kind=FailureKind.JSON, reason="ledger: broken", parts=(Part(name="Ledger tape", verdict=Verdict.DOWN),)
    )
    change = Change(
        kind=EventKind.OPENED,
        monitor=HIDDEN,
        incident="20261122T120000Z-0badcafe",
        previous=Verdict.UP,
        verdict=Verdict.DOWN,
        at=minute(2),
        changed_at=NOON,
        failure=failure,
    )
    begun, _ = announce(change, None)
    both, _ = add_update(
        begun, status=None, body="Orders wait.", at=minute(3), affected={SHOWN: Verdict.DEGRADED}, by="Kim"
    )
    store.commit(Judgement(state=store.shard_state("60s-0"), incidents=(both,)))


def test_a_public_page_tells_nothing_of_a_private_one() -> None:
    """In no object, from the index to badges, feeds, history, calendar and sitemap; the private page has all of it."""
    store, buckets = MemoryStore(), {page.id: MemoryBucket() for page in CONFIG.pages}
    for n in range(5):
        store.put_run(run(minute(n), Verdict.UP, SHOWN))
    _incident_of_both(store)
    outlets = [
        Outlet(
            page=page,
            bucket=buckets[page.id],
            templates=Templates(language="en"),
            url=f"https://{page.id}.acme.example",
        )
        for page in CONFIG.pages
    ]

    render(Renderer("a"), config=CONFIG, store=store, outlets=outlets, at=minute(6))

    public, private = (buckets[page.id].objects for page in CONFIG.pages)
    said = {key: made.body.lower() for key, made in public.items()}
    assert not [key for key in said if HIDDEN in key or "staff" in key]
    assert not [key for key, body in said.items() if HIDDEN.encode() in body or b"staff" in body]
    assert b"orders wait." in said["index.html"]
    assert b"moving house" in said["feeds/maintenance.ics"]
    assert b'"impact":"minor"' in said["api/v2/incidents.json"]
    own = {key: made.body for key, made in private.items()}
    assert b"Ledger tape has failed." in own["incidents/20261122T120000Z-0badcafe"]
    assert b"Counting of the ledger" in own["feeds/maintenance.ics"]
    assert SHOWN.encode() not in own["status.json"]
