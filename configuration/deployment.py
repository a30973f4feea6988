"""What the infrastructure needs to know of pulseboard.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from configuration.problem import Problem
from functions.domain.monitor import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A custom domain; without `certificate_arn` and with a `hosted_zone` the stack makes a certificate itself."""

    name: str
    certificate_arn: str | None = None
    hosted_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """A page as the infrastructure sees it; a `private` one asks for a password."""

    id: str
    title: str
    domain: Domain | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretReference:
    """One `secret:NAME` that the probe must be allowed to read; `store` is "secretsmanager" or "ssm"."""

    store: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsAccess:
    """What the probe may ask AWS about for one monitor: an alarm or a queue, by name; `kind` is one of the two.

    `account` is None for the one that is deployed to. `unscoped`: a composite alarm, which AWS shows only to roles that
    may see all. `ages`: the age of the oldest message is asked for. `probes` are the regions that ask; empty: home.
    """

    kind: str
    name: str
    region: str
    account: str | None = None
    unscoped: bool = False
    ages: bool = False
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """`page` is the main page's id; `title`, `domain` and `private` are its own, and `others` are the other pages.

    `regions` starts with the home region; empty means: the region that the CDK environment names.
    """

    page: str
    title: str
    shards: tuple[Shard, ...]
    emails: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    domain: Domain | None = None
    private: bool = False
    others: tuple[PublishedPage, ...] = ()
    secrets: tuple[SecretReference, ...] = ()
    aws: tuple[AwsAccess, ...] = ()
    retain_runs_days: int = 35
    retain_days_days: int = 800
    retain_on_delete: bool = True
    heartbeats: tuple[str, ...] = ()
    """The ids of the monitors that report in."""
    probe_timeouts: Mapping[str, int] = field(default_factory=dict)
    """Seconds that one invocation for a shard may take, by shard id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A valid pulseboard.yaml: `runtime` is the document that ships as config.json.

    `files` ship beside it, by their path in the code asset. `warnings` are what is allowed and was probably not meant.
    """

    runtime: Mapping[str, object]
    deployment: Deployment
    files: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
