"""What is read from the template that would be deployed."""

from pathlib import Path

import pytest

from bench.facts import Schedule
from bench.template import read_facts
from bench.watched import write_configuration
from configuration import load


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("cron(* * * * ? *)", [(0, 0), (3, 7), (23, 59)]),
        ("cron(0/5 * * * ? *)", [(0, 0), (3, 5), (23, 55)]),
        ("cron(5 * * * ? *)", [(0, 5), (3, 5)]),
        ("cron(0 0/6 * * ? *)", [(0, 0), (6, 0), (18, 0)]),
    ],
)
def test_a_schedule_starts_when_its_expression_says(expression: str, due: list[tuple[int, int]]) -> None:
    """And at no other of these minutes."""
    schedule = Schedule(function="render", expression=expression, payload={})
    others = {(0, 0), (3, 7), (23, 59), (3, 5), (23, 55), (0, 5), (6, 0), (18, 0), (6, 1), (7, 0)}

    assert all(schedule.is_due(hour, minute) for hour, minute in due)
    if not expression.startswith("cron(*"):
        assert {at for at in others if schedule.is_due(*at)} == {
            at for at in others if at in due or (expression == "cron(0/5 * * * ? *)" and at[1] % 5 == 0)
        }


def test_an_expression_of_another_kind_is_not_guessed_at() -> None:
    """A schedule that is never due would make the bill too small."""
    with pytest.raises(ValueError, match="rate"):
        Schedule(function="probe", expression="rate(7 minutes)", payload={}).is_due(0, 0)


def test_the_template_says_how_large_functions_are_and_what_starts_them(tmp_path: Path) -> None:
    """150 monitors are two shards: two schedules of the probe."""
    write_configuration(tmp_path / "pulseboard.yaml", monitors=150, port=443)

    facts = read_facts(load(tmp_path / "pulseboard.yaml"), tmp_path / "cdk.out")

    assert {"probe", "judge", "notify", "render", "rollup", "api"} <= facts.functions.keys()
    assert all(size.memory_mb >= 128 and size.timeout > 0 for size in facts.functions.values())
    assert sorted(each.function for each in facts.schedules) == ["probe", "probe", "render", "rollup"]
    assert facts.alarms > 0
