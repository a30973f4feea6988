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
    """`certificates`, one a domain, where the home is not where CloudFront's are; `probes`, one a further region."""

    home: HomeStack
    probes: tuple[ProbeStack, ...] = ()
    certificates: tuple[CertificateStack, ...] = ()


def build(app: cdk.App, configuration: Configuration, options: Options, *, default_region: str) -> Stacks:
    """Return the stacks, composed in `app`.

    The home region is the first that the configuration names, else `default_region`. Raises OptionError for a domain
    that cannot have a certificate, before there is any stack.
    """
    deployment = configuration.deployment
    home, *further = deployment.regions or (default_region,)
    name = f"Pulseboard-{deployment.page}"
    domains = {deployment.page: deployment.domain, **{page.id: page.domain for page in deployment.others}}
    certificates: dict[str, CertificateStack] = {}
    for page, domain in domains.items():
        if domain is None or options.local_port is not None:
            continue
        check_domain(domain)
        if domain.certificate_arn is None and home != CERTIFICATE_REGION:
            own = f"{name}-certificate" if page == deployment.page else f"{name}-certificate-{page}"
            certificates[page] = CertificateStack(
                app, own, domain=domain, env=cdk.Environment(region=CERTIFICATE_REGION)
            )
    home_stack = HomeStack(
        app,
        name,
        configuration=configuration,
        options=options,
        home=home,
        certificates={page: stack.certificate for page, stack in certificates.items()},
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
    return Stacks(home=home_stack, probes=probes, certificates=tuple(certificates.values()))
