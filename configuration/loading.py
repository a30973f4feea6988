"""From the path of a pulseboard.yaml to all that is made of it."""

import os
from collections.abc import Mapping
from pathlib import Path

from configuration.access import aws_access
from configuration.brand.bundle import files
from configuration.compilation import compile_runtime
from configuration.deployment import Configuration, Deployment, Domain, PublishedPage, SecretReference
from configuration.models.document import Document
from configuration.models.page import Page
from configuration.problem import ConfigurationError
from configuration.raw import checks, texts
from configuration.reading import read
from configuration.sharding import shards_of, timeout_for
from configuration.source import Source
from configuration.validation import validate
from functions.domain.monitor import Shard
from functions.domain.secret import secrets_in


def load(path: Path, *, environment: Mapping[str, str] | None = None) -> Configuration:
    """Return what the file at `path` says; `environment` (default: the process's) fills in its variables.

    Raises ConfigurationError with all problems of the file, and nothing else whatever the file holds.
    """
    return compile_source(read(path, os.environ if environment is None else environment))


def compile_source(source: Source) -> Configuration:
    """Return what `source` says. Raises ConfigurationError with all its problems."""
    document, warnings = validate(source)
    shards = shards_of(document)
    folder = Path(source.file).parent
    runtime = compile_runtime(document, shards, folder=folder)
    branded = [(page.id, page.brand) for page in document.all_pages if page.brand is not None]
    own_templates = {page: folder / brand.templates for page, brand in branded if brand.templates is not None}
    if own_templates:
        # Only then: it draws pages, and Jinja2 takes a while to be imported.
        from configuration.brand.rehearsal import rehearse  # noqa: PLC0415

        problems = rehearse(runtime, own_templates)
        if problems:
            raise ConfigurationError(problems)
    return Configuration(
        runtime=runtime,
        files={f"brands/{page}/{path}": body for page, brand in branded for path, body in files(brand, folder).items()},
        deployment=_deployment(document, shards, _secrets(source)),
        warnings=warnings,
    )


def _deployment(document: Document, shards: tuple[Shard, ...], secrets: tuple[SecretReference, ...]) -> Deployment:
    main, *others = (_published(page) for page in document.all_pages)
    otherwise = Deployment(page=main.id, title=main.title, shards=shards)
    return Deployment(
        page=main.id,
        title=main.title,
        domain=main.domain,
        private=main.private,
        others=tuple(others),
        shards=shards,
        emails=tuple(document.alerts.emails or ()),
        regions=tuple(document.regions or ()),
        secrets=secrets,
        aws=aws_access(document),
        retain_runs_days=document.retention.runs or otherwise.retain_runs_days,
        retain_days_days=document.retention.days or otherwise.retain_days_days,
        retain_on_delete=document.on_delete != "destroy",
        heartbeats=tuple(monitor.id for monitor in document.monitors if monitor.heartbeat is not None),
        probe_timeouts={shard.id: timeout_for(shard, document) for shard in shards},
    )


def _published(page: Page) -> PublishedPage:
    domain = page.domain
    return PublishedPage(
        id=page.id,
        title=page.title,
        domain=Domain(name=domain.name, certificate_arn=domain.certificate_arn, hosted_zone=domain.hosted_zone)
        if domain
        else None,
        private=bool(page.private),
    )


def _secrets(source: Source) -> tuple[SecretReference, ...]:
    """Return every secret that a check refers to, each once, in the order of the file."""
    references = (
        SecretReference(store=secret.store.value, name=secret.name)
        for location, _, check in checks(source)
        for _, text in texts(check, location)
        for secret in secrets_in(text)
    )
    return tuple(dict.fromkeys(references))
