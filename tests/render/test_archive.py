"""Months go by: what the table is asked for, what stays in the bucket, and what is written again."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from functions.config import Config
from functions.domain.history import DayHistory
from functions.domain.incident import Incident, Postmortem
from functions.domain.maintenance import Calendar, MaintenancePlan
from functions.domain.state import ShardState
from functions.render.archive import READ_AT_ONCE
from functions.render.render import Outlet, Renderer, render
from functions.render.templates import Templates
from functions.store import Judgement
from tests.fakes.history import day, incident, utc
from tests.fakes.memory_bucket import MemoryBucket
from tests.fakes.memory_store import MemoryStore
from tests.render.test_render import CONFIG

TEMPLATES = Templates(language="en")
OTHER_LOOK = Templates(language="en", time_zone="Asia/Tokyo")
PATCHING = MaintenancePlan(
    title="Patching", start="2026-10-06T03:00", time_zone="UTC", seconds=3600, monitors=("api",), description="<b>"
)
PLANNED = replace(CONFIG, calendar=Calendar((PATCHING,)))
WINDOW = "maintenance/20261006T030000Z-"


class CountingStore(MemoryStore):
    """Counts what is read beside what every rendering reads."""

    def __init__(self) -> None:
        super().__init__()
        self.read: Counter[str] = Counter()

    def incidents_between(self, start: datetime, end: datetime) -> Sequence[Incident]:
        """Count the question."""
        self.read["months of incidents"] += 1
        return super().incidents_between(start, end)

    def days(self, start: date, end: date) -> Sequence[DayHistory]:
        """Count questions about days behind the calendar of 13 months, which begins in November or later."""
        if start < date(2025, 10, 30):
            self.read["days"] += 1
        return super().days(start, end)


def record(store: MemoryStore, *incidents: Incident) -> None:
    """Write incidents."""
    shard = f"past-{incidents[0].id}-{incidents[0].version}"
    store.commit(Judgement(state=ShardState(shard=shard, version=0, states={}), incidents=incidents))


def a_year(store: MemoryStore, first: date, last: date) -> None:
    """Write days, a tenth of each second one down, from `first` to `last`."""
    while first <= last:
        store.put_day(day(first))
        first += timedelta(days=1)


def bring_up(
    renderer: Renderer,
    store: MemoryStore,
    bucket: MemoryBucket,
    at: datetime,
    config: Config = CONFIG,
    *,
    look: Templates = TEMPLATES,
) -> set[str]:
    """Render at `at`; return what was written of history and maintenance."""
    bucket.writes.clear()
    outlet = Outlet(page=config.pages[0], bucket=bucket, templates=look, url="https://status.example")
    done = render(renderer, config=config, store=store, outlets=[outlet], at=at)
    assert done.published is not None
    return {key for key in bucket.writes if key.startswith(("history", "maintenance/"))}


def document(bucket: MemoryBucket, month: str) -> dict[str, Any]:
    """Return a month's record."""
    found: dict[str, Any] = json.loads(bucket.objects[f"history/{month}.json"].body)
    return found


def all_of(*months: str) -> set[str]:
    """Return the keys of months."""
    return {f"history/{month}{ending}" for month in months for ending in ("", ".json", ".csv", "-incidents.csv")}


@pytest.fixture
def store() -> CountingStore:
    """Return a store with days since October and two incidents, one of which reaches from one month into the next."""
    found = CountingStore()
    a_year(found, date(2026, 10, 1), date(2026, 11, 21))
    record(found, incident(utc(2026, 10, 20), resolved_at=utc(2026, 10, 20, 1)))
    record(found, incident(utc(2026, 10, 31, 23), resolved_at=utc(2026, 11, 1, 1)))
    return found


def test_a_deployment_that_runs_never_asks_the_table_for_a_past_month(store: CountingStore) -> None:
    """Month after month the record that stands in the bucket is enough, also for an instance that starts."""
    bucket, renderer = MemoryBucket(), Renderer("a")
    at = utc(2026, 11, 22, 12)
    assert bring_up(renderer, store, bucket, at) == {"history"} | all_of("2026-10", "2026-11")
    october = {key: bucket.objects[key].body for key in all_of("2026-10")}
    for n in range(1, 12):
        a_year(store, (at + timedelta(days=10 * (n - 1))).date(), (at + timedelta(days=10 * n - 1)).date())
        if n % 3 == 0:
            renderer = Renderer(f"another {n}")
        bring_up(renderer, store, bucket, at + timedelta(days=10 * n))
    assert store.read == Counter()
    assert {key: bucket.objects[key].body for key in october} == october, "not one byte of a month that was over"
    assert [found["id"] for found in document(bucket, "2026-11")["incidents"]] == ["20261031T230000Z-api"]
    assert document(bucket, "2027-01")["final"]
    assert b'href="/history/2026-10"' in bucket.objects["history"].body


