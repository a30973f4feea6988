"""The probe of one region: the function, and a schedule for each shard that is checked from there."""

from collections.abc import Iterable, Mapping

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from configuration.deployment import Deployment, SecretReference
from functions.adapters import keys
from functions.domain.monitor import Shard
from infra.access import aws_grants
from infra.function import Function
from infra.rules import accept
from infra.schedules import Schedules, expression
from infra.table import partition_statement, table_environment, table_name
from infra.variant import Variant

# The smallest at which a hundred TLS handshakes do not queue for the CPU; `make bench` prints what another would cost.
MEMORY = 256
_DEFAULT_TIMEOUT = 60


class Probe(Construct):
    """May write runs to the table, which stands in the home region, and read what its monitors name.

    These are secrets, and alarms and queues of AWS.

    `reads_pings`: the probe that looks after heartbeats, that of the home region, may read their pings as well.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        deployment: Deployment,
        shards: Iterable[Shard],
        home: str,
        code: lambda_.Code,
        schedules: Schedules,
        variant: Variant,
        reads_pings: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        stack = cdk.Stack.of(self)
        self.function = Function(
            self,
            "Function",
            name="probe",
            description="Runs the checks of a shard and records the run",
            code=code,
            memory=MEMORY,
            timeout=cdk.Duration.seconds(longest_run(deployment.probe_timeouts)),
            environment=table_environment(deployment, home=home),
        )
        # A check made a minute late is not the check of that minute: a failed run is left to the next one.
        self.function.resource.configure_async_invoke(retry_attempts=0, max_event_age=cdk.Duration.minutes(1))
        table_arn = stack.format_arn(
            service="dynamodb", region=home, resource="table", resource_name=table_name(deployment.page)
        )
        self.function.allow("dynamodb:PutItem", on=table_arn)
        if reads_pings:
            self.function.role.add_to_policy(partition_statement(table_arn, ["Query"], [keys.PING]))
        for action, arns in secret_grants(stack, deployment.secrets).items():
            for arn in arns:
                self.function.allow(action, on=arn)
        access = [each for each in deployment.aws if stack.region in (each.probes or (home,))]
        for action, arns in aws_grants(stack, access, by_name=not variant.is_local).items():
            for arn in arns:
                self.function.allow(action, on=arn)
        accept(
            self.function.role,
            "IAM5[Resource::*]",
            because="BatchGetSecretValue and GetMetricData take no resource, composite alarms all; see the grants.",
        )
        for shard in shards:
            schedules.start(
                f"Shard{shard.id}",
                self.function,
                when=expression(shard.interval),
                payload={"shard": shard.id, "at": "<aws.scheduler.scheduled-time>"},
                description=f"Checks of shard {shard.id}: {len(shard.monitors)} monitors every {shard.interval} s",
            )


def shards_of(deployment: Deployment, *, region: str, home: str) -> list[Shard]:
    """Return the shards that are checked from `region`; a shard that names no region is checked from `home`."""
    return [shard for shard in deployment.shards if region in (shard.regions or (home,))]


def longest_run(timeouts: Mapping[str, int]) -> int:
    """Return the function's timeout in seconds: one function serves all shards, so that of the slowest."""
    return max(timeouts.values(), default=_DEFAULT_TIMEOUT)


def secret_grants(stack: cdk.Stack, secrets: Iterable[SecretReference]) -> dict[str, list[str]]:
    """Return the ARNs to read by action, singly and in batches.

    Secrets Manager appends six random characters to a secret's name. Its batch knows no resources, and gives only
    secrets that GetSecretValue is allowed for.
    """
    grants: dict[str, list[str]] = {}
    for secret in secrets:
        if secret.store == "ssm":
            arn = stack.format_arn(service="ssm", resource="parameter", resource_name=secret.name.removeprefix("/"))
            grants.setdefault("ssm:GetParameter", []).append(arn)
            grants.setdefault("ssm:GetParameters", []).append(arn)
        else:
            arn = stack.format_arn(
                service="secretsmanager",
                resource="secret",
                resource_name=f"{secret.name}-??????",
                arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
            )
            grants.setdefault("secretsmanager:GetSecretValue", []).append(arn)
            grants["secretsmanager:BatchGetSecretValue"] = ["*"]
    return grants
