"""`slo` and `uptime`: what may be written, and what the functions get."""

import pytest

from configuration import ConfigurationError
from functions.domain.slo import Slo
from functions.domain.uptime_policy import STRICT_POLICY, UPTIME_POLICY, UptimePolicy
from tests.configuration.texts import compiled, deployed, monitor, top


@pytest.mark.parametrize(
    ("written", "slo"),
    [
        ("{target: 99.9}", Slo(target=99.9, days=30)),
        ("{target: 99, window: 7d}", Slo(target=99.0, days=7)),
        ("{target: 99.95, window: 12w}", Slo(target=99.95, days=84)),
    ],
)
def test_an_objective_reaches_the_functions(written: str, slo: Slo) -> None:
    """With the default window filled in."""
    assert deployed(compiled(monitor(f"slo: {written}"))).monitors["x"].slo == slo


def test_without_one_there_is_none() -> None:
    """It is not for everybody."""
    assert deployed(compiled(top(""))).monitors["x"].slo is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{target: 100}", "99.999"),
        ("{target: 0.999}", "50"),
        ("{window: 7d}", "target"),
        ("{target: 99.9, window: 30}", "without a unit"),
        ("{target: 99.9, window: 36h}", "whole days"),
        ("{target: 99.9, window: 91d}", "1d to 90d"),
        ("{target: 99.9, windows: 7d}", "window"),
    ],
)
def test_what_makes_no_sense_is_refused(written: str, message: str) -> None:
    """One problem, with what would."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(monitor(f"slo: {written}"))
    (problem,) = caught.value.problems
    assert message in f"{problem.path} {problem.message} {problem.suggestion}"


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("", UPTIME_POLICY),
        ("uptime: {}", UPTIME_POLICY),
        ("uptime: {degraded: up}", UPTIME_POLICY),
        ("uptime: {degraded: down}", STRICT_POLICY),
    ],
)
def test_the_policy_reaches_the_functions(text: str, policy: UptimePolicy) -> None:
    """Degraded counts as up unless the file says otherwise."""
    assert deployed(compiled(top(text))).uptime == policy


def test_degraded_is_up_or_down_and_nothing_else() -> None:
    """Not half of it."""
    with pytest.raises(ConfigurationError):
        compiled(top("uptime: {degraded: half}"))
