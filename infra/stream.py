"""What follows the table's stream: judge reads runs, notify reads events."""

import json

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function
from infra.table import Table

_FOR_EVER = -1


class Follower(Construct):
    """Wakes a function for the stream's items whose `pk` begins with `prefix`; others cost no invocation.

    A failing batch is halved until the culprit is alone; what fails `retries` times (None: without limit) or is older
    than `max_age` goes to `dead_letters`, as the place in the stream (the items themselves stay in the table).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        function: Function,
        table: Table,
        prefix: str,
        batch_size: int,
        retries: int | None,
        max_age: cdk.Duration,
        dead_letters: sqs.Queue,
    ) -> None:
        super().__init__(scope, construct_id)
        table.grant_stream(function.role)
        function.allow("sqs:SendMessage", on=dead_letters.queue_arn)
        pattern = {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": prefix}]}}}}
        mapping = lambda_.CfnEventSourceMapping(
            self,
            "Mapping",
            function_name=function.resource.function_arn,
            event_source_arn=table.stream_arn,
            # Not LATEST: that would skip what is written while the mapping is being made.
            starting_position="TRIM_HORIZON",
            batch_size=batch_size,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=_FOR_EVER if retries is None else retries,
            maximum_record_age_in_seconds=int(max_age.to_seconds()),
            function_response_types=["ReportBatchItemFailures"],
            filter_criteria=lambda_.CfnEventSourceMapping.FilterCriteriaProperty(
                filters=[lambda_.CfnEventSourceMapping.FilterProperty(pattern=json.dumps(pattern))]
            ),
            destination_config=lambda_.CfnEventSourceMapping.DestinationConfigProperty(
                on_failure=lambda_.CfnEventSourceMapping.OnFailureProperty(destination=dead_letters.queue_arn)
            ),
        )
        # Lambda checks the role's rights when the mapping is made.
        mapping.node.add_dependency(function.role)
