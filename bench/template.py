"""Reads what is deployed from the template that `cdk deploy` would send."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import aws_cdk as cdk

from bench.facts import Facts, Schedule, Size
from configuration.deployment import Configuration
from infra.options import Options
from infra.stacks import build

_HANDLER = re.compile(r"functions\.(\w+)\.handler\.")


def read_facts(configuration: Configuration, folder: Path) -> Facts:
    """Synthesise into `folder`, without building the asset, and read the home stack's template."""
    app = cdk.App(outdir=str(folder), context={"aws:cdk:bundling-stacks": []})
    stacks = build(app, configuration, Options(), default_region="us-east-1")
    template = json.loads(Path(app.synth().get_stack_artifact(stacks.home.artifact_id).template_full_path).read_text())
    resources = template["Resources"]
    functions, names = {}, {}
    for logical_id, properties in _of_type(resources, "AWS::Lambda::Function"):
        if found := _HANDLER.match(str(properties.get("Handler", ""))):
            names[logical_id] = found[1]
            functions[found[1]] = Size(
                memory_mb=properties["MemorySize"],
                timeout=properties["Timeout"],
                traced=properties.get("TracingConfig", {}).get("Mode") == "Active",
            )
    kept = [int(each["RetentionInDays"]) for _, each in _of_type(resources, "AWS::Logs::LogGroup")]
    return Facts(
        functions=functions,
        schedules=tuple(
            Schedule(
                function=names[properties["Target"]["Arn"]["Fn::GetAtt"][0]],
                expression=properties["ScheduleExpression"],
                payload=json.loads(properties["Target"]["Input"]),
            )
            for _, properties in _of_type(resources, "AWS::Scheduler::Schedule")
        ),
        alarms=sum(1 for _ in _of_type(resources, "AWS::CloudWatch::Alarm")),
        log_days=max(kept),
    )


def _of_type(resources: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for logical_id, resource in resources.items():
        if resource["Type"] == kind:
            yield logical_id, resource["Properties"]
