"""Rollup: each hour, sums runs up by hour and day."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.function import Function
from infra.schedules import Schedules
from infra.table import Table

_HOUR = 3600


class Rollup(Construct):
    """May read runs and write history."""

    def __init__(
        self, scope: Construct, construct_id: str, *, code: lambda_.Code, table: Table, schedules: Schedules
    ) -> None:
        super().__init__(scope, construct_id)
        self.function = Function(
            self,
            "Function",
            name="rollup",
            description="Sums runs up by hour and day",
            code=code,
            # Twenty-four times a day: what it costs does not show, and a rebuild of many days is done sooner.
            memory=512,
            timeout=cdk.Duration.minutes(15),
            environment=table.environment,
            traced=True,
        )
        table.grant(self.function.role, "Query", "PutItem")
        schedules.start(
            "Rollup",
            self.function,
            # Some minutes past, so that the hour's last runs are in.
            when="cron(5 * * * ? *)",
            payload={},
            description="History of the past hour",
            patience=_HOUR,
        )
