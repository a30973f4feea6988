"""`degraded: {spike: …}`: what may be written, and what the judge gets."""

import json
from typing import Any

import pytest

from configuration import ConfigurationError
from functions.domain.spike import SpikeRule
from tests.configuration.texts import compiled, deployed, expect, monitor


@pytest.mark.parametrize(
    ("written", "rule", "degraded"),
    [
        ("{spike: true}", SpikeRule(), None),
        ("{spike: false}", None, None),
        ("{spike: {}}", SpikeRule(), None),
        ("{spike: {ratio: 3, floor: 250ms}}", SpikeRule(ratio=3.0, floor=250.0), None),
        ("{spike: {ratio: 1.5, runs: [2, 5]}}", SpikeRule(ratio=1.5, runs=2, of=5), None),
        ("{spike: true, status: 503}", SpikeRule(), {"status": {"eq": 503}}),
        ("{status: 503}", None, {"status": {"eq": 503}}),
    ],
)
def test_what_is_written_is_what_the_judge_gets(
    written: str, rule: SpikeRule | None, degraded: dict[str, Any] | None
) -> None:
    """The probe gets the rest: a spike is nothing that one answer shows."""
    configuration = compiled(monitor(f"degraded: {written}"))
    (document,) = json.loads(json.dumps(configuration.runtime))["monitors"]
    assert document["degraded"] == degraded
    assert deployed(configuration).monitors["x"].spike == rule


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{spike: 3}", "allowed: `true`, or settings"),
        ("{spike: {ratio: 1}}", "1.2"),
        ("{spike: {floor: 100}}", "without a unit"),
        ("{spike: {floor: 2h}}", "the floor may be from"),
        ("{spike: {runs: 3}}", "allowed are two numbers"),
        ("{spike: {runs: [4, 3]}}", "allowed are two numbers"),
        ("{spike: {runs: [0, 3]}}", "allowed are two numbers"),
        ("{spike: {runs: [3, 11]}}", "allowed are two numbers"),
        ("{spike: {rato: 3}}", "ratio"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(written: str, message: str) -> None:
    """One problem, in words."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(monitor(f"degraded: {written}"))
    (problem,) = caught.value.problems
    assert message in f"{problem.message} {problem.suggestion}"


def test_a_spike_is_nothing_to_expect() -> None:
    """It stands under `degraded` alone."""
    with pytest.raises(ConfigurationError):
        compiled(expect("spike: true"))
