"""One rendering after another, by one instance or several, on the stores' fakes."""

from datetime import datetime

from functions.config import Config
from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor, Shard
from functions.domain.page import Page
from functions.domain.verdict import Verdict
from functions.render.artefact import Artefact
from functions.render.publish import SiteBucket
from functions.render.render import Outlet, Renderer, Rendering, render
from functions.render.templates import Templates
from functions.store import ConflictError
from tests.fakes.memory_bucket import MemoryBucket
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import minute, run

TEMPLATES = Templates(language="en")
MONITOR = Monitor(
    id="api",
    name="Shop API",
    check=HttpRequest(url="https://internal.acme.example/secret-path"),
    expectations=Expectations.decode(None, None),
)
CONFIG = Config(
    monitors={"api": MONITOR},
    pages=(Page(id="acme", title="Acme", monitors=("api",)),),
    shards={"60s-0": Shard(id="60s-0", interval=60, regions=("eu-west-1",), monitors=("api",))},
)


def bring_up(renderer: Renderer, store: MemoryStore, bucket: SiteBucket, at: datetime) -> Rendering:
    """Render at `at`."""
    outlet = Outlet(page=CONFIG.pages[0], bucket=bucket, templates=TEMPLATES, url="https://status.example")
    return render(renderer, config=CONFIG, store=store, outlets=[outlet], at=at)


def test_a_page_is_made_from_the_record() -> None:
    """Runs in the table become numbers on the page, and the target's address does not."""
    store, bucket = MemoryStore(), MemoryBucket()
    for n in range(5):
        store.put_run(run(minute(n), Verdict.UP))
    done = bring_up(Renderer("a"), store, bucket, minute(5))
    assert done.published is not None
    assert done.published.written == len(bucket.objects) - 1
    assert b"120" in bucket.objects["monitors/api"].body
    assert not [key for key, artefact in bucket.objects.items() if b"secret-path" in artefact.body]


def test_an_instance_lists_the_bucket_once() -> None:
    """As long as nobody else renders, it knows what is there."""
    store, bucket, renderer = MemoryStore(), MemoryBucket(), Renderer("a")
    for n in range(3):
        bring_up(renderer, store, bucket, minute(5 * n))
    assert bucket.listings == 1


def test_an_instance_looks_again_after_another_rendered() -> None:
    """What it remembers is then out of date; it neither fails nor undoes the other's work."""
    store, bucket = MemoryStore(), MemoryBucket()
    one, other = Renderer("a"), Renderer("b")
    for n, renderer in enumerate((one, other, one, one)):
        done = bring_up(renderer, store, bucket, minute(5 * n))
        assert (done.published is not None, done.conflicts) == (True, 0)
    assert bucket.listings == len(["a", "b", "a again"])


def test_an_older_moment_is_dropped() -> None:
    """An event that was delivered late renders nothing over a newer page."""
    store, bucket = MemoryStore(), MemoryBucket()
    bring_up(Renderer("a"), store, bucket, minute(5))
    bucket.writes.clear()
    assert bring_up(Renderer("b"), store, bucket, minute(4)).published is None
    assert bucket.writes == []


class Interrupted(MemoryBucket):
    """Lets another instance render the whole page just before the index is written."""

    def __init__(self, store: MemoryStore, *, at: datetime) -> None:
        super().__init__()
        self._store = store
        self._at = at
        self._met = False

    def put(self, key: str, artefact: Artefact, *, replaces: str | None) -> None:
        """Write, after the other."""
        if key == "index.html" and not self._met:
            self._met = True
            bring_up(Renderer("other"), self._store, self, self._at)
        super().put(key, artefact, replaces=replaces)


def test_of_two_that_write_at_once_the_later_moment_wins() -> None:
    """The one with the older moment notices at its next write, and leaves the page to the other."""
    store = MemoryStore()
    bucket = Interrupted(store, at=minute(6))
    done = bring_up(Renderer("a"), store, bucket, minute(5))
    assert (done.published, done.conflicts) == (None, 1)
    assert b"12:06" in bucket.objects["index.html"].body


def test_of_two_that_write_at_once_the_newer_one_tries_again() -> None:
    """Meeting a renderer of the same moment, it lists the bucket and finishes its work."""
    store = MemoryStore()
    bucket = Interrupted(store, at=minute(5))
    done = bring_up(Renderer("a"), store, bucket, minute(5))
    assert done.published is not None
    assert done.conflicts == 1
    assert b"12:05" in bucket.objects["index.html"].body


class Behind(MemoryBucket):
    """One in which an older renderer is a few objects ahead until it has been given enough time."""

    def __init__(self, *, needed: int) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self._needed = needed

    def put(self, key: str, artefact: Artefact, *, replaces: str | None) -> None:
        """Refuse the index until the older one is done."""
        if key == "index.html" and len(self.pauses) < self._needed:
            raise ConflictError(key)
        super().put(key, artefact, replaces=replaces)


def test_who_is_always_behind_an_older_renderer_waits_until_it_is_done() -> None:
    """The first rendering of a page takes seconds, and others of it begin meanwhile."""
    bucket = Behind(needed=5)
    outlet = Outlet(page=CONFIG.pages[0], bucket=bucket, templates=TEMPLATES, url="https://status.example")
    done = render(
        Renderer("b"), config=CONFIG, store=MemoryStore(), outlets=[outlet], at=minute(5), pause=bucket.pauses.append
    )
    assert done.published is not None
    assert done.conflicts == 5
    assert len(bucket.pauses) == 5
