"""The one table: runs, states, incidents, events and history."""

from collections.abc import Iterable

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

from configuration.deployment import Deployment


def table_name(page: str) -> str:
    """Return the table's name.

    Stated, not generated: probes of other regions write to it, and without an account at synth the CDK can pass only
    stated names between regions. It also means that no change to the stack can quietly put an empty table in its place.
    """
    return f"pulseboard-{page}"


def table_environment(deployment: Deployment, *, home: str) -> dict[str, str]:
    """Return the variables by which a function finds the table, and how long it is to keep what it writes there."""
    return {
        "TABLE_NAME": table_name(deployment.page),
        "TABLE_REGION": home,
        "RETAIN_RUNS_DAYS": str(deployment.retain_runs_days),
        "RETAIN_DAYS_DAYS": str(deployment.retain_days_days),
    }


def partition_statement(table_arn: str, actions: Iterable[str], partitions: Iterable[str]) -> iam.PolicyStatement:
    """Return the right to `actions` (`Query`, …) on the items whose `pk` is one of `partitions` (`*`: any rest).

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html; a request for an item
    always has a leading key, so that `ForAllValues` never holds for want of one.
    """
    names = list(partitions)
    matching = "StringLike" if any("*" in name for name in names) else "StringEquals"
    return iam.PolicyStatement(
        actions=[f"dynamodb:{action}" for action in actions],
        resources=[table_arn],
        conditions={f"ForAllValues:{matching}": {"dynamodb:LeadingKeys": names}},
    )


class Table(Construct):
    """On-demand, with point-in-time recovery and a stream of new images.

    Encrypted with DynamoDB's own key: a key of ours would cost $1 a month, and a request to KMS for many a write.
    """

    def __init__(self, scope: Construct, construct_id: str, *, deployment: Deployment) -> None:
        super().__init__(scope, construct_id)
        retain = deployment.retain_on_delete
        self.environment = table_environment(deployment, home=cdk.Stack.of(self).region)
        self.resource = dynamodb.Table(
            self,
            "Resource",
            table_name=table_name(deployment.page),
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.DEFAULT,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute="expires",
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            removal_policy=cdk.RemovalPolicy.RETAIN if retain else cdk.RemovalPolicy.DESTROY,
            deletion_protection=retain,
        )

    @property
    def stream_arn(self) -> str:
        """Return the stream's ARN."""
        arn = self.resource.table_stream_arn
        if arn is None:
            raise AssertionError("The table has a stream.")
        return arn

    def grant(self, grantee: iam.IGrantable, *actions: str) -> None:
        """Allow exactly `actions` (`PutItem`, …) on the table."""
        grantee.grant_principal.add_to_principal_policy(
            iam.PolicyStatement(
                actions=[f"dynamodb:{action}" for action in actions], resources=[self.resource.table_arn]
            )
        )

    def grant_partitions(self, grantee: iam.IGrantable, *actions: str, partitions: Iterable[str]) -> None:
        """Allow exactly `actions` on the items whose `pk` is one of `partitions`."""
        grantee.grant_principal.add_to_principal_policy(
            partition_statement(self.resource.table_arn, actions, partitions)
        )

    def grant_stream(self, grantee: iam.IGrantable) -> None:
        """Allow to read the stream: the four actions that Lambda's event source mapping needs."""
        grantee.grant_principal.add_to_principal_policy(
            iam.PolicyStatement(
                actions=[
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                    "dynamodb:ListStreams",
                ],
                resources=[self.stream_arn],
            )
        )
