"""The topic that events and alarms are published to."""

from collections.abc import Iterable

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.function import Function
from infra.rules import accept

_OF_THIS_ACCOUNT = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}


class Alerts(Construct):
    """An SNS topic with the e-mail addresses subscribed; each must confirm before it is written to.

    Encrypted at rest with a key of ours only where `encrypted` asks for it, as that key costs $1 a month, more than all
    the rest; SNS's own key is free, but CloudWatch alarms cannot use it. docs/decisions/alert-topic-encryption.md.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        emails: Iterable[str],
        tls: bool,
        encrypted: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        self.key = kms.Key(self, "Key", enable_key_rotation=True) if encrypted else None
        # display_name is what mail programs show as the sender.
        self.resource = sns.Topic(self, "Topic", display_name=name, enforce_ssl=tls, master_key=self.key)
        # Stating any policy replaces the default one, by which alarms of this account may publish.
        self.resource.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sns:Publish"],
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                resources=[self.resource.topic_arn],
                conditions=_OF_THIS_ACCOUNT,
            )
        )
        if self.key is not None:
            self.key.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                    principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                    resources=["*"],
                    conditions=_OF_THIS_ACCOUNT,
                )
            )
        for email in emails:
            self.resource.add_subscription(subscriptions.EmailSubscription(email))

    def grant_publish(self, function: Function) -> None:
        """Allow to publish; with a key of ours, that takes the right to the key as well."""
        self.resource.grant_publish(function.role)
        if self.key is not None:
            accept(
                function.role,
                "IAM5[Action::kms:GenerateDataKey*]",
                because="SNS asks for the key with or without text.",
            )
