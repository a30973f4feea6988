"""Who is told when the watching itself fails."""

import re
from collections.abc import Callable

from infra.options import ROOT
from tests.infra.synthesis import FURTHER, HOME, Resource, Synthesis, Variation

NOT_ALARMING = {"RenderConflicts"}
"""Counted for whoever looks; two renderers that meet sort it out between themselves."""


def alarms(synthesis: Synthesis, stack: str) -> list[Resource]:
    """Return the properties of the stack's alarms."""
    return synthesis.properties("AWS::CloudWatch::Alarm", stack)


def test_every_alarm_tells_the_topic_when_it_goes_off_and_when_it_is_over(
    synthesised: Callable[[Variation], Synthesis],
) -> None:
    """In the home region and in each further one."""
    synthesis = synthesised(Variation(regions=(HOME, *FURTHER)))

    for stack, template in synthesis.templates.items():
        topics = [name for name, r in template["Resources"].items() if r["Type"] == "AWS::SNS::Topic"]
        for alarm in alarms(synthesis, stack):
            assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": topics[0]}]


def test_every_trouble_that_a_function_counts_has_an_alarm(synthesised: Callable[[Variation], Synthesis]) -> None:
    """Read from the functions' own source: a metric that nobody watches is money for nothing."""
    counted = {
        name
        for file in (ROOT / "functions").rglob("*.py")
        for name in re.findall(r'(?:add_metric|single_metric)\(\s*name="(\w+)"', file.read_text())
    }
    assert counted >= {"ChecksUnmade", "RunsNotJudged", "UnreadableEvents", "ApiFailures"}

    watched = {
        alarm["MetricName"]
        for alarm in alarms(synthesised(Variation()), "Pulseboard-acme")
        if alarm["Namespace"] == "Pulseboard-acme"
    }

    assert watched == counted - NOT_ALARMING


def test_functions_count_where_the_alarms_look(synthesised: Callable[[Variation], Synthesis]) -> None:
    """The namespace and the `service` dimension of an alarm are those of a function in the same stack."""
    synthesis = synthesised(Variation(regions=(HOME, *FURTHER)))

    for stack in synthesis.templates:
        written = {
            (variables["POWERTOOLS_METRICS_NAMESPACE"], variables["POWERTOOLS_SERVICE_NAME"])
            for function in synthesis.properties("AWS::Lambda::Function", stack)
            if "POWERTOOLS_SERVICE_NAME" in (variables := function.get("Environment", {}).get("Variables", {}))
        }
        read = {
            (alarm["Namespace"], alarm["Dimensions"][0]["Value"])
            for alarm in alarms(synthesis, stack)
            if not alarm["Namespace"].startswith("AWS/")
        }
        assert read
        assert read <= written
