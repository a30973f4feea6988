"""Where goes what could not be delivered or processed."""

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.rules import accept


class DeadLetters(Construct):
    """A queue that keeps what failed for 14 days, the longest that SQS offers; empty, it costs nothing."""

    def __init__(self, scope: Construct, construct_id: str, *, tls: bool) -> None:
        super().__init__(scope, construct_id)
        self.resource = sqs.Queue(
            self,
            "Resource",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=tls,
            retention_period=cdk.Duration.days(14),
        )
        accept(self.resource, "SQS3", because="It is the dead-letter queue, of schedules and of event source mappings.")
