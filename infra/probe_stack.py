"""A further region: a probe, its schedules, and alarms that tell the same people."""

import aws_cdk as cdk
from constructs import Construct

from configuration.deployment import Configuration
from infra.alarms import UNMADE, UNMADE_MEANING, Alarms
from infra.alerts import Alerts
from infra.bundling import code_asset
from infra.options import Options
from infra.probe import Probe, shards_of
from infra.queues import DeadLetters
from infra.schedules import Schedules
from infra.variant import Variant


class ProbeStack(cdk.Stack):
    """Small on purpose: all that is kept is kept in the home region.

    An alarm can only publish in its own region, hence a topic here as well, whose subscription is to be confirmed too.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        configuration: Configuration,
        options: Options,
        region: str,
        home: str,
    ) -> None:
        variant = Variant(local_port=options.local_port)
        super().__init__(
            scope,
            construct_id,
            env=cdk.Environment(region=region),
            description=f"Pulseboard: the probe in {region}, which reports to {home}",
            synthesizer=variant.synthesizer(),
        )
        deployment = configuration.deployment
        undelivered = DeadLetters(self, "Undelivered", tls=variant.tls)
        shards = shards_of(deployment, region=region, home=home)
        probe = Probe(
            self,
            "Probe",
            deployment=deployment,
            shards=shards,
            home=home,
            code=code_asset(configuration.runtime, configuration.files),
            schedules=Schedules(self, "Schedules", dead_letters=undelivered.resource),
            variant=variant,
        )
        alerts = Alerts(
            self,
            "Alerts",
            name=f"{deployment.title} ({region})",
            emails=deployment.emails,
            tls=variant.tls,
            encrypted=options.encrypt_alerts,
        )
        alarms = Alarms(self, "Alarms", topic=alerts.resource)
        alarms.on_silence(
            "NoRuns",
            probe.function,
            every=min((shard.interval for shard in shards), default=60),
            meaning=f"Dead man's switch: no run was started in {region}.",
        )
        alarms.on_errors("ProbeErrors", probe.function, meaning=f"Runs in {region} fail as a whole.")
        alarms.on_troubles(UNMADE, probe.function, UNMADE, meaning=UNMADE_MEANING)
        alarms.on_messages("Undelivered", undelivered.resource, meaning="A schedule could not start its function.")
        cdk.CfnOutput(self, "ProbeFunction", value=probe.function.resource.function_name)
        cdk.CfnOutput(self, "TopicArn", value=alerts.resource.topic_arn)
        cdk.CfnOutput(self, "UndeliveredQueueUrl", value=undelivered.resource.queue_url)
