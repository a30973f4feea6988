"""The status JSON: `GET /status/{page}`, and `status.json` beside the page.

PulseAPI's shape (https://pulseapi.tech/headless-status-page), whose keys keep their meaning. Ours stand beside them:
`generatedAt`, `staleAfter`, coverage beside each uptime, more windows, `uptimePolicy`. docs/api.md has every field.
"""

import json
from datetime import UTC, datetime

from functions.domain.incident import Origin
from functions.domain.likely_cause import LikelyCause
from functions.domain.public_cause import PublicCause
from functions.domain.public_figures import DayBar, SloView, Window
from functions.domain.public_incident import IncidentView, UpdateView
from functions.domain.public_monitor import MonitorView, PartView
from functions.domain.snapshot import GroupView, MaintenanceView, Snapshot
from functions.domain.uptime_policy import UptimePolicy
from functions.domain.verdict import Verdict

INCIDENT_LIMIT = 50
"""Resolved incidents beyond the newest so many are left out; open ones never are."""

STATUS_WORDS = {
    Verdict.UP: "operational",
    Verdict.DEGRADED: "degraded",
    Verdict.DOWN: "outage",
    Verdict.MAINTENANCE: "maintenance",
    Verdict.NO_DATA: "unknown",
}
"""What a verdict is called in the document."""

_WHO = {Origin.JUDGE: "checks", Origin.PERSON: "people"}


def encode_status(snapshot: Snapshot) -> bytes:
    """Return the document as UTF-8 bytes; the same snapshot gives the same bytes."""
    return json.dumps(status_document(snapshot), ensure_ascii=False, separators=(",", ":")).encode()


def status_document(snapshot: Snapshot) -> dict[str, object]:
    """Return the document, keys in the order in which docs/api.md explains them."""
    page = snapshot.page
    return {
        "page": {
            "id": page.id,
            "title": page.title,
            "language": page.language,
            "customDomain": page.custom_domain,
            "description": page.description,
            "timeZone": page.time_zone,
            "url": snapshot.url,
        },
        "overallStatus": snapshot.overall.value,
        "generatedAt": in_utc(snapshot.generated_at),
        "staleAfter": in_utc(snapshot.stale_after),
        "endpoints": [_endpoint(view) for view in snapshot.monitors],
        "components": [
            *(_group(group) for group in snapshot.groups),
            *(_part(view, part) for view in snapshot.monitors for part in view.parts),
        ],
        "incidents": [_incident(view) for view in listed_incidents(snapshot.incidents)],
        "maintenance": [_maintenance(view) for view in snapshot.maintenance],
        "uptimePolicy": describe_policy(snapshot.policy),
    }


def _endpoint(view: MonitorView) -> dict[str, object]:
    day, week, month, quarter = (view.uptime[w] for w in (Window.DAY, Window.WEEK, Window.MONTH, Window.QUARTER))
    average = view.latency[Window.DAY].average
    return {
        "id": view.id,
        "name": view.name,
        "status": STATUS_WORDS[view.verdict],
        "description": view.description,
        "group": view.group,
        "since": in_utc(view.since),
        "checkedAt": in_utc(view.checked_at),
        "interval": view.interval,
        "cause": _cause(view.cause),
        "incident": view.incident,
        "awaitsPing": view.awaits_ping,
        "heldBy": None if view.held_by is None else list(view.held_by),
        "regions": [{"region": s.region, "status": STATUS_WORDS[s.verdict]} for s in view.regions],
        "uptime24h": plain_number(day.percent),
        "coverage24h": plain_number(day.coverage),
        "uptime7d": plain_number(week.percent),
        "coverage7d": plain_number(week.coverage),
        "uptime30d": plain_number(month.percent),
        "coverage30d": plain_number(month.coverage),
        "uptime90dTotal": plain_number(quarter.percent),
        "coverage90dTotal": plain_number(quarter.coverage),
        "uptime90d": [plain_number(bar.uptime.percent) for bar in view.days],
        "coverage90d": [_coverage(bar) for bar in view.days],
        "avgResponseTime": _milliseconds(average),
        "p95ResponseTime": _milliseconds(view.latency[Window.DAY].p95),
        "slo": _slo(view.slo),
        "steps": [{"name": step.name, "responseTime": _milliseconds(step.milliseconds)} for step in view.steps],
        "sparkline": [_milliseconds(value) for value in view.sparkline],
    }


