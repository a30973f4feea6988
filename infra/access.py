"""What a probe may ask AWS about: the alarms and queues that its monitors name, and nothing else."""

import re
from collections.abc import Iterable

import aws_cdk as cdk

from configuration.deployment import AwsAccess

_SPECIAL = re.compile(r"[*?$]")


def aws_grants(stack: cdk.Stack, access: Iterable[AwsAccess], *, by_name: bool = True) -> dict[str, list[str]]:
    """Return the ARNs by action.

    CloudWatch shows composite alarms only to roles that may see all alarms
    (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html), and GetMetricData knows
    no resources. Without `by_name`, alarms are not told apart at all: the embedded AWS holds DescribeAlarms against
    `*`, whatever alarms it names.
    """
    grants: dict[str, dict[str, None]] = {}
    for each in access:
        if each.kind == "alarm":
            arn = "*" if each.unscoped or not by_name else _arn(stack, each)
            grants.setdefault("cloudwatch:DescribeAlarms", {})[arn] = None
            continue
        grants.setdefault("sqs:GetQueueAttributes", {})[_arn(stack, each)] = None
        if each.ages:
            grants["cloudwatch:GetMetricData"] = {"*": None}
    return {action: ["*"] if "*" in arns else [*arns] for action, arns in grants.items()}


def _arn(stack: cdk.Stack, access: AwsAccess) -> str:
    is_alarm = access.kind == "alarm"
    return stack.format_arn(
        service="cloudwatch" if is_alarm else "sqs",
        region=access.region,
        account=access.account,
        resource="alarm" if is_alarm else _literal(access.name),
        resource_name=_literal(access.name) if is_alarm else None,
        arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME if is_alarm else cdk.ArnFormat.NO_RESOURCE_NAME,
    )


def _literal(name: str) -> str:
    """Return the name with what IAM would take for a pattern or a variable standing for itself.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html, "Specifying special characters".
    """
    return _SPECIAL.sub(lambda found: f"${{{found[0]}}}", name)
