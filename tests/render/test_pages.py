"""Several pages from one record, each in its own language, zone and bucket."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from functions.config import Config
from functions.domain.page import Page
from functions.domain.state import ShardState
from functions.domain.verdict import Verdict
from functions.render.render import Outlet, Renderer, Rendering, render
from functions.render.templates import Templates
from tests.fakes.memory_bucket import MemoryBucket
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import minute, run
from tests.render.test_render import CONFIG, MONITOR

PAGES = (
    Page(id="acme", title="Acme", monitors=("api", "shop")),
    Page(id="laden", title="Laden", language="de", time_zone="Asia/Tokyo", monitors=("shop",)),
)
BOTH = replace(
    CONFIG,
    monitors={"api": MONITOR, "shop": replace(MONITOR, id="shop", name="Shop")},
    pages=PAGES,
    shards={"60s-0": replace(CONFIG.shards["60s-0"], monitors=("api", "shop"))},
)


class CountingStore(MemoryStore):
    """Counts how often the states are read."""

    reads = 0

    def shard_states(self) -> Sequence[ShardState]:
        """Return what the parent does."""
        self.reads += 1
        return super().shard_states()


def bring_up(
    renderer: Renderer, store: MemoryStore, buckets: list[MemoryBucket], at: datetime, config: Config = BOTH
) -> Rendering:
    """Render both pages at `at`."""
    outlets = [
        Outlet(
            page=page,
            bucket=bucket,
            templates=Templates(language=page.language, time_zone=page.time_zone),
            url=f"https://{page.id}.example",
        )
        for page, bucket in zip(config.pages, buckets, strict=True)
    ]
    return render(renderer, config=config, store=store, outlets=outlets, at=at)


def test_each_page_has_its_monitors_language_and_zone() -> None:
    """From one reading of the record; nothing of the one stands in the other's bucket."""
    store, buckets = CountingStore(), [MemoryBucket(), MemoryBucket()]
    for n in range(5):
        store.put_run(run(minute(n), Verdict.UP))

    done = bring_up(Renderer("a"), store, buckets, minute(5))

    english, german = (bucket.objects["index.html"].body.decode() for bucket in buckets)
    assert store.reads == 1
    assert ('lang="en"' in english, 'lang="de"' in german) == (True, True)
    assert "UTC</time>" in english
    assert "JST</time>" in german
    assert {key for key in buckets[0].objects if key.startswith("monitors/")} == {"monitors/api", "monitors/shop"}
    assert {key for key in buckets[1].objects if key.startswith("monitors/")} == {"monitors/shop"}
    assert not [key for key, made in buckets[1].objects.items() if b"Shop API" in made.body]
    assert b'"url":"https://laden.example"' in buckets[1].objects["status.json"].body
    assert done.published is not None
    assert done.published.written == sum(len(bucket.objects) for bucket in buckets) - 2, "all but the manifests"


def test_a_monitor_that_leaves_a_page_leaves_it_alone() -> None:
    """Its objects go from that page's bucket, and stay in the other's."""
    store, buckets = MemoryStore(), [MemoryBucket(), MemoryBucket()]
    renderer = Renderer("a")
    bring_up(renderer, store, buckets, minute(0))

    smaller = replace(BOTH, pages=(replace(PAGES[0], monitors=("api",)), PAGES[1]))
    bring_up(renderer, store, buckets, minute(5), smaller)

    assert "monitors/shop" not in buckets[0].objects
    assert "monitors/shop" in buckets[1].objects


def test_search_engines_are_kept_from_private_pages_alone() -> None:
    """The address says it in a header as well."""
    private = replace(BOTH, pages=(PAGES[0], replace(PAGES[1], private=True)))
    store, buckets = MemoryStore(), [MemoryBucket(), MemoryBucket()]

    bring_up(Renderer("a"), store, buckets, minute(0), private)

    assert b'content="noindex"' in buckets[0].objects["404.html"].body
    for key in ("index.html", "history", "monitors/shop", "404.html"):
        assert key == "404.html" or b'name="robots"' not in buckets[0].objects[key].body
        assert b'content="noindex, nofollow"' in buckets[1].objects[key].body
