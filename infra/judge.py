"""The judge: woken by runs, writes states, incidents and events."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function
from infra.stream import Follower
from infra.table import Table


class Judge(Construct):
    """Commits what it decided in one transaction, for which it needs the right to each write in it."""

    def __init__(
        self, scope: Construct, construct_id: str, *, code: lambda_.Code, table: Table, dead_letters: sqs.Queue
    ) -> None:
        super().__init__(scope, construct_id)
        self.function = Function(
            self,
            "Function",
            name="judge",
            description="Derives states, incidents and events from runs",
            code=code,
            # Its work is a few reads and one transaction; more memory would only wait faster.
            memory=256,
            timeout=cdk.Duration.minutes(1),
            environment=table.environment,
        )
        table.grant(self.function.role, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem")
        Follower(
            self,
            "Runs",
            function=self.function,
            table=table,
            prefix="RUN#",
            batch_size=25,
            # A run that cannot be judged must not hold up those after it for long; it stays in the table.
            retries=10,
            max_age=cdk.Duration.hours(6),
            dead_letters=dead_letters,
        )
