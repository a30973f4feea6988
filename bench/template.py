"""Reads what is deployed from the template that `cdk deploy` would send."""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# The interpreter's own Node, where there is one: jsii looks for whatever `node` is on the path.
_NODE = Path(sys.executable).with_name("node")
if _NODE.exists():
    os.environ.setdefault("JSII_NODE", str(_NODE))

import aws_cdk as cdk  # noqa: E402 -- jsii reads JSII_NODE when it is imported

from bench.facts import Facts, Schedule, Size  # noqa: E402
from configuration.deployment import Configuration  # noqa: E402
from infra.options import Options  # noqa: E402
from infra.stacks import build  # noqa: E402

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
