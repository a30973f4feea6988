"""Synthesising the stacks of a made-up configuration, with no file and no command line."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from configuration.deployment import AwsAccess, Configuration, Deployment, Domain, PublishedPage, SecretReference
from functions.domain.monitor import Shard
from infra.options import ROOT, Options
from infra.stacks import build

Resource = dict[str, Any]
HOME, FURTHER = "eu-west-1", ("us-east-1", "ap-southeast-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """What tests vary; the rest is the same for all."""

    regions: tuple[str, ...] = (HOME,)
    domain: Domain | None = None
    local_port: int | None = None
    retain: bool = True
    encrypt_alerts: bool = False
    intervals: tuple[int, ...] = (60,)
    heartbeats: bool = False
    private: bool = False
    others: tuple[PublishedPage, ...] = ()
    aws: tuple[AwsAccess, ...] = ()
    checked: bool = False
    """Run cdk-nag over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """Templates by the stack's name, and the folder that holds them."""

    folder: Path
    templates: dict[str, Resource]

    @property
    def home(self) -> Resource:
        """Return the home stack's template."""
        return self.templates["Pulseboard-acme"]

    def resources(self, kind: str, stack: str = "Pulseboard-acme") -> Iterator[tuple[str, Resource]]:
        """Yield (logical id, resource) of a type."""
        for logical_id, resource in self.templates[stack]["Resources"].items():
            if resource["Type"] == kind:
                yield logical_id, resource

    def properties(self, kind: str, stack: str = "Pulseboard-acme") -> list[Resource]:
        """Return the properties of all resources of a type."""
        return [resource["Properties"] for _, resource in self.resources(kind, stack)]


Synthesised = Callable[[Variation], Synthesis]
"""The fixture `synthesised`: each variation is synthesised once."""


def configuration(variation: Variation) -> Configuration:
    """Return a configuration with a shard for each interval, secrets of both stores, and an address to alert."""
    return Configuration(
        runtime={"version": 1},
        deployment=Deployment(
            page="acme",
            title="Acme API Status",
            shards=tuple(
                Shard(id=f"{interval}s-0", interval=interval, regions=variation.regions, monitors=("api",))
                for interval in variation.intervals
            ),
            emails=("ops@acme.example",),
            regions=variation.regions,
            domain=variation.domain,
            private=variation.private,
            others=variation.others,
            secrets=(
                SecretReference(store="secretsmanager", name="acme/probe-token"),
                SecretReference(store="ssm", name="/acme/key"),
            ),
            aws=variation.aws,
            retain_runs_days=10,
            retain_days_days=400,
            retain_on_delete=variation.retain,
            heartbeats=("import",) if variation.heartbeats else (),
            probe_timeouts={f"{interval}s-0": 32 for interval in variation.intervals},
        ),
    )


def synthesise(variation: Variation) -> Synthesis:
    """Return the templates of `variation`."""
    folder = Path(tempfile.mkdtemp(prefix="pulseboard-synth-"))
    # As the CDK's command line would pass it on.
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = cdk.App(outdir=str(folder), context=context)
    if variation.checked:
        cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    build(
        app,
        configuration(variation),
        Options(local_port=variation.local_port, encrypt_alerts=variation.encrypt_alerts),
        default_region="us-east-1",
    )
    app.synth()
    suffix = ".template.json"
    return Synthesis(
        folder=folder,
        templates={
            file.name.removesuffix(suffix): json.loads(file.read_text()) for file in sorted(folder.glob(f"*{suffix}"))
        },
    )
