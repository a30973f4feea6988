"""What each function may do: exactly this, and nothing more."""

import json

import pytest

from configuration.deployment import AwsAccess
from tests.infra.synthesis import FURTHER, HOME, Resource, Synthesis, Synthesised, Variation

_LOG = {"logs:CreateLogStream", "logs:PutLogEvents"}
_TRACE = {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}
_STREAM = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}

ACTIONS = {
    "probe": {
        "dynamodb:PutItem",
        "secretsmanager:GetSecretValue",
        "secretsmanager:BatchGetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameters",
    }
    | _LOG,
    "judge": {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "sqs:SendMessage",
    }
    | _STREAM
    | _LOG,
    "notify": {"sns:Publish", "sqs:SendMessage"} | _STREAM | _LOG | _TRACE,
    "render": {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:ListBucket",
    }
    | _LOG,
    "api": {"dynamodb:GetItem", "dynamodb:Query", "s3:GetObject", "s3:ListBucket"} | _LOG | _TRACE,
    "operator": {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        "dynamodb:UpdateItem",
    }
    | _LOG
    | _TRACE,
    "rollup": {"dynamodb:Query", "dynamodb:PutItem"} | _LOG | _TRACE,
}


def _function(synthesis: Synthesis, name: str, stack: str = "Pulseboard-acme") -> Resource:
    handler = f"functions.{name}.handler.lambda_handler"
    [found] = [p for p in synthesis.properties("AWS::Lambda::Function", stack) if p.get("Handler") == handler]
    return found


