"""The text of an alert's e-mail: what a person who was woken needs, in the order in which it is needed."""

from functions.domain.event import Event, EventKind
from functions.domain.incident import Origin
from functions.domain.likely_cause import LikelyCause
from functions.domain.verdict import FailureKind, Verdict
from functions.domain.whereabouts import whereabouts
from functions.notify.audience import Audience
from functions.notify.people import people_email
from functions.notify.text import duration, full_time, one_line

_NAME = 200
_REASON = 600
_REGIONS = 20
_LABEL = 10
_IN_PHASE = {FailureKind.LATENCY: ", mostly "}
"""How the phase is put; most failures happened during one, a slow answer spent its time there."""


def email(event: Event, audience: Audience) -> str:
    """Return plain text; the reason in it is for the operator and quotes what the target answered."""
    if event.origin is Origin.PERSON:
        return people_email(event, audience)
    name = one_line(audience.name, _NAME)
    facts = [
        ("Monitor", _monitor(event, audience, name)),
        ("Verdict", _verdict(event)),
        ("Since", full_time(event.started_at, audience.time_zone)),
        ("Until", event.resolved_at and full_time(event.resolved_at, audience.time_zone)),
        ("Lasted", event.resolved_at and duration(event.resolved_at - event.started_at)),
        ("Parts", _parts(event)),
        ("Seen", _seen(event)),
        ("Who", event.failure and event.failure.attribution and event.failure.attribution.words),
        ("Where", event.failure and whereabouts(event.failure, event.status_code)),
        *(("Likely", _likely(cause, audience)) for cause in event.likely_causes),
        ("Attempts", _attempts(event)),
        ("Regions", _regions(event)),
        ("Decided", full_time(event.at, audience.time_zone)),
    ]
    places = [
        ("Incident", event.incident and audience.incident_url(event.incident)),
        ("Monitor", audience.monitor_url(event.monitor)),
        ("Page", audience.page_url),
    ]
    return "\n".join(
        [
            _headline(event, name),
            "",
            one_line(event.summary, _REASON),
            "",
            *(f"{label:<{_LABEL}}{value}" for label, value in facts if value),
            "",
            "Where to look",
            *(f"{label:<{_LABEL}}{value}" for label, value in places if value),
            "",
            f"{one_line(audience.page_title, _NAME)}, event {event.id}",
            "",
        ]
    )


def _headline(event: Event, name: str) -> str:
    if event.kind is EventKind.BUDGET_BURNING:
        return f"{name} is using its error budget up fast."
    if event.kind is EventKind.RESOLVED:
        return f"{name} is up again." if event.verdict is Verdict.UP else f"{name} is no longer watched."
    again = " again" if event.kind is EventKind.UPDATED and not event.previous.failing else ""
    still = "still " if event.previous in (Verdict.DOWN, event.verdict) else ""
    because = ", but by another reason" if event.previous is event.verdict else ""
    return f"{name} is {still}{event.verdict.upper()}{again}{because}."


def _monitor(event: Event, audience: Audience, name: str) -> str:
    group = f", group {one_line(audience.group, _NAME)}" if audience.group else ""
    return f"{name} ({event.monitor}{group})"


def _verdict(event: Event) -> str:
    if event.verdict is event.previous:
        return _word(event.verdict)
    return f"{_word(event.verdict)} (was {_word(event.previous)})"


def _word(verdict: Verdict) -> str:
    return verdict.replace("_", " ")


def _seen(event: Event) -> str | None:
    failure = event.failure
    if failure is None:
        return None
    phase = f"{_IN_PHASE.get(failure.kind, ' during ')}{failure.phase.replace('_', ' ')}" if failure.phase else ""
    # What is in the reason already is not said twice: "status: expected 200, got 503".
    reason = one_line(failure.reason, _REASON).removeprefix(f"{failure.kind}: ")
    known = event.status_code is None or str(event.status_code) in reason
    return f"{failure.kind}{phase}: {reason}{'' if known else f' (HTTP {event.status_code})'}"


def _likely(cause: LikelyCause, audience: Audience) -> str:
    trouble = "a major outage" if cause.verdict is Verdict.DOWN else "a problem"
    how = "which this depends on: probably the cause" if cause.depended_on else "a likely cause"
    since = full_time(cause.since, audience.time_zone)
    return f"{one_line(cause.name, _NAME)} reports {trouble} since {since}, {how}"


def _parts(event: Event) -> str | None:
    """Return which parts of the service say that they are not well."""
    parts = event.failure.parts if event.failure else ()
    return ", ".join(f"{one_line(part.name, _NAME)}: {_word(part.verdict)}" for part in parts) or None


def _attempts(event: Event) -> str | None:
    if event.failure is None:
        return None
    return (
        "1 in the deciding check"
        if event.attempts == 1
        else f"{event.attempts} in the deciding check, the last decided"
    )


def _regions(event: Event) -> str:
    total = len(event.observers)
    if event.kind is EventKind.RESOLVED:
        return _names(event.observers)
    return (
        f"{_names(event.regions)} ({len(event.regions)} of {total} that reported)" if total else _names(event.regions)
    )


def _names(regions: tuple[str, ...]) -> str:
    shown = ", ".join(one_line(region, _NAME) for region in regions[:_REGIONS])
    return shown if len(regions) <= _REGIONS else f"{shown} and {len(regions) - _REGIONS} more"
