"""Maintenance in pulseboard.yaml: what it becomes, and what is wrong with it."""

from datetime import UTC, datetime

import pytest

from tests.configuration.texts import HEAD, Expected, assert_problems, compiled, deployed

MONITORS = """monitors:
  - {id: api, group: Core, http: {url: 'https://x.example'}}
  - {id: shop, group: Core, http: {url: 'https://x.example'}}
  - {id: docs, http: {url: 'https://x.example'}}
"""


def planned(text: str) -> str:
    """Return a file with one maintenance: its keys stand in line 7, from column 6."""
    return f"{HEAD}{MONITORS}maintenance:\n  - {{{text}}}\n"


@pytest.mark.parametrize(
    ("text", "monitors"),
    [
        ("", ("api", "shop", "docs")),
        (", groups: [Core]", ("api", "shop")),
        (", monitors: [docs]", ("docs",)),
        (", monitors: [docs, api], groups: [Core]", ("api", "shop", "docs")),
    ],
)
def test_it_concerns_whom_it_names_and_everybody_where_it_names_nobody(text: str, monitors: tuple[str, ...]) -> None:
    """In the order of the file, each once."""
    config = deployed(compiled(planned(f"title: T, from: 2026-11-22T12:00, duration: 1h{text}")))
    (window,) = config.calendar.between(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    assert window.monitors == monitors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("from: 2026-11-22T12:00, until: 2026-11-22T13:00", "12:00 13:00", id="in the page's zone, UTC"),
        pytest.param(
            "from: 2026-11-22T12:00, duration: 90m, time_zone: Europe/Berlin", "11:00 12:30", id="in its own zone"
        ),
        pytest.param("from: '2026-11-22T12:00:00+05:30', duration: 1h", "06:30 07:30", id="with an offset"),
        pytest.param("from: 2026-11-22T12:00Z, until: '2026-11-22T14:00+01:00'", "12:00 13:00", id="with two"),
        pytest.param(
            "from: 2026-11-15T12:00, duration: 1h, rrule: 'RRULE:freq=weekly', time_zone: Europe/Berlin",
            "11:00 12:00",
            id="recurring, however the rule is written",
        ),
    ],
)
def test_times_are_those_of_its_zone(text: str, expected: str) -> None:
    """Start and end in UTC."""
    config = deployed(compiled(planned(f"title: T, {text}")))
    (window,) = config.calendar.between(datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    assert f"{window.start:%H:%M} {window.end:%H:%M}" == expected


PROBLEMS: list[tuple[str, str, str, str | None]] = [
    ("from: tomorrow, duration: 1h", "from", '"tomorrow" is no time', None),
    ("from: 2026-11-22, duration: 1h", "from", "has no time of day", "2026-11-22T22:00"),
    ("from: 2026-11-22T12:00", "", "nothing says when it ends; add `until` or `duration`", None),
    ("from: 2026-11-22T12:00, until: 2026-11-22T12:00", "until", "it ends before it begins", None),
    ("from: '2026-11-22T12:00+01:00', until: 2026-11-22T11:00Z", "until", "it ends before it begins", None),
    ("from: 2026-11-22T12:00, until: 2026-11-22T13:00, duration: 1h", "duration", "both there", None),
    ("from: 2026-11-22T12:00, duration: 40d", "duration", "found 40d; a duration may be from 1m to 31d", None),
    ("from: 2026-11-22T12:00, rrule: FREQ=DAILY", "", "nothing says when it ends; add `duration`", None),
    ("from: 2026-11-22T12:00, until: 2026-11-23T12:00, rrule: FREQ=DAILY", "until", "has a `duration`", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: every day", "rrule", "is no recurrence rule of RFC 5545", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=SECONDLY", "rrule", "found FREQ=SECONDLY", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=HOURLY", "rrule", "found FREQ=HOURLY", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: BYDAY=SU", "rrule", "found no FREQ", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=DAILY;BYDAY=XX", "rrule", "no recurrence rule", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=DAILY;NONSENSE=1", "rrule", "no recurrence rule", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=DAILY;INTERVAL=0", "rrule", "found INTERVAL=0", None),
    ("from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=DAILY;UNTIL=20261231", "rrule", "found UNTIL=20261231", None),
    (
        "from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=DAILY;UNTIL=20271231T000000Z;COUNT=3",
        "rrule",
        "UNTIL and COUNT are both there",
        None,
    ),
    (
        "from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "rrule",
        "never happens after",
        None,
    ),
    (
        "from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=DAILY;UNTIL=20251231T000000Z",
        "rrule",
        "never happens after",
        None,
    ),
    ("from: 2026-11-22T12:00, duration: 1h, time_zone: Europe/Berln", "time_zone", "is no time zone", "Europe/Berlin"),
    ("from: 2026-11-22T12:00, duration: 1h, monitors: [apii]", "monitors[0]", "is not the id of a monitor", "api"),
    ("from: 2026-11-22T12:00, duration: 1h, groups: [Cor]", "groups[0]", "is not the group of a monitor", "Core"),
]


@pytest.mark.parametrize(("text", "path", "message", "suggestion"), PROBLEMS)
def test_every_problem_is_told_with_its_place(text: str, path: str, message: str, suggestion: str | None) -> None:
    """One mistake, one problem, at the value that has it."""
    whole = planned(f"title: T, {text}")
    line = whole.splitlines()[6]
    key = path.partition("[")[0]
    column = 5 if not path else line.index(f"{key}: ") + len(f"{key}: ") + 1
    if path.endswith("[0]"):
        column += 1
    if message in ("both there", "has a `duration`"):
        column = line.index(f"{key}: ") + 1
    expected: Expected = (7, column, f"maintenance[0].{path}".rstrip("."), message, suggestion)
    assert_problems(whole, (expected,))


def test_a_rule_that_never_happens_is_found_without_an_end_to_the_search() -> None:
    """The 30th of February is looked for week by week, to the end of the calendar."""
    text = planned("title: T, from: 2026-11-22T12:00, duration: 1h, rrule: FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30")
    assert_problems(text, ((7, text.splitlines()[6].index("FREQ") + 1, "maintenance[0].rrule", "never happens", None),))