def test_a_new_bucket_gets_the_past_some_months_at_a_time(store: CountingStore) -> None:
    """With the pages of the incidents and the maintenance that it links to; then the table is left alone."""
    a_year(store, date(2025, 2, 10), date(2025, 6, 1))
    record(store, incident(utc(2025, 3, 4), resolved_at=utc(2025, 3, 4, 1)))
    at = utc(2026, 11, 22, 12)
    bucket, renderer = MemoryBucket(), Renderer("a")
    old = replace(PATCHING, start="2025-03-06T03:00")
    planned = replace(CONFIG, calendar=Calendar((old,)))
    seen = []
    for n in range(13):
        written = bring_up(renderer, store, bucket, at + timedelta(minutes=n), planned)
        seen.append(len({key[8:15] for key in written if key.endswith(".json")}))
    assert seen[0] == 2 + READ_AT_ONCE
    assert max(seen[1:]) == READ_AT_ONCE
    months = [f"2025-{month:02}" for month in range(2, 13)] + [f"2026-{month:02}" for month in range(1, 12)]
    assert all_of(*months) <= set(bucket.objects)
    march = document(bucket, "2025-03")
    assert [row["uptime"] for row in march["endpoints"]] == [100]
    assert [i["id"] for i in march["incidents"]] == ["20250304T000000Z-api"]
    assert [w["title"] for w in march["maintenance"]] == ["Patching"]
    for linked in ("incidents/20250304T000000Z-api", f"maintenance/{march['maintenance'][0]['id']}"):
        assert linked in bucket.objects
    before = store.read.total()
    bring_up(Renderer("b"), store, bucket, at + timedelta(days=1), planned)
    assert store.read.total() == before
    assert document(bucket, "2025-02")["endpoints"][0]["coverage"] == 100, "counted from its first data"


def test_another_look_draws_past_months_from_their_records(store: CountingStore) -> None:
    """The pages are new, the records are what they were, and the table is not asked."""
    bucket = MemoryBucket()
    bring_up(Renderer("a"), store, bucket, utc(2026, 11, 22, 12))
    a_year(store, date(2026, 11, 22), date(2027, 2, 1))
    bring_up(Renderer("b"), store, bucket, utc(2027, 2, 2, 12))
    store.read.clear()
    written = bring_up(Renderer("c"), store, bucket, utc(2027, 2, 2, 12, 5), look=OTHER_LOOK)
    assert {"history/2026-10", "history/2026-11"} <= written
    assert b"Asia/Tokyo" in bucket.objects["history/2026-10"].body
    assert b"20261020T000000Z-api" in bucket.objects["history/2026-10"].body
    assert not {key for key in written if "2026" in key and not key.endswith(("-10", "-11", "-12"))}


def test_what_was_planned_and_is_over_stays_though_the_plan_goes(store: CountingStore) -> None:
    """Whoever cleans up pulseboard.yaml takes nothing out of the past; a restart in between changes nothing."""
    bucket = MemoryBucket()
    bring_up(Renderer("a"), store, bucket, utc(2026, 10, 7), PLANNED)
    bring_up(Renderer("b"), store, bucket, utc(2026, 10, 8), CONFIG)
    assert [w["title"] for w in document(bucket, "2026-10")["maintenance"]] == ["Patching"]
    pages = [key for key in bucket.objects if key.startswith(WINDOW)]
    assert len(pages) == len(["the page", "the file"])
    assert b"&lt;b&gt;" in bucket.objects[min(pages)].body


def test_what_is_called_off_goes(store: CountingStore) -> None:
    """Its page and its file are deleted, and history never heard of it."""
    bucket = MemoryBucket()
    bring_up(Renderer("a"), store, bucket, utc(2026, 10, 2), PLANNED)
    assert [key for key in bucket.objects if key.startswith(WINDOW)]
    bring_up(Renderer("a"), store, bucket, utc(2026, 10, 3), CONFIG)
    assert not [key for key in bucket.objects if key.startswith(WINDOW)]
    assert document(bucket, "2026-10")["maintenance"] == []


