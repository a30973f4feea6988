"""config.json, read back into the domain's types: what every function knows of pulseboard.yaml.

The document was validated before it shipped, so nothing is checked again. A monitor is decoded when it is asked for: a
probe for one shard does not pay for the monitors of the others.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from functions.domain.badge_look import decode_look
from functions.domain.brand import Brand, FooterLink, Picture
from functions.domain.expectation import Expectations
from functions.domain.maintenance import Calendar, MaintenancePlan
from functions.domain.monitor import Confirmation, Monitor, Shard
from functions.domain.page import Page
from functions.domain.part import Expand
from functions.domain.slo import Slo
from functions.domain.spike import SpikeRule
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy, uptime_policy
from functions.kinds import decode_check

VERSION = 1
"""The version of the document that this code reads."""

NO_CANARY = ""
"""What `canary` is where none is wanted; None means the default one."""

Document = Mapping[str, Any]


class UnknownVersionError(Exception):
    """The document is of another version: code and config.json come from different deployments."""


class Monitors(Mapping[str, Monitor]):
    """Monitors by id, in the order of pulseboard.yaml, each decoded once and only when asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._decoded: dict[str, Monitor] = {}

    def __getitem__(self, monitor_id: str) -> Monitor:
        if monitor_id not in self._decoded:
            self._decoded[monitor_id] = decode_monitor(self._documents[monitor_id])
        return self._decoded[monitor_id]

    def __contains__(self, monitor_id: object) -> bool:
        return monitor_id in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that is deployed: monitors and shards by id, pages in order, the first being the one at the root."""

    monitors: Mapping[str, Monitor]
    pages: tuple[Page, ...]
    shards: Mapping[str, Shard]
    allow_private_targets: bool = False
    calendar: Calendar = field(default_factory=Calendar)
    canary: str | None = None
    uptime: UptimePolicy = UPTIME_POLICY
    kinds: frozenset[str] = frozenset()
    """The kinds of check that its monitors have."""
    heartbeats: tuple[str, ...] = ()
    """The ids of the monitors that report in by themselves."""
    upstreams: tuple[str, ...] = ()
    """The ids of the monitors that are somebody else's status page."""

    def monitors_of(self, shard_id: str) -> tuple[Monitor, ...]:
        """Return a shard's monitors; KeyError for a shard that is not there."""
        return tuple(self.monitors[monitor_id] for monitor_id in self.shards[shard_id].monitors)


def load_config(path: Path | None = None) -> Config:
    """Return the config at `path`; by default that named by PULSEBOARD_CONFIG, else the one beside this package.

    Raises UnknownVersionError for a document of another version.
    """
    if path is None:
        beside = Path(__file__).parent.parent / "config.json"
        path = Path(os.environ.get("PULSEBOARD_CONFIG") or beside)
    return decode_config(json.loads(path.read_bytes()))


def decode_config(document: Document) -> Config:
    """Return the config that `document`, the parsed config.json, describes."""
    if document["version"] != VERSION:
        raise UnknownVersionError(f"config.json has version {document['version']}, this code reads version {VERSION}")
    return Config(
        monitors=Monitors({monitor["id"]: monitor for monitor in document["monitors"]}),
        pages=tuple(_page(page) for page in document["pages"]),
        shards={shard["id"]: _shard(shard) for shard in document["shards"]},
        allow_private_targets=document["allow_private_targets"],
        canary=document.get("canary"),
        calendar=Calendar(tuple(_plan(plan) for plan in document.get("maintenance", ()))),
        uptime=uptime_policy(document.get("uptime", {}).get("degraded", "up")),
        kinds=frozenset(monitor["check"]["kind"] for monitor in document["monitors"]),
        heartbeats=tuple(m["id"] for m in document["monitors"] if m["check"]["kind"] == "heartbeat"),
        upstreams=tuple(m["id"] for m in document["monitors"] if m["check"]["kind"] == "upstream"),
    )


def decode_monitor(document: Document) -> Monitor:
    """Return one monitor of config.json."""
    return Monitor(
        id=document["id"],
        name=document["name"],
        group=document["group"],
        description=document["description"],
        interval=document["interval"],
        timeout=document["timeout"],
        attempts=document["attempts"],
        attempt_gap=document["attempt_gap"],
        confirmation=Confirmation(**document["confirmation"]),
        check=decode_check(document["check"]),
        expectations=Expectations.decode(document["expect"], document["degraded"]),
        depends_on=tuple(document.get("depends_on", ())),
        spike=SpikeRule(**document["spike"]) if "spike" in document else None,
        slo=Slo(**document["slo"]) if "slo" in document else None,
        expand=Expand.decode(document["expand"]) if "expand" in document else None,
    )


def _plan(document: Document) -> MaintenancePlan:
    return MaintenancePlan(**{**document, "monitors": tuple(document["monitors"])})


def _page(document: Document) -> Page:
    lists = {key: tuple(document[key]) for key in ("monitors", "groups")}
    brand = {"brand": _brand(document["brand"])} if "brand" in document else {}
    return Page(**{**document, **lists, **brand, "badges": decode_look(document.get("badges", {}))})


def _brand(document: Document) -> Brand:
    pictures = {name: Picture(**document[name]) for name in ("logo", "logo_dark") if name in document}
    return Brand(**{**document, **pictures, "links": tuple(FooterLink(**link) for link in document.get("links", ()))})


def _shard(document: Document) -> Shard:
    return Shard(
        id=document["id"],
        interval=document["interval"],
        regions=tuple(document["regions"]),
        monitors=tuple(document["monitors"]),
    )
