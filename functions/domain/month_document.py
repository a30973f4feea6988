"""A month as it is published: JSON, from which it can be read back, and CSV for spreadsheets.

Keys and words are those of the status JSON (functions/domain/status_document.py); docs/history.md has every field.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from functions.domain.incident import IncidentStatus
from functions.domain.month_report import MonthIncident, MonthReport, MonthUptime
from functions.domain.page import Page
from functions.domain.public_figures import Uptime
from functions.domain.snapshot import MaintenanceView
from functions.domain.status_document import STATUS_WORDS, describe_policy, in_utc, plain_number
from functions.domain.uptime_policy import STRICT_POLICY, UPTIME_POLICY, UptimePolicy

_VERDICTS: Final = {word: verdict for verdict, word in STATUS_WORDS.items()}
_FORMULA: Final = re.compile(r"[\t\r\n\0]|\s*[=+\-@＝＋－＠]")  # noqa: RUF001 (spreadsheets in East Asia read wide signs, too)
"""How what a spreadsheet would compute begins. Source: OWASP, "CSV Injection"; some skip blanks before it."""


class DocumentError(ValueError):
    """The bytes are no month."""


def encode_month(report: MonthReport, page: Page) -> bytes:
    """Return the JSON document as UTF-8; the same report gives the same bytes."""
    document = {
        "page": {"id": page.id, "title": page.title, "language": page.language},
        "month": f"{report.first:%Y-%m}",
        "final": report.final,
        "endpoints": [
            {
                "id": row.monitor,
                "name": row.name,
                "group": row.group,
                "uptime": plain_number(row.uptime.percent),
                "coverage": plain_number(row.uptime.coverage),
                "downSeconds": row.uptime.down_seconds,
            }
            for row in report.uptimes
        ],
        "incidents": [_incident(incident) for incident in report.incidents],
        "maintenance": [_maintenance(window) for window in report.maintenance],
        "names": dict(report.names),
        "uptimePolicy": describe_policy(report.policy),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def decode_month(body: bytes) -> MonthReport:
    """Return what `encode_month` was given; raises DocumentError where the bytes are something else."""
    try:
        document = json.loads(body)
        return MonthReport(
            first=date.fromisoformat(f"{document['month']}-01"),
            final=bool(document["final"]),
            uptimes=tuple(
                MonthUptime(
                    monitor=row["id"],
                    name=row["name"],
                    group=row["group"],
                    uptime=Uptime(
                        percent=None if row["uptime"] is None else float(row["uptime"]),
                        coverage=float(row["coverage"]),
                        down_seconds=row["downSeconds"],
                    ),
                )
                for row in document["endpoints"]
            ),
            incidents=tuple(_read_incident(row) for row in document["incidents"]),
            maintenance=tuple(_read_maintenance(row) for row in document["maintenance"]),
            names=tuple(document["names"].items()),
            policy=_read_policy(document["uptimePolicy"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DocumentError(f"not a month: {error!r}") from error


def uptime_table(report: MonthReport) -> bytes:
    """Return the month's uptime by monitor as CSV (RFC 4180) in UTF-8; a cell without data is empty."""
    return _table(
        ("month", "monitor", "name", "group", "uptime_percent", "coverage_percent", "down_seconds"),
        (
            (
                f"{report.first:%Y-%m}",
                row.monitor,
                row.name,
                row.group,
                plain_number(row.uptime.percent),
                plain_number(row.uptime.coverage),
                row.uptime.down_seconds,
            )
            for row in report.uptimes
        ),
    )


def happenings_table(report: MonthReport) -> bytes:
    """Return the month's incidents and maintenance as CSV, newest first; `monitors` are ids with blanks between."""
    rows = [
        ("incident", i.id, i.title, STATUS_WORDS[i.verdict], i.status, i.started_at, i.resolved_at, i.monitors)
        for i in report.incidents
    ] + [
        ("maintenance", w.id, w.title, "maintenance", maintenance_status(w), w.start, w.end, w.monitors)
        for w in report.maintenance
    ]
    return _table(
        ("kind", "id", "title", "impact", "status", "start", "end", "seconds", "monitors"),
        (
            (
                kind,
                entry,
                title,
                impact,
                str(status),
                in_utc(start),
                in_utc(end),
                None if end is None else int((end - start).total_seconds()),
                " ".join(monitors),
            )
            for kind, entry, title, impact, status, start, end, monitors in sorted(
                rows, key=lambda row: (row[5], row[1]), reverse=True
            )
        ),
    )


def maintenance_status(window: MaintenanceView) -> str:
    """Return the word for a window that has begun."""
    return "in_progress" if window.under_way else "completed"


def _table(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _incident(incident: MonthIncident) -> dict[str, object]:
    return {
        "id": incident.id,
        "title": incident.title,
        "status": incident.status.value,
        "impact": STATUS_WORDS[incident.verdict],
        "endpoints": list(incident.monitors),
        "startedAt": in_utc(incident.started_at),
        "resolvedAt": in_utc(incident.resolved_at),
        "downFrom": list(incident.down_from),
        "postmortem": incident.learnt,
    }


def _read_incident(row: Mapping[str, Any]) -> MonthIncident:
    return MonthIncident(
        id=row["id"],
        title=row["title"],
        status=IncidentStatus(row["status"]),
        verdict=_VERDICTS[row["impact"]],
        monitors=tuple(row["endpoints"]),
        started_at=datetime.fromisoformat(row["startedAt"]),
        resolved_at=None if row["resolvedAt"] is None else datetime.fromisoformat(row["resolvedAt"]),
        down_from=tuple(row["downFrom"]),
        learnt=row["postmortem"],
    )


def _maintenance(window: MaintenanceView) -> dict[str, object]:
    return {
        "id": window.id,
        "title": window.title,
        "description": window.description,
        "status": maintenance_status(window),
        "scheduledFor": in_utc(window.start),
        "scheduledUntil": in_utc(window.end),
        "endpoints": list(window.monitors),
    }


def _read_maintenance(row: Mapping[str, Any]) -> MaintenanceView:
    return MaintenanceView(
        id=row["id"],
        title=row["title"],
        description=row["description"],
        monitors=tuple(row["endpoints"]),
        start=datetime.fromisoformat(row["scheduledFor"]),
        end=datetime.fromisoformat(row["scheduledUntil"]),
        under_way=row["status"] == "in_progress",
    )


def _read_policy(document: Mapping[str, Any]) -> UptimePolicy:
    return STRICT_POLICY if "degraded" in document["countsAsDown"] else UPTIME_POLICY