def test_a_window_is_written_when_it_is_planned_begins_and_ends(store: CountingStore) -> None:
    """And in between only when a quiet period rolls while it is under way."""
    bucket, renderer = MemoryBucket(), Renderer("a")
    start = utc(2026, 10, 6, 3)
    states = {}
    for hours in (-24, -1, 0, 0.5, 1, 24, 24 * 40):
        written = bring_up(renderer, store, bucket, start + timedelta(hours=hours), PLANNED)
        page = next(key for key in bucket.objects if key.startswith(WINDOW) and not key.endswith(".ics"))
        body = bucket.objects[page].body
        said = [word for word in (b"is planned", b"is under way", b"is over") if b"Maintenance " + word in body]
        states[hours] = (said, page in written)
    assert states == {
        -24: ([b"is planned"], True),
        -1: ([b"is planned"], False),
        0: ([b"is under way"], True),
        0.5: ([b"is under way"], False),
        1: ([b"is over"], True),
        24: ([b"is over"], False),
        24 * 40: ([b"is over"], False),
    }


def test_a_postmortem_is_linked_from_a_month_that_is_over(store: CountingStore) -> None:
    """Uptime is final; what people say of an incident is taken up as long as the incident is read."""
    bucket, renderer = MemoryBucket(), Renderer("a")
    bring_up(renderer, store, bucket, utc(2026, 11, 22, 12))
    numbers = document(bucket, "2026-10")["endpoints"]
    known = store.incident("20261020T000000Z-api")
    assert known is not None
    record(store, replace(known, postmortem=Postmortem(at=utc(2026, 11, 22), body="Learnt.")))
    bring_up(renderer, store, bucket, utc(2026, 11, 22, 12, 5))
    after = document(bucket, "2026-10")
    assert {i["id"]: i["postmortem"] for i in after["incidents"]}["20261020T000000Z-api"]
    assert after["endpoints"] == numbers
    assert b"20261020T000000Z-api#postmortem" in bucket.objects["history/2026-10"].body


def test_an_incident_that_goes_on_for_months_ends_in_all_of_them(store: CountingStore) -> None:
    """The table is asked for it alone, when it is over; before, nothing is written again."""
    going_on = incident(utc(2026, 10, 2))
    record(store, going_on)
    bucket, renderer = MemoryBucket(), Renderer("a")
    for at in (utc(2026, 11, 22, 12), utc(2026, 12, 10), utc(2027, 1, 10), utc(2027, 1, 11), utc(2027, 1, 12)):
        bring_up(renderer, store, bucket, at)
    assert store.read["months of incidents"] == 0
    assert all_of("2026-10").isdisjoint(bucket.writes)
    stored = store.incident(going_on.id)
    assert stored is not None
    record(store, replace(stored, resolved_at=utc(2027, 1, 12, 1)))
    bring_up(renderer, store, bucket, utc(2027, 1, 13))
    for month in ("2026-10", "2026-11", "2026-12", "2027-01"):
        assert {i["id"]: i["resolvedAt"] for i in document(bucket, month)["incidents"]}[going_on.id]
    assert b"Lasted" in bucket.objects[f"incidents/{going_on.id}"].body
    assert store.read["months of incidents"] == 0


def test_a_record_that_cannot_be_read_is_made_again(store: CountingStore) -> None:
    """Whatever stands there: the month comes from the table."""
    bucket = MemoryBucket()
    bring_up(Renderer("a"), store, bucket, utc(2026, 11, 22, 12))
    key = "history/2026-10.json"
    bucket.objects[key] = replace(bucket.objects[key], body=b"{")
    bring_up(Renderer("b"), store, bucket, utc(2027, 1, 22, 12))
    assert len(document(bucket, "2026-10")["incidents"]) == len(["one", "another"])


def test_a_complete_record_that_cannot_be_read_holds_nothing_up(store: CountingStore) -> None:
    """Somebody edited it by hand: the page goes on being made, and the month comes from the table with the next one."""
    bucket, key = MemoryBucket(), "history/2026-10.json"
    bring_up(Renderer("a"), store, bucket, utc(2026, 11, 22, 12))
    a_year(store, date(2026, 11, 22), date(2027, 2, 1))
    bring_up(Renderer("b"), store, bucket, utc(2027, 2, 2, 12))
    whole = bucket.objects[key].body
    bucket.objects[key] = replace(bucket.objects[key], body=whole[:-1])
    renderer = Renderer("c")
    assert "history/2026-10" in bring_up(renderer, store, bucket, utc(2027, 2, 2, 12, 5))
    assert {key, "history/2026-10"} <= bring_up(renderer, store, bucket, utc(2027, 2, 2, 12, 10))
    assert [i["id"] for i in document(bucket, "2026-10")["incidents"]] == [
        i["id"] for i in json.loads(whole)["incidents"]
    ]
    assert bring_up(renderer, store, bucket, utc(2027, 2, 2, 12, 15)) == set()
