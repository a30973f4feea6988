"""Heartbeats in pulseboard.yaml."""

import pytest

from functions.domain.checks.heartbeat import Heartbeat
from tests.configuration.texts import HEAD, Expected, assert_problems, compiled, deployed


def heartbeat(text: str, beside: str = "") -> str:
    """Return a file whose monitor is a heartbeat of `text`, in line 3."""
    return f"{HEAD}monitors:\n  - {{id: job, heartbeat:   {{{text}}}{beside}}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("period: 1h", Heartbeat(period=3600, grace=300)),
        ("period: 2d, grace: 90s", Heartbeat(period=172_800, grace=90)),
        ("cron: '0 3 * * *'", Heartbeat(cron="0 3 * * *", grace=300)),
        (
            "cron: ' 0  3 * * mon-fri', time_zone: Europe/Berlin, grace: 10m",
            Heartbeat(cron="0 3 * * mon-fri", time_zone="Europe/Berlin", grace=600),
        ),
    ],
)
def test_a_schedule_reaches_the_functions(text: str, expected: Heartbeat) -> None:
    """In seconds, with the grace time that holds where none is written."""
    configuration = compiled(heartbeat(text))
    config = deployed(configuration)
    assert config.monitors["job"].check == expected
    assert config.heartbeats == configuration.deployment.heartbeats == ("job",)
    assert configuration.warnings == ()


def test_heartbeats_are_looked_after_at_home() -> None:
    """In a shard of their own where the others are checked from several regions."""
    text = (
        HEAD + "regions: [eu-west-1, us-east-1]\nmonitors:\n  - {id: job, heartbeat: {period: 1h}}\n"
        "  - {id: web, http: {url: 'https://x.example'}}\n  - {id: job2, heartbeat: {period: 1h}}\n"
    )
    shards = compiled(text).deployment.shards
    assert {shard.monitors: shard.regions for shard in shards} == {
        ("job", "job2"): ("eu-west-1",),
        ("web",): ("eu-west-1", "us-east-1"),
    }


PROBLEMS = [
    ("nothing", heartbeat(""), ((3, 15, "monitors[0].heartbeat", "nothing says when pings are due", None),)),
    (
        "two schedules",
        heartbeat("period: 1h, cron: '0 3 * * *'"),
        ((3, 41, "monitors[0].heartbeat.cron", "keep one", None),),
    ),
    (
        "a period in a time zone",
        heartbeat("period: 1h, time_zone: UTC"),
        ((3, 41, "monitors[0].heartbeat.time_zone", "belongs to `cron`", None),),
    ),
    (
        "a number",
        heartbeat("period: 60"),
        ((3, 37, "monitors[0].heartbeat.period", "found 60 (a number), without a unit", "60s"),),
    ),
    (
        "too short",
        heartbeat("period: 30s"),
        ((3, 37, "monitors[0].heartbeat.period", "may be from 1m to 366d", None),),
    ),
    (
        "no grace",
        heartbeat("period: 1h, grace: 0s"),
        ((3, 48, "monitors[0].heartbeat.grace", "may be from 1m to 366d", None),),
    ),
    (
        "no cron",
        heartbeat("cron: '0 25 * * *'"),
        ((3, 35, "monitors[0].heartbeat.cron", "is no cron expression: bad hour", None),),
    ),
    (
        "never",
        heartbeat("cron: '0 0 30 2 *'"),
        ((3, 35, "monitors[0].heartbeat.cron", "is no cron expression: bad day-of-month", None),),
    ),
    (
        "no zone",
        heartbeat("cron: '0 3 * * *', time_zone: Europe/Berln"),
        ((3, 59, "monitors[0].heartbeat.time_zone", "is no time zone", "Europe/Berlin"),),
    ),
    (
        "an unknown key",
        heartbeat("period: 1h, graces: 5m"),
        ((3, 41, "monitors[0].heartbeat.graces", "unknown key", "grace"),),
    ),
    (
        "requests",
        heartbeat("period: 1h", ", timeout: 2s, expect: {status: 200}, regions: [eu-west-1]"),
        (
            (3, 42, "monitors[0].timeout", "reports in", None),
            (3, 55, "monitors[0].expect", "reports in", None),
            (3, 78, "monitors[0].regions", "reports in", None),
            (3, 88, "monitors[0].regions[0]", "not one of the top-level", None),
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_what_is_wrong_is_told_where_it_stands(text: str, expected: tuple[Expected, ...]) -> None:
    """With what would be right."""
    assert_problems(text, expected)


def test_how_long_requests_take_says_nothing_of_a_heartbeat() -> None:
    """Defaults that fit no request of one a minute do not matter to it."""
    assert_problems(
        HEAD + "defaults: {timeout: 50s, attempts: 5}\nmonitors:\n  - {id: job, heartbeat: {period: 1h}}\n", ()
    )
