"""Render: writes the site's files when something happened, when time has passed, and after a deployment."""

from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.alerts import Alerts
from infra.function import Function
from infra.schedules import Schedules
from infra.site import Site
from infra.table import Table


class Render(Construct):
    """May read the table, claim a rendering there, and write and delete the sites' files."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        code: lambda_.Code,
        table: Table,
        sites: Sequence[Site],
        alerts: Alerts,
        schedules: Schedules,
        environment: Mapping[str, str],
    ) -> None:
        super().__init__(scope, construct_id)
        self.function = Function(
            self,
            "Function",
            name="render",
            description="Writes the site's files",
            code=code,
            # Decompressing a day of runs and filling templates is CPU work; half the memory takes twice as long.
            memory=512,
            timeout=cdk.Duration.minutes(2),
            environment=environment,
        )
        table.grant(self.function.role, "GetItem", "Query", "UpdateItem")
        for site in sites:
            site.grant_objects(self.function, "GetObject", "PutObject", "DeleteObject")
        # Nothing is lost with a failed rendering: the next is at most five minutes away.
        self.function.resource.configure_async_invoke(retry_attempts=1, max_event_age=cdk.Duration.minutes(5))
        schedules.start(
            "Render",
            self.function,
            when="cron(0/5 * * * ? *)",
            payload={"reason": "schedule"},
            description="Keeps the page fresh",
        )
        # Alarms come over the same topic and change nothing on the page; events carry the attribute `event`.
        alerts.resource.add_subscription(
            subscriptions.LambdaSubscription(
                self.function.resource, filter_policy={"event": sns.SubscriptionFilter.exists_filter()}
            )
        )
        self._after_deployment()

    def _after_deployment(self) -> None:
        """Render when the stack was deployed: a new monitor or title shows at once, a new page is there at all.

        CloudFormation tells EventBridge about each stack; that costs nothing and needs no custom resource.
        """
        rule = events.Rule(
            self,
            "Deployed",
            event_pattern=events.EventPattern(
                source=["aws.cloudformation"],
                detail_type=["CloudFormation Stack Status Change"],
                detail={
                    "stack-id": [cdk.Stack.of(self).stack_id],
                    "status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE"]},
                },
            ),
        )
        rule.add_target(
            targets.LambdaFunction(
                self.function.resource, event=events.RuleTargetInput.from_object({"reason": "deployment"})
            )
        )
