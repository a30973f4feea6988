"""What is wrong with a monitor: its keys, its groups, its regions, its timing."""

import pytest

from tests.configuration.texts import HEAD, Expected, assert_problems, monitor

MONITOR = (
    (
        "unknown key",
        monitor("intervall: 60s"),
        ((5, 5, "monitors[0].intervall", 'unknown key "intervall"', "interval"),),
    ),
    (
        "id missing",
        HEAD + "monitors:\n  - name: x\n    http: {url: 'https://x.example'}\n",
        ((3, 5, "monitors[0]", "the key `id` is missing", None),),
    ),
    ("no check", HEAD + "monitors:\n  - id: x\n", ((3, 5, "monitors[0]", "there is nothing to check", None),)),
    (
        "a check that is misspelt",
        HEAD + "monitors:\n  - id: x\n    htpp: {url: 'https://x.example'}\n",
        ((4, 5, "monitors[0].htpp", "unknown key", "http"),),
    ),
    (
        "id twice",
        HEAD
        + "monitors:\n  - {id: x, http: {url: 'https://x.example'}}\n  - {id: x, http: {url: 'https://x.example'}}\n",
        ((4, 10, "monitors[1].id", "the id `x` is taken by the monitor in line 3", None),),
    ),
    (
        "underscore",
        HEAD + "monitors:\n  - {id: shop_api, http: {url: 'https://x.example'}}\n",
        ((3, 10, "monitors[0].id", '"shop_api" is no id', "shop-api"),),
    ),
    (
        "group unknown",
        HEAD + "groups: [Core, Edge]\nmonitors:\n  - {id: x, group: Cor, http: {url: 'https://x.example'}}\n",
        ((4, 20, "monitors[0].group", '"Cor" is not one of the top-level `groups`: `Core`, `Edge`', "Core"),),
    ),
    (
        "group far",
        HEAD + "groups: [Core]\nmonitors:\n  - {id: x, group: Payments, http: {url: 'https://x.example'}}\n",
        ((4, 20, "monitors[0].group", '"Payments" is not one of the top-level `groups`: `Core`', None),),
    ),
    ("name nothing", monitor("name:"), ((5, 5, "monitors[0].name", "there is nothing after this key", None),)),
    (
        "interval number",
        monitor("interval: 60"),
        ((5, 15, "monitors[0].interval", "found 60 (a number), without a unit", "60s"),),
    ),
    (
        "interval seconds",
        monitor("interval: 30s"),
        ((5, 15, "monitors[0].interval", "an interval of 30s cannot be scheduled", "1m"),),
    ),
    (
        "interval 90",
        monitor("interval: 90s"),
        ((5, 15, "monitors[0].interval", "an interval of 90s cannot be scheduled", "2m"),),
    ),
    (
        "interval long",
        monitor("interval: 2d"),
        ((5, 15, "monitors[0].interval", "an interval of 2d cannot be scheduled", "24h"),),
    ),
    ("interval word", monitor("interval: hourly"), ((5, 15, "monitors[0].interval", 'found "hourly" (text)', None),)),
    (
        "interval unit",
        monitor("interval: 5min"),
        ((5, 15, "monitors[0].interval", 'found "5min" (text), whose unit is not known', "5m"),),
    ),
    ("timeout zero", monitor("timeout: 0s"), ((5, 14, "monitors[0].timeout", "found 0s", None),)),
    (
        "timeout unit",
        monitor("timeout: 10SEC"),
        ((5, 14, "monitors[0].timeout", 'found "10SEC" (text), whose unit is not known', "10s"),),
    ),
    (
        "timeout too long",
        monitor("timeout: 30s"),
        ((5, 14, "monitors[0].timeout", "attempts x timeout + gaps is 2 x 30s + 1 x 2s = 62s, but", None),),
    ),
    ("attempts", monitor("attempts: 6"), ((5, 15, "monitors[0].attempts", "found 6 (a number)", None),)),
    ("attempts 0", monitor("attempts: 0"), ((5, 15, "monitors[0].attempts", "found 0 (a number)", None),)),
    ("attempts text", monitor("attempts: '2'"), ((5, 15, "monitors[0].attempts", 'found "2" (text)', "2"),)),
    ("attempts float", monitor("attempts: 2.5"), ((5, 15, "monitors[0].attempts", "found 2.5 (a number)", None),)),
    (
        "attempts too many",
        HEAD + "monitors:\n  - id: x\n    attempts: 5\n    http: {url: 'https://x.example'}\n",
        ((4, 15, "monitors[0].attempts", "attempts x timeout + gaps is 5 x 10s + 4 x 2s = 58s, but", None),),
    ),
    (
        "default too long",
        HEAD + "defaults: {timeout: 40s}\nmonitors:\n  - id: x\n    http: {url: 'https://x.example'}\n",
        ((2, 21, "defaults.timeout", "attempts x timeout + gaps is 2 x 40s + 1 x 2s = 82s, but", None),),
    ),
    (
        "function",
        HEAD + "monitors:\n  - id: x\n    interval: 1h\n    timeout: 10m\n    http: {url: 'https://x.example'}\n",
        ((5, 14, "monitors[0].timeout", "attempts x timeout + gaps is 2 x 10m + 1 x 2s = 1202s, but", None),),
    ),
    ("gap", monitor("attempt_gap: 2m"), ((5, 18, "monitors[0].attempt_gap", "found 2m", None),)),
    (
        "confirmation",
        monitor("confirmation: {failures: 0}"),
        ((5, 30, "monitors[0].confirmation.failures", "found 0 (a number)", None),),
    ),
    (
        "confirmation key",
        monitor("confirmation: {recovery: 2}"),
        ((5, 20, "monitors[0].confirmation.recovery", 'unknown key "recovery"', "recoveries"),),
    ),
    (
        "confirmation int",
        monitor("confirmation: 2"),
        ((5, 19, "monitors[0].confirmation", "found 2 (a number)", None),),
    ),
    (
        "parent unknown",
        monitor("depends_on: [y]"),
        ((5, 18, "monitors[0].depends_on[0]", '"y" is not the id of a monitor', None),),
    ),
    (
        "parent nearly known",
        HEAD
        + "monitors:\n  - {id: database, http: {url: 'https://x.example'}}\n"
        + "  - {id: x, depends_on: [databse, database, database], http: {url: 'https://x.example'}}\n",
        (
            (4, 26, "monitors[1].depends_on[0]", '"databse" is not the id of a monitor', "database"),
            (4, 45, "monitors[1].depends_on[2]", '"database" is listed already', None),
        ),
    ),
    (
        "parent itself",
        monitor("depends_on: [x]"),
        ((5, 18, "monitors[0].depends_on[0]", "not depend on itself", None),),
    ),
    ("parents no list", monitor("depends_on: x"), ((5, 17, "monitors[0].depends_on", 'found "x" (text)', None),)),
    (
        "circle",
        HEAD
        + "monitors:\n  - {id: a, depends_on: [b], http: {url: 'https://x.example'}}\n"
        + "  - {id: b, depends_on: [d, c], http: {url: 'https://x.example'}}\n"
        + "  - {id: c, depends_on: [a], http: {url: 'https://x.example'}}\n"
        + "  - {id: d, http: {url: 'https://x.example'}}\n",
        ((3, 13, "monitors[0].depends_on", "`a` -> `b` -> `c` -> `a` is a circle", None),),
    ),
    (
        "region without list",
        monitor("regions: [eu-west-1]"),
        ((5, 15, "monitors[0].regions[0]", '"eu-west-1" is not one of the top-level `regions`', None),),
    ),
    (
        "region not deployed",
        HEAD + "regions: [eu-west-1]\nmonitors:\n  - {id: x, regions: [eu-west-2], http: {url: 'https://x.example'}}\n",
        ((4, 23, "monitors[0].regions[0]", '"eu-west-2" is not one of the top-level `regions`', "eu-west-1"),),
    ),
)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in (*MONITOR,)])
def test_every_problem_is_told_with_its_place(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, path, what is wrong, and the nearest known word."""
    assert_problems(text, expected)
