"""A Lambda function with a role and a log group that are its own."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.rules import accept

LOG_RETENTION = logs.RetentionDays.ONE_MONTH


METRICS_DIMENSION = "service"
"""What Powertools tells the functions of a deployment apart by."""


def metrics_namespace(scope: Construct) -> str:
    """Return where the functions of this stack count what goes wrong: two deployments in an account do not mix."""
    return cdk.Stack.of(scope).stack_name


class Function(Construct):
    """The function `functions.<name>.handler.lambda_handler`; it may write its own log and nothing else.

    `memory` is in MB and buys CPU in proportion (a whole one at 1769 MB). `traced`: X-Ray costs $5 a million traces,
    a fifth of a dollar a month for what runs each minute, and nothing that shows for the rest.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        description: str,
        code: lambda_.Code,
        memory: int,
        timeout: cdk.Duration,
        environment: Mapping[str, str],
        traced: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        self.name = name
        log_group = logs.LogGroup(self, "Logs", retention=LOG_RETENTION, removal_policy=cdk.RemovalPolicy.DESTROY)
        # Not the managed AWSLambdaBasicExecutionRole: that one may write to every log group of the account.
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(self.role)
        self.resource = lambda_.Function(
            self,
            "Resource",
            description=description,
            code=code,
            handler=f"functions.{name}.handler.lambda_handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            # A fifth cheaper than x86 for the same work.
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory,
            timeout=timeout,
            role=self.role,
            log_group=log_group,
            # START, END and REPORT lines are `platform` records of level INFO: three lines a run that nobody reads.
            logging_format=lambda_.LoggingFormat.JSON,
            system_log_level_v2=lambda_.SystemLogLevel.WARN,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            tracing=lambda_.Tracing.ACTIVE if traced else lambda_.Tracing.DISABLED,
            environment={
                **environment,
                "POWERTOOLS_SERVICE_NAME": name,
                "POWERTOOLS_METRICS_NAMESPACE": metrics_namespace(self),
                "POWERTOOLS_LOG_LEVEL": "INFO",
            },
        )

        accept(self.resource, "L1", because="The runtime that the asset's dependencies are installed and tested for.")
        if traced:
            accept(self.role, "IAM5[Resource::*]", because="X-Ray's actions on segments know no resources.")

    def metric_troubles(self, metric: str) -> cloudwatch.Metric:
        """Return the function's own `metric`, in sums of five minutes; there is no value where nothing happened."""
        return cloudwatch.Metric(
            namespace=metrics_namespace(self),
            metric_name=metric,
            dimensions_map={METRICS_DIMENSION: self.name},
            period=cdk.Duration.minutes(5),
            statistic="Sum",
        )

    def allow(self, *actions: str, on: str) -> None:
        """Allow exactly `actions` on the resource with the ARN `on`."""
        self.role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=[on]))
