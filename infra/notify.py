"""Notify: woken by events, publishes them to the alert topic."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.alerts import Alerts
from infra.function import Function
from infra.stream import Follower
from infra.table import Table


class Notify(Construct):
    """May read the stream and publish to the one topic; it has no business in the table."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        code: lambda_.Code,
        table: Table,
        alerts: Alerts,
        environment: Mapping[str, str],
        dead_letters: sqs.Queue,
    ) -> None:
        super().__init__(scope, construct_id)
        self.function = Function(
            self,
            "Function",
            name="notify",
            description="Publishes events to the alert topic",
            code=code,
            # Runs only when something happened: cheap at any size, and quick is what counts at such a moment.
            memory=512,
            timeout=cdk.Duration.minutes(1),
            environment={"TOPIC_ARN": alerts.resource.topic_arn, **environment},
            traced=True,
        )
        alerts.grant_publish(self.function)
        Follower(
            self,
            "Events",
            function=self.function,
            table=table,
            prefix="EVENT#",
            batch_size=10,
            # An event is to be announced however long SNS is away. The stream forgets after 24 hours: an hour before
            # that, its place goes to the queue and the alarm goes off.
            retries=None,
            max_age=cdk.Duration.hours(23),
            dead_letters=dead_letters,
        )