def _statements(synthesis: Synthesis, name: str, stack: str = "Pulseboard-acme") -> list[Resource]:
    role = _function(synthesis, name, stack)["Role"]["Fn::GetAtt"][0]
    return [
        statement
        for policy in synthesis.properties("AWS::IAM::Policy", stack)
        if {"Ref": role} in policy["Roles"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", ACTIONS)
def test_a_role_allows_exactly_what_its_function_does(synthesised: Synthesised, name: str) -> None:
    """A further right is a decision, taken here; a missing one fails end to end, where IAM is enforced."""
    statements = _statements(synthesised(Variation()), name)

    assert {action for statement in statements for action in _listed(statement["Action"])} == ACTIONS[name]
    assert {statement["Effect"] for statement in statements} == {"Allow"}


@pytest.mark.parametrize("name", ACTIONS)
def test_no_role_is_open_to_all_resources(synthesised: Synthesised, name: str) -> None:
    """Only X-Ray's actions and the batch of Secrets Manager have no resources to name."""
    for statement in _statements(synthesised(Variation()), name):
        if "*" in _listed(statement["Resource"]):
            assert set(_listed(statement["Action"])) in (_TRACE, {"secretsmanager:BatchGetSecretValue"})


@pytest.mark.parametrize("name", ACTIONS)
def test_no_role_has_a_managed_policy(synthesised: Synthesised, name: str) -> None:
    """AWSLambdaBasicExecutionRole would open every log group of the account."""
    synthesis = synthesised(Variation())
    role = _function(synthesis, name)["Role"]["Fn::GetAtt"][0]

    assert "ManagedPolicyArns" not in synthesis.home["Resources"][role]["Properties"]


def test_no_two_functions_share_a_role(synthesised: Synthesised) -> None:
    """One function that is taken over must not have the rights of the others."""
    synthesis = synthesised(Variation())

    assert len({_function(synthesis, name)["Role"]["Fn::GetAtt"][0] for name in ACTIONS}) == len(ACTIONS)


def test_the_probe_reads_only_the_secrets_that_monitors_name(synthesised: Synthesised) -> None:
    """Secrets Manager's six random characters are the only part of a name that is left open."""
    readable = {
        action: str(statement["Resource"])
        for statement in _statements(synthesised(Variation()), "probe")
        for action in _listed(statement["Action"])
    }

    assert readable["secretsmanager:GetSecretValue"].count("secret:acme/probe-token-??????") == 1
    assert readable["ssm:GetParameter"].count("parameter/acme/key") == 1
    assert readable["ssm:GetParameters"] == readable["ssm:GetParameter"]


def test_a_further_region_writes_to_the_home_table_and_nowhere_else(synthesised: Synthesised) -> None:
    """The table is named by its full ARN, home region included."""
    synthesis = synthesised(Variation(regions=(HOME, *FURTHER)))
    stack = f"Pulseboard-acme-probe-{FURTHER[0]}"
    statements = _statements(synthesis, "probe", stack)

    [write] = [s for s in statements if s["Action"] == "dynamodb:PutItem"]
    assert f":dynamodb:{HOME}:" in str(write["Resource"])
    assert ":table/pulseboard-acme" in str(write["Resource"])
    assert {action for s in statements for action in _listed(s["Action"])} == ACTIONS["probe"]


def test_schedules_may_start_only_what_is_scheduled(synthesised: Synthesised) -> None:
    """And only schedules of this account may borrow the role."""
    synthesis = synthesised(Variation())
    [(role, resource)] = [
        (logical_id, found)
        for logical_id, found in synthesis.resources("AWS::IAM::Role")
        if "scheduler.amazonaws.com" in str(found["Properties"]["AssumeRolePolicyDocument"])
    ]
    statements = [
        statement
        for policy in synthesis.properties("AWS::IAM::Policy")
        if {"Ref": role} in policy["Roles"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    [invoke] = [s for s in statements if s["Action"] == "lambda:InvokeFunction"]

    assert len(invoke["Resource"]) == 3
    assert {s["Action"] for s in statements} == {"lambda:InvokeFunction", "sqs:SendMessage"}
    assert "aws:SourceAccount" in str(resource["Properties"]["AssumeRolePolicyDocument"])


def _pings(synthesis: Synthesis, name: str, stack: str = "Pulseboard-acme") -> list[tuple[set[object], object]]:
    """Return what a function may do with some partitions of the table only, and which."""
    return [
        (set(_listed(statement["Action"])), keys["dynamodb:LeadingKeys"])
        for statement in _statements(synthesis, name, stack)
        for keys in statement.get("Condition", {}).values()
    ]


def test_operators_write_to_incidents_and_events_alone(synthesised: Synthesised) -> None:
    """What checks saw, and what was made of it, nobody can change by way of the API."""
    incidents = ["INCIDENT", "INCIDENT#OPEN", "INCIDENT#RECEIPT"]
    synthesis = synthesised(Variation())

    assert _pings(synthesis, "operator") == [
        ({"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"}, incidents),
        ({"dynamodb:UpdateItem"}, ["EVENT#*"]),
    ]
    on_the_table = [s for s in _statements(synthesis, "operator") if "dynamodb" in str(s["Action"])]
    assert all("Condition" in statement for statement in on_the_table)


def test_heartbeats_open_their_own_partitions_and_no_others(synthesised: Synthesised) -> None:
    """The probe reads pings, but neither what their keys are made of nor what jobs said; the api writes pings."""
    synthesis = synthesised(Variation(heartbeats=True, regions=(HOME, *FURTHER)))

    assert _pings(synthesis, "probe") == [({"dynamodb:Query"}, ["PING"])]
    assert _pings(synthesis, "probe", f"Pulseboard-acme-probe-{FURTHER[0]}") == []
    assert _pings(synthesis, "api") == [({"dynamodb:PutItem"}, ["PING", "PING#BODY"])]
    with_pings = ACTIONS | {
        "probe": ACTIONS["probe"] | {"dynamodb:Query"},
        "api": (ACTIONS["api"] | {"dynamodb:PutItem"}) - _TRACE,
    }
    for name, actions in with_pings.items():
        assert {action for s in _statements(synthesis, name) for action in _listed(s["Action"])} == actions


def test_without_heartbeats_nobody_may_read_or_write_pings(synthesised: Synthesised) -> None:
    """And there is neither a route nor a behaviour for them."""
    synthesis = synthesised(Variation())

    assert [_pings(synthesis, name) for name in ACTIONS if name != "operator"] == [[]] * (len(ACTIONS) - 1)
    assert "/ping/" not in json.dumps(synthesis.home)


def test_pings_are_throttled_by_themselves_and_never_cached(synthesised: Synthesised) -> None:
    """A flood of pings takes nothing from the status API, and each ping reaches the function with its `rid`."""
    synthesis = synthesised(Variation(heartbeats=True))

    [stage] = synthesis.properties("AWS::ApiGatewayV2::Stage")
    assert "path" not in json.loads(stage["AccessLogSettings"]["Format"]), "a ping's path holds its key"
    [(route, settings)] = stage["RouteSettings"].items()
    assert route in {properties["RouteKey"] for properties in synthesis.properties("AWS::ApiGatewayV2::Route")}
    assert settings["ThrottlingRateLimit"] > 0
    [distribution] = synthesis.properties("AWS::CloudFront::Distribution")
    [pings] = [b for b in distribution["DistributionConfig"]["CacheBehaviors"] if b["PathPattern"] == "/ping/*"]
    assert {"POST", "HEAD", "GET"} <= set(pings["AllowedMethods"])
    # "CachingDisabled" of https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
    assert pings["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert pings["ViewerProtocolPolicy"] == "https-only"
    [policy] = [
        properties["OriginRequestPolicyConfig"]
        for logical_id, resource in synthesis.resources("AWS::CloudFront::OriginRequestPolicy")
        if pings["OriginRequestPolicyId"] == {"Ref": logical_id}
        for properties in [resource["Properties"]]
    ]
    assert policy["QueryStringsConfig"] == {"QueryStringBehavior": "whitelist", "QueryStrings": ["rid"]}


_ALARM = AwsAccess(kind="alarm", name="odd*name?${x}", region=HOME)
_THEIRS = AwsAccess(kind="alarm", name="api", region=FURTHER[0], account="210987654321")
_COMPOSITE = AwsAccess(kind="alarm", name="all", region=HOME, unscoped=True)
_QUEUE = AwsAccess(kind="queue", name="jobs.fifo", region=HOME, probes=(HOME,))
_AGED = AwsAccess(kind="queue", name="aged", region=HOME, account="123456789012", ages=True, probes=FURTHER[:1])


def _asking(synthesis: Synthesis, stack: str = "Pulseboard-acme") -> dict[str, list[str]]:
    """Return what the probe may ask AWS about, with the account written as `A`."""
    found: dict[str, list[str]] = {}
    for statement in _statements(synthesis, "probe", stack):
        for action in _listed(statement["Action"]):
            if str(action).startswith(("cloudwatch:", "sqs:")):
                found.setdefault(str(action), []).extend(_arn(resource) for resource in _listed(statement["Resource"]))
    return found


def _arn(resource: object) -> str:
    if isinstance(resource, str):
        return resource
    assert isinstance(resource, dict)
    assert all(isinstance(part, str) or part == {"Ref": "AWS::AccountId"} for part in resource["Fn::Join"][1])
    return "".join(part if isinstance(part, str) else "A" for part in resource["Fn::Join"][1])


@pytest.mark.parametrize(
    ("access", "allowed"),
    [
        ((), {}),
        (
            (_ALARM,),
            {"cloudwatch:DescribeAlarms": [f"arn:aws:cloudwatch:{HOME}:A:alarm:odd${{*}}name${{?}}${{$}}{{x}}"]},
        ),
        ((_THEIRS,), {"cloudwatch:DescribeAlarms": [f"arn:aws:cloudwatch:{FURTHER[0]}:210987654321:alarm:api"]}),
        ((_ALARM, _COMPOSITE), {"cloudwatch:DescribeAlarms": ["*"]}),
        ((_QUEUE,), {"sqs:GetQueueAttributes": [f"arn:aws:sqs:{HOME}:A:jobs.fifo"]}),
    ],
)
def test_the_probe_asks_aws_only_about_what_monitors_name(
    synthesised: Synthesised, access: tuple[AwsAccess, ...], allowed: dict[str, list[str]]
) -> None:
    """By their ARNs, in which a name is no pattern. Composite alarms are shown only to those who may see all."""
    assert _asking(synthesised(Variation(aws=access))) == allowed


def test_only_the_region_that_checks_an_alarm_or_a_queue_may_ask_about_it(synthesised: Synthesised) -> None:
    """And metrics, which know no resources, only where somebody wants an age."""
    synthesis = synthesised(Variation(regions=(HOME, *FURTHER), aws=(_QUEUE, _AGED)))

    assert _asking(synthesis) == {"sqs:GetQueueAttributes": [f"arn:aws:sqs:{HOME}:A:jobs.fifo"]}
    assert _asking(synthesis, f"Pulseboard-acme-probe-{FURTHER[0]}") == {
        "sqs:GetQueueAttributes": [f"arn:aws:sqs:{HOME}:123456789012:aged"],
        "cloudwatch:GetMetricData": ["*"],
    }
    assert _asking(synthesis, f"Pulseboard-acme-probe-{FURTHER[1]}") == {}
