"""The page's own domain: certificate, DNS records, or what to enter at the DNS provider."""

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from constructs import Construct

from configuration.deployment import Domain
from infra.options import OptionError

# CloudFront takes certificates from there only, wherever the rest stands.
CERTIFICATE_REGION = "us-east-1"


def check_domain(domain: Domain) -> None:
    """Raise OptionError where there is no way to a certificate for `domain`."""
    if domain.certificate_arn is None and domain.hosted_zone is None:
        raise OptionError(
            f"The domain {domain.name} needs a certificate: give the id of its Route 53 hosted zone to have one made, "
            f"or the ARN of an ACM certificate in {CERTIFICATE_REGION}."
        )
    if domain.certificate_arn is not None and f":acm:{CERTIFICATE_REGION}:" not in domain.certificate_arn:
        raise OptionError(
            f"The certificate {domain.certificate_arn} cannot be used: CloudFront takes only those that stand in "
            f"{CERTIFICATE_REGION}. Request or import it there."
        )


def zone_of(scope: Construct, domain: Domain) -> route53.IHostedZone | None:
    """Return the hosted zone by its id, without a look-up: synth calls no AWS."""
    if domain.hosted_zone is None:
        return None
    return route53.HostedZone.from_hosted_zone_id(scope, "Zone", domain.hosted_zone)


def page_certificate(scope: Construct, domain: Domain) -> acm.ICertificate:
    """Return the certificate that is given, else a new one that the hosted zone validates."""
    if domain.certificate_arn is not None:
        return acm.Certificate.from_certificate_arn(scope, "Certificate", domain.certificate_arn)
    return acm.Certificate(
        scope,
        "Certificate",
        domain_name=domain.name,
        validation=acm.CertificateValidation.from_dns(zone_of(scope, domain)),
    )


class CertificateStack(cdk.Stack):
    """The certificate, in the one region where CloudFront looks for it; for homes elsewhere."""

    def __init__(self, scope: Construct, construct_id: str, *, domain: Domain, env: cdk.Environment) -> None:
        super().__init__(
            scope,
            construct_id,
            env=env,
            cross_region_references=True,
            description="Pulseboard: the certificate of the page's domain",
        )
        self.certificate = page_certificate(self, domain)


class PageRecords(Construct):
    """Records for the domain in its hosted zone; without one, an output that says which CNAME to set."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        domain: Domain,
        distribution: cloudfront.IDistribution,
        output: str = "DnsRecordToSet",
    ) -> None:
        super().__init__(scope, construct_id)
        zone = zone_of(self, domain)
        if zone is None:
            record = cdk.CfnOutput(
                self,
                "Cname",
                description="Set this record at your DNS provider",
                value=f"{domain.name} CNAME {distribution.distribution_domain_name}",
            )
            record.override_logical_id(output)
            return
        target = route53.RecordTarget.from_alias(targets.CloudFrontTarget(distribution))
        # With its final dot a name is complete, and the zone's name need not be known.
        route53.ARecord(self, "Ipv4", zone=zone, record_name=f"{domain.name}.", target=target)
        route53.AaaaRecord(self, "Ipv6", zone=zone, record_name=f"{domain.name}.", target=target)