def _slo(slo: SloView | None) -> dict[str, object] | None:
    if slo is None:
        return None
    return {
        "target": plain_number(slo.target),
        "windowDays": slo.days,
        "budgetMinutes": plain_number(slo.budget_seconds // 6 / 10),
        "leftMinutes": plain_number(slo.left_seconds // 6 / 10),
        "usedPercent": plain_number(slo.used_percent),
        "burnRate24h": plain_number(slo.burn_rate),
    }


def _group(group: GroupView) -> dict[str, object]:
    return {
        "name": group.name,
        "status": STATUS_WORDS[group.verdict],
        "endpoints": list(group.monitors),
    }


def _part(view: MonitorView, part: PartView) -> dict[str, object]:
    day, quarter = part.uptime[Window.DAY], part.uptime[Window.QUARTER]
    return {
        "name": part.name,
        "status": STATUS_WORDS[part.verdict],
        "endpoints": [view.id],
        "part": part.id,
        "since": in_utc(part.since),
        "uptime24h": plain_number(day.percent),
        "coverage24h": plain_number(day.coverage),
        "uptime90dTotal": plain_number(quarter.percent),
        "coverage90dTotal": plain_number(quarter.coverage),
    }


def listed_incidents(incidents: tuple[IncidentView, ...]) -> list[IncidentView]:
    """Return the open ones and the newest of the others, in their order."""
    resolved = [incident.id for incident in incidents if incident.resolved_at is not None]
    dropped = set(resolved[INCIDENT_LIMIT:])
    return [incident for incident in incidents if incident.id not in dropped]


def _incident(view: IncidentView) -> dict[str, object]:
    return {
        "id": view.id,
        "title": view.title,
        "status": view.status.value,
        "impact": STATUS_WORDS[view.verdict],
        "endpoints": list(view.monitors),
        "startedAt": in_utc(view.started_at),
        "resolvedAt": in_utc(view.resolved_at),
        "cause": _cause(view.cause),
        "downFrom": list(view.down_from),
        "likelyCauses": [_likely(cause) for cause in view.likely_causes],
        "openedBy": _WHO[view.origin],
        "updatedAt": in_utc(view.updated_at),
        "monitoringAt": in_utc(view.monitoring_at),
        "acknowledged": view.acknowledged and {"at": in_utc(view.acknowledged.at), "by": view.acknowledged.by},
        "postmortem": view.postmortem and {"at": in_utc(view.postmortem.at), "body": view.postmortem.body},
        "updates": [_update(update) for update in view.updates],
    }


def _likely(cause: LikelyCause) -> dict[str, object]:
    return {
        "endpoint": cause.monitor,
        "name": cause.name,
        "status": STATUS_WORDS[cause.verdict],
        "since": in_utc(cause.since),
        "ongoing": cause.ongoing,
        "upstream": cause.upstream,
        "dependedOn": cause.depended_on,
    }


def _maintenance(view: MaintenanceView) -> dict[str, object]:
    return {
        "id": view.id,
        "title": view.title,
        "description": view.description,
        "status": "in_progress" if view.under_way else "scheduled",
        "scheduledFor": in_utc(view.start),
        "scheduledUntil": in_utc(view.end),
        "endpoints": list(view.monitors),
    }


def _update(view: UpdateView) -> dict[str, object]:
    return {
        "id": view.id,
        "at": in_utc(view.at),
        "status": view.status.value,
        "impact": STATUS_WORDS[view.verdict],
        "body": view.body,
        "format": "markdown" if view.origin is Origin.PERSON else "text",
        "by": view.by,
        "affected": [
            {"endpoint": a.monitor, "before": STATUS_WORDS[a.before], "after": STATUS_WORDS[a.after]}
            for a in view.affected
        ],
    }


def _cause(cause: PublicCause | None) -> dict[str, object] | None:
    if cause is None:
        return None
    return {
        "kind": cause.kind.value,
        "statusCode": cause.status_code,
        "phase": cause.phase,
        "subject": cause.subject,
        "step": cause.step,
        "layer": None if cause.layer is None else cause.layer.value,
        "parts": [{"name": part.name, "status": STATUS_WORDS[part.verdict]} for part in cause.parts],
    }


def describe_policy(policy: UptimePolicy) -> dict[str, object]:
    """Return what the percentages mean, as data."""
    return {
        "countsAsUp": [STATUS_WORDS[v] for v in policy.counts_as_up],
        "countsAsDown": [STATUS_WORDS[v] for v in policy.counts_as_down],
        "leftOut": [STATUS_WORDS[v] for v in policy.left_out],
        "decimals": policy.decimals,
        "rounding": policy.rounding,
        "resolution": policy.resolution,
        "agreement": policy.agreement,
        "days": policy.days,
    }


def _coverage(bar: DayBar) -> float | None:
    """Return a day's coverage; None where the uptime beside it is None."""
    return None if bar.uptime.percent is None else plain_number(bar.uptime.coverage)


def plain_number(percent: float | None) -> float | None:
    """Return whole numbers without a fraction: 100, not 100.0."""
    return int(percent) if percent is not None and percent.is_integer() else percent


def _milliseconds(value: float | None) -> int | None:
    return None if value is None else round(value)


def in_utc(at: datetime | None) -> str | None:
    """Return RFC 3339 in UTC, to the second."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
