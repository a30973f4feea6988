"""A valid document to config.json: defaults filled in, units gone, every monitor complete."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from configuration.badges import compile_badges
from configuration.brand import bundle as brand
from configuration.maintenance import compile_maintenance
from configuration.models.document import Document
from configuration.models.expectation import Degraded, Expectation
from configuration.models.monitor import Monitor
from configuration.models.page import Page
from configuration.models.slo import Slo
from configuration.models.timing import Confirmation, Defaults
from configuration.timing import ATTEMPT_GAP, ATTEMPTS, INTERVAL, TIMEOUT
from functions.config import NO_CANARY, VERSION
from functions.domain.monitor import Confirmation as DomainConfirmation
from functions.domain.monitor import Shard

JsonObject = dict[str, object]


def interval_of(monitor: Monitor, defaults: Defaults) -> int:
    """Return the monitor's interval in seconds."""
    return monitor.interval or defaults.interval or INTERVAL


def timeout_of(monitor: Monitor, defaults: Defaults) -> float:
    """Return the seconds that one attempt may take."""
    return monitor.timeout or defaults.timeout or TIMEOUT


def attempts_of(monitor: Monitor, defaults: Defaults) -> int:
    """Return how often a failing check is tried."""
    return monitor.attempts or defaults.attempts or ATTEMPTS


def attempt_gap_of(monitor: Monitor, defaults: Defaults) -> float:
    """Return the seconds between two attempts; none at all is a choice, too."""
    return next((gap for gap in (monitor.attempt_gap, defaults.attempt_gap) if gap is not None), ATTEMPT_GAP)


def regions_of(monitor: Monitor, document: Document) -> tuple[str, ...]:
    """Return the regions that check the monitor, in the order of the file; empty means the home region.

    A heartbeat is looked after where its pings are kept, which is at home. What AWS says of an alarm or a queue is the
    same from everywhere and costs money each time: it is asked once, where that is or else at home, unless the monitor
    itself names regions.
    """
    if monitor.heartbeat is not None:
        return tuple(document.regions or ())[:1]
    if monitor.aws is not None and not monitor.regions:
        deployed = tuple(document.regions or ())
        there = monitor.aws.place[0]
        return (there,) if there in deployed else deployed[:1]
    chosen = monitor.regions or document.defaults.regions or document.regions or []
    return tuple(region for region in document.regions or [] if region in chosen)


def compile_runtime(document: Document, shards: Iterable[Shard], *, folder: Path) -> JsonObject:
    """Return what ships as config.json (docs/architecture.md has its shape); `functions.config` reads it.

    `folder` is that of pulseboard.yaml, from which the paths in it count.
    """
    return {
        "version": VERSION,
        "allow_private_targets": bool(document.allow_private_targets),
        "pages": [_page(page, document, folder) for page in document.all_pages],
        **({} if document.canary is None else {"canary": document.canary.url if document.canary else NO_CANARY}),
        **({"maintenance": compile_maintenance(document)} if document.maintenance else {}),
        **({"uptime": {"degraded": document.uptime.degraded}} if document.uptime.degraded else {}),
        "monitors": [_monitor(monitor, document.defaults) for monitor in document.monitors],
        "shards": [
            {
                "id": shard.id,
                "interval": shard.interval,
                "regions": list(shard.regions),
                "monitors": list(shard.monitors),
            }
            for shard in shards
        ],
    }


def _page(page: Page, document: Document, folder: Path) -> JsonObject:
    shown = [monitor for monitor in document.monitors if page.shows(monitor.id, monitor.group)]
    appearing = dict.fromkeys(monitor.group for monitor in shown if monitor.group is not None)
    used = [group for group in document.groups or appearing if group in appearing]
    return {
        "id": page.id,
        "title": page.title,
        "language": page.language or "en",
        "description": page.description,
        "time_zone": page.time_zone or "UTC",
        "custom_domain": page.domain.name if page.domain else None,
        "monitors": [monitor.id for monitor in shown],
        "groups": used,
        **({"brand": brand.compiled(page.brand, folder)} if page.brand is not None else {}),
        **({"private": True} if page.private else {}),
        **({"badges": badges} if (badges := compile_badges(page.badges, shown)) else {}),
    }


def _monitor(monitor: Monitor, defaults: Defaults) -> JsonObject:
    return {
        "id": monitor.id,
        "name": monitor.name or monitor.id,
        "group": monitor.group,
        "description": monitor.description,
        "interval": interval_of(monitor, defaults),
        "timeout": timeout_of(monitor, defaults),
        "attempts": attempts_of(monitor, defaults),
        "attempt_gap": attempt_gap_of(monitor, defaults),
        "confirmation": _confirmation(monitor.confirmation or Confirmation(), defaults.confirmation or Confirmation()),
        "check": _check(monitor),
        "expect": _expectation(monitor.expect) or _expected(monitor),
        "degraded": _expectation(monitor.degraded),
        **_spike(monitor.degraded),
        **_slo(monitor.slo),
        **({"expand": monitor.expand.compiled()} if monitor.expand is not None else {}),
        **({"depends_on": monitor.depends_on} if monitor.depends_on else {}),
    }


def _check(monitor: Monitor) -> JsonObject:
    kind, check = monitor.check
    asked = asked_of(monitor)
    if isinstance(check, list):
        return {"kind": kind, "steps": [step.compiled(asked) for step in check]}
    return {"kind": kind, **check.compiled(asked)}


def _expected(monitor: Monitor) -> JsonObject | None:
    """Return what the kind expects where the monitor does not say."""
    _, check = monitor.check
    return None if isinstance(check, list) else check.expected()


def asked_of(monitor: Monitor) -> frozenset[str]:
    """Return the claims on the answer."""
    halves = (half for half in (monitor.expect, monitor.degraded) if half is not None)
    return frozenset().union(*(half.model_dump(by_alias=True, exclude_unset=True) for half in halves))


def _confirmation(own: Confirmation, default: Confirmation) -> JsonObject:
    otherwise = DomainConfirmation()
    return {
        "failures": own.failures or default.failures or otherwise.failures,
        "recoveries": own.recoveries or default.recoveries or otherwise.recoveries,
    }


def _expectation(expectation: Expectation | None) -> JsonObject | None:
    """Return the parts that are set; the matchers are in their final form already. A spike is not for the probe."""
    if expectation is None:
        return None
    return expectation.model_dump(by_alias=True, exclude_unset=True, exclude={"spike"}) or None


def _slo(slo: Slo | None) -> JsonObject:
    if slo is None:
        return {}
    return {"slo": {"target": slo.target, **({"days": slo.window} if slo.window else {})}}


def _spike(degraded: Degraded | None) -> JsonObject:
    return {} if degraded is None or degraded.spike is None else {"spike": asdict(degraded.spike.rule)}
