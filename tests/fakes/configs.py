"""Small configs, as config.json would give them."""

from collections.abc import Mapping, Sequence

from functions.config import Config
from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.maintenance import Calendar, MaintenancePlan
from functions.domain.monitor import Confirmation, Monitor, Shard
from functions.domain.page import Page


def monitor(
    monitor_id: str,
    *,
    name: str | None = None,
    confirmation: Confirmation | None = None,
    depends_on: Sequence[str] = (),
) -> Monitor:
    """Return an HTTP monitor with the defaults."""
    return Monitor(
        id=monitor_id,
        name=name or monitor_id.title(),
        check=HttpRequest(url=f"https://{monitor_id}.example/health"),
        expectations=Expectations(),
        confirmation=confirmation or Confirmation(),
        depends_on=tuple(depends_on),
    )


def config(
    shards: Mapping[str, Sequence[str]],
    *,
    regions: Sequence[str] = ("eu-west-1",),
    depends_on: Mapping[str, Sequence[str]] | None = None,
    confirmation: Mapping[str, Confirmation] | None = None,
    maintenance: Sequence[MaintenancePlan] = (),
) -> Config:
    """Return a config with these shards of monitors, one a minute, all on one page."""
    parents, patience = depends_on or {}, confirmation or {}
    everything = [m for monitors in shards.values() for m in monitors]
    return Config(
        monitors={m: monitor(m, depends_on=parents.get(m, ()), confirmation=patience.get(m)) for m in everything},
        pages=(Page(id="acme", title="Acme API Status", time_zone="Europe/Berlin", monitors=tuple(everything)),),
        shards={
            shard: Shard(id=shard, interval=60, regions=tuple(regions), monitors=tuple(monitors))
            for shard, monitors in shards.items()
        },
        calendar=Calendar(tuple(maintenance)),
    )


def document(shards: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return what config.json says of such a config."""
    everything = [m for monitors in shards.values() for m in monitors]
    return {
        "version": 1,
        "allow_private_targets": False,
        "pages": [
            {
                "id": "acme",
                "title": "Acme API Status",
                "language": "en",
                "description": None,
                "time_zone": "Europe/Berlin",
                "custom_domain": None,
                "monitors": everything,
                "groups": [],
            }
        ],
        "monitors": [
            {
                "id": m,
                "name": m.title(),
                "group": None,
                "description": None,
                "interval": 60,
                "timeout": 10.0,
                "attempts": 2,
                "attempt_gap": 2.0,
                "confirmation": {"failures": 1, "recoveries": 2},
                "check": {"kind": "http", "url": f"https://{m}.example/health"},
                "expect": None,
                "degraded": None,
            }
            for m in everything
        ],
        "shards": [
            {"id": shard, "interval": 60, "regions": ["eu-west-1"], "monitors": list(monitors)}
            for shard, monitors in shards.items()
        ],
    }
