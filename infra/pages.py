"""The pages beside the main one: for each a site, its domain, and what the functions have to know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from configuration.deployment import PublishedPage
from infra.domain import PageRecords, page_certificate
from infra.gate import Gate
from infra.site import Policies, Site
from infra.variant import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSite:
    """A page, its site and its address, without a trailing slash."""

    page: PublishedPage
    site: Site
    url: str


class OtherPage(Construct):
    """One page beside the main one; `certificate` is that of its domain where it stands in another region."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        page: PublishedPage,
        api_origin: cloudfront.IOrigin,
        variant: Variant,
        retain: bool,
        policies: Policies,
        certificate: acm.ICertificate | None,
        gate: Gate | None,
    ) -> None:
        super().__init__(scope, construct_id)
        domain = None if variant.is_local else page.domain
        if domain is not None and certificate is None:
            certificate = page_certificate(self, domain)
        site = Site(
            self,
            "Site",
            api_origin=api_origin,
            variant=variant,
            retain=retain,
            domain_name=domain.name if domain else None,
            certificate=certificate,
            policies=policies,
            page=page.id,
            gate=gate if page.private else None,
            comment=f"Pulseboard status page {page.id}",
        )
        if domain is not None:
            PageRecords(
                self,
                "Domain",
                domain=domain,
                distribution=site.distribution,
                output=f"DnsRecordToSet{page.id.title().replace('-', '')}",
            )
        url = f"https://{domain.name}" if domain else variant.page_url(site.distribution.distribution_domain_name)
        self.published = PageSite(page=page, site=site, url=url)


def told(scope: Construct, pages: Sequence[PageSite]) -> Mapping[str, str]:
    """Return the variable that tells functions of the other pages (functions/places.py); none where there are none."""
    if not pages:
        return {}
    document = {one.page.id: {"bucket": one.site.bucket.bucket_name, "url": one.url} for one in pages}
    return {"OTHER_PAGES": cdk.Stack.of(scope).to_json_string(document)}
