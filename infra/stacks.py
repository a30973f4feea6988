"""Which stacks a configuration needs."""

from dataclasses import dataclass

import aws_cdk as cdk

from configuration.deployment import Configuration
from infra.domain import CERTIFICATE_REGION, CertificateStack, check_domain
from infra.home_stack import HomeStack
from infra.options import Options
from infra.probe_stack import ProbeStack


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacks:
    """`certificate` only where the home is not where CloudFront's certificates are; `probes`, one a further region."""

    home: HomeStack
    probes: tuple[ProbeStack, ...] = ()
    certificate: CertificateStack | None = None


def build(app: cdk.App, configuration: Configuration, options: Options, *, default_region: str) -> Stacks:
    """Return the stacks, composed in `app`.

    The home region is the first that the configuration names, else `default_region`. Raises OptionError for a domain
    that cannot have a certificate, before there is any stack.
    """
    deployment = configuration.deployment
    home, *further = deployment.regions or (default_region,)
    name = f"Pulseboard-{deployment.page}"
    domain = deployment.domain if options.local_port is None else None
    certificate = None
    if domain is not None:
        check_domain(domain)
        if domain.certificate_arn is None and home != CERTIFICATE_REGION:
            certificate = CertificateStack(
                app, f"{name}-certificate", domain=domain, env=cdk.Environment(region=CERTIFICATE_REGION)
            )
    home_stack = HomeStack(
        app,
        name,
        configuration=configuration,
        options=options,
        home=home,
        certificate=certificate.certificate if certificate else None,
    )
    probes = tuple(
        ProbeStack(
            app, f"{name}-probe-{region}", configuration=configuration, options=options, region=region, home=home
        )
        for region in further
    )
    for probe in probes:
        # Its first run needs the table.
        probe.add_stack_dependency(home_stack)
    return Stacks(home=home_stack, probes=probes, certificate=certificate)
