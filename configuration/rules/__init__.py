"""What one key alone cannot tell: rules that hold several of them together.

A rule takes the source and yields findings. To add one, write it in the file of its noun and add it to a list here.
"""

from collections.abc import Callable, Iterable
from typing import Final

from configuration.problem import Finding
from configuration.rules import (
    aws,
    brands,
    credentials,
    dependencies,
    expand,
    expectation,
    groups,
    heartbeats,
    identity,
    kinds,
    maintenance,
    pages,
    regions,
    request,
    steps,
    targets,
    timing,
    upstream,
)
from configuration.source import Source

Rule = Callable[[Source], Iterable[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    pages.one_or_several,
    pages.repeated_names,
    pages.unknown_members,
    brands.broken_brands,
    identity.repeated_ids,
    kinds.exactly_one_kind,
    kinds.claims_of_another_kind,
    heartbeats.without_requests,
    expand.without_a_body,
    groups.unknown_groups,
    groups.repeated_groups,
    regions.unknown_regions,
    regions.repeated_regions,
    regions.several_partitions,
    dependencies.unknown_parents,
    dependencies.circles,
    maintenance.unknown_members,
    maintenance.windows_without_length,
    maintenance.impossible_rules,
    timing.too_long_for_the_interval,
    request.several_bodies,
    request.body_without_method,
    request.several_credentials,
    request.repeated_headers,
    targets.private_targets,
    upstream.component_of_a_feed,
    steps.repeated_names,
    steps.unknown_values,
    steps.secrets_in_names,
    steps.longer_than_all,
    aws.alarms_with_expectations,
    aws.queues_without_expectations,
    aws.spikes_without_times,
    aws.regions_out_of_reach,
    credentials.broken_references,
    credentials.from_the_environment,
)
"""What must be mended before anything is deployed."""

WARNINGS: Final[tuple[Rule, ...]] = (
    credentials.written_out,
    credentials.in_expectations,
    pages.nowhere,
    pages.everything_in_public,
    expectation.any_status,
    expectation.certificate_without_tls,
    steps.unused_values,
    steps.values_in_expectations,
)
"""What is allowed, and probably not meant."""
