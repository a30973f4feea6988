"""Every page drawn once with templates of its own, before they are deployed."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError

from configuration.brand.own_templates import template_names
from configuration.problem import Problem
from functions.config import decode_config
from functions.domain.incident import IncidentStatus
from functions.domain.past import Past
from functions.domain.public_cause import PublicCause
from functions.domain.public_incident import IncidentView, UpdateView
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.summary import Record, summarise
from functions.domain.verdict import FailureKind, Verdict
from functions.render.look import NO_LOOK, OwnTemplate, branded
from functions.render.site import draw_site
from functions.render.templates import Templates

_AT: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)


def rehearse(runtime: Mapping[str, object], own: Mapping[str, Path]) -> tuple[Problem, ...]:
    """Return what keeps pages from being made with templates of their own; `own` are their folders by page.

    Every page is drawn as nobody has checked anything yet, and with everything down: a name that there is not, and a
    mistake in what only trouble shows, are told now and not on the day of the outage.
    """
    if not own:
        return ()
    config = decode_config(runtime)
    problems = []
    for page in config.pages:
        if page.id not in own:
            continue
        names = template_names(own[page.id], str(own[page.id]))
        templates = {
            name: OwnTemplate(text=(own[page.id] / name).read_text("utf-8-sig"), file=str(own[page.id] / name))
            for name in names
        }
        # No pictures and no styles: they are looked at by themselves, and a template cannot break them.
        plain = replace(page.brand, logo=None, logo_dark=None, favicon=None)
        drawn = Templates(
            language=page.language,
            time_zone=page.time_zone,
            look=branded(plain, replace(NO_LOOK, templates=templates)),
        )
        before = summarise(
            replace(page, brand=plain),
            config.monitors,
            Record(states=(), incidents=(), past=Past(hour=_AT, monitors={}, rolled=frozenset()), live=()),
            url="https://status.example",
            at=_AT,
        )
        for snapshot in (before, _in_trouble(before)):
            problem = _attempt(snapshot, drawn, templates)
            if problem is not None:
                problems.append(problem)
                break
    return tuple(problems)


def _attempt(snapshot: Snapshot, drawn: Templates, templates: Mapping[str, OwnTemplate]) -> Problem | None:
    """Return why a site cannot be drawn; None where it can."""
    try:
        draw_site(snapshot, drawn)
    except TemplateSyntaxError as error:
        return _problem(error.filename or error.name or "", error.lineno, f"template: {error.message}")
    except (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        file, line = _place(sys.exc_info()[2], {template.file for template in templates.values()})
        said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        return _problem(file, line, f"template: {said}")
    return None


def _place(trace: TracebackType | None, files: set[str]) -> tuple[str, int]:
    """Return the innermost line of one of `files`; Jinja2 writes the lines of templates into tracebacks."""
    found = [(file, line) for file, line in _frames(trace) if file in files]
    return found[-1] if found else (min(files), 1)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _problem(file: str, line: int, message: str) -> Problem:
    return Problem(file=file, line=line, column=1, path="", message=message)


def _in_trouble(calm: Snapshot) -> Snapshot:
    """Return the page with everything down, and with an incident under way."""
    cause = PublicCause(kind=FailureKind.TIMEOUT)
    start = _AT - timedelta(minutes=9)
    told = UpdateView(
        id="rehearsal-1", at=start, status=IncidentStatus.INVESTIGATING, verdict=Verdict.DOWN, body="It is down."
    )
    incident = IncidentView(
        id="rehearsal",
        title="It is down",
        status=IncidentStatus.INVESTIGATING,
        verdict=Verdict.DOWN,
        monitors=calm.page.monitors,
        started_at=start,
        resolved_at=None,
        cause=cause,
        updates=(told,),
    )
    over = replace(incident, id="rehearsal-over", resolved_at=_AT, status=IncidentStatus.RESOLVED)
    down = (
        replace(view, verdict=Verdict.DOWN, since=start, checked_at=_AT, cause=cause, incident=incident.id)
        for view in calm.monitors
    )
    return replace(calm, overall=Overall.MAJOR_OUTAGE, monitors=tuple(down), incidents=(incident, over))
