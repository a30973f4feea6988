"""The home region: everything but the probes of further regions."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from constructs import Construct

from configuration.deployment import Configuration
from infra.alarms import Alarms
from infra.alerts import Alerts
from infra.api import Api
from infra.bundling import code_asset
from infra.domain import PageRecords, page_certificate
from infra.gate import Gate
from infra.judge import Judge
from infra.notify import Notify
from infra.operator import Operator
from infra.options import Options
from infra.pages import OtherPage, told
from infra.probe import Probe, shards_of
from infra.queues import DeadLetters
from infra.render import Render
from infra.rollup import Rollup
from infra.schedules import Schedules
from infra.site import Site
from infra.table import Table
from infra.variant import Variant


class HomeStack(cdk.Stack):
    """Composes the parts.

    `certificates` are those of the pages' domains, by page, where they stand in another region; else they are found or
    made here.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        configuration: Configuration,
        options: Options,
        home: str,
        certificates: Mapping[str, acm.ICertificate],
    ) -> None:
        variant = Variant(local_port=options.local_port)
        super().__init__(
            scope,
            construct_id,
            env=cdk.Environment(region=home),
            cross_region_references=bool(certificates),
            description="Pulseboard: uptime monitoring and a status page",
            synthesizer=variant.synthesizer(),
        )
        deployment = configuration.deployment
        domain = None if variant.is_local else deployment.domain
        certificate = certificates.get(deployment.page)
        if domain is not None and certificate is None:
            certificate = page_certificate(self, domain)
        code = code_asset(configuration.runtime, configuration.files)

        table = Table(self, "Table", deployment=deployment)
        alerts = Alerts(
            self,
            "Alerts",
            name=deployment.title,
            emails=deployment.emails,
            tls=variant.tls,
            encrypted=options.encrypt_alerts,
        )
        undelivered = DeadLetters(self, "Undelivered", tls=variant.tls)
        unprocessed = DeadLetters(self, "Unprocessed", tls=variant.tls)
        schedules = Schedules(self, "Schedules", dead_letters=undelivered.resource)
        api = Api(self, "Api", name=f"Pulseboard {deployment.page}", takes_pings=bool(deployment.heartbeats))
        api_origin = variant.api_origin(api.resource.api_id, region=self.region)
        private = deployment.private or any(page.private for page in deployment.others)
        gate = Gate(self, "Gate", variant=variant) if private else None
        site = Site(
            self,
            "Site",
            api_origin=api_origin,
            variant=variant,
            retain=deployment.retain_on_delete,
            takes_pings=bool(deployment.heartbeats),
            page=deployment.page,
            gate=gate if deployment.private else None,
            domain_name=domain.name if domain else None,
            certificate=certificate,
        )
        if domain is not None:
            PageRecords(self, "Domain", domain=domain, distribution=site.distribution)
        page_url = f"https://{domain.name}" if domain else variant.page_url(site.distribution.distribution_domain_name)
        api_url = variant.api_url(api.resource.api_id, region=self.region)
        others = [
            OtherPage(
                self,
                f"Page-{page.id}",
                page=page,
                api_origin=api_origin,
                variant=variant,
                retain=deployment.retain_on_delete,
                policies=site.policies,
                certificate=certificates.get(page.id),
                gate=gate,
            ).published
            for page in deployment.others
        ]
        main = {**table.environment, "BUCKET_NAME": site.bucket.bucket_name, "PAGE_URL": page_url}
        environment = {**main, **told(self, others)}
        sites = (site, *(other.site for other in others))
        public = [other for other in others if not other.page.private]

        probe = Probe(
            self,
            "Probe",
            deployment=deployment,
            shards=shards_of(deployment, region=home, home=home),
            home=self.region,
            code=code,
            schedules=schedules,
            reads_pings=bool(deployment.heartbeats),
            variant=variant,
        )
        judge = Judge(self, "Judge", code=code, table=table, dead_letters=unprocessed.resource)
        notify = Notify(
            self,
            "Notify",
            code=code,
            table=table,
            alerts=alerts,
            environment={"PAGE_URL": page_url, **told(self, others)},
            dead_letters=unprocessed.resource,
        )
        render = Render(
            self,
            "Render",
            code=code,
            table=table,
            sites=sites,
            alerts=alerts,
            schedules=schedules,
            environment={**environment, "API_URL": api_url},
        )
        answers = api.connect(
            code=code,
            table=table,
            # Of private pages it is told nothing, and may read nothing, bar the main one's: readiness asks its age.
            sites=(site, *(other.site for other in public)),
            environment={**main, **told(self, public)},
        )
        operator = Operator(
            self,
            "Operator",
            http_api=api.resource,
            code=code,
            table=table,
            environment={**table.environment, "PAGE_URL": page_url, **told(self, others)},
        )
        rollup = Rollup(self, "Rollup", code=code, table=table, schedules=schedules)

        alarms = Alarms(self, "Alarms", topic=alerts.resource)
        alarms.watch(
            probe=probe.function,
            judge=judge.function,
            notify=notify.function,
            render=render.function,
            api=answers,
            rollup=rollup.function,
            undelivered=undelivered.resource,
            unprocessed=unprocessed.resource,
            every=min((shard.interval for shard in deployment.shards), default=60),
        )
        wired = (probe, judge, notify, render, operator, rollup)
        functions = (answers, *(part.function for part in wired))
        self._say(
            PageUrl=page_url,
            ApiUrl=api_url,
            TableName=table.resource.table_name,
            BucketName=site.bucket.bucket_name,
            TopicArn=alerts.resource.topic_arn,
            UndeliveredQueueUrl=undelivered.resource.queue_url,
            UnprocessedQueueUrl=unprocessed.resource.queue_url,
            **({"AccessStore": gate.store.key_value_store_arn} if gate else {}),
            **({"OtherPages": told(self, others)["OTHER_PAGES"]} if others else {}),
            **{f"{function.name.title()}Function": function.resource.function_name for function in functions},
        )

    def _say(self, **outputs: str) -> None:
        """Print each value after the deployment, under its own name."""
        for name, value in outputs.items():
            cdk.CfnOutput(self, name, value=value)
