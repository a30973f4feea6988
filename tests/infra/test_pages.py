"""Domains, certificates and records; and the pages beside the main one."""

import json

import pytest

from configuration.deployment import Domain, PublishedPage
from infra.options import OptionError
from tests.infra.synthesis import HOME, Synthesised, Variation

_DOMAIN = "status.acme.example"


_CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/abcd-1234"


def test_a_domain_with_its_zone_gets_certificate_and_records(synthesised: Synthesised) -> None:
    """In us-east-1 by a stack of its own, since CloudFront looks nowhere else."""
    synthesis = synthesised(Variation(domain=Domain(name=_DOMAIN, hosted_zone="Z0123456789")))
    [certificate] = synthesis.properties("AWS::CertificateManager::Certificate", "Pulseboard-acme-certificate")
    records = synthesis.properties("AWS::Route53::RecordSet")
    manifest = json.loads((synthesis.folder / "manifest.json").read_text())

    assert manifest["artifacts"]["Pulseboard-acme-certificate"]["environment"].endswith("/us-east-1")
    assert certificate["DomainName"] == _DOMAIN
    assert {(r["Type"], r["Name"], r["HostedZoneId"]) for r in records} == {
        ("A", f"{_DOMAIN}.", "Z0123456789"),
        ("AAAA", f"{_DOMAIN}.", "Z0123456789"),
    }
    assert synthesis.home["Outputs"]["PageUrl"]["Value"] == f"https://{_DOMAIN}"


def test_a_home_in_us_east_1_needs_no_second_stack_for_the_certificate(synthesised: Synthesised) -> None:
    """It stands where CloudFront looks for it already."""
    synthesis = synthesised(Variation(regions=("us-east-1",), domain=Domain(name=_DOMAIN, hosted_zone="Z0123456789")))

    assert set(synthesis.templates) == {"Pulseboard-acme"}
    assert len(synthesis.properties("AWS::CertificateManager::Certificate")) == 1


def test_a_domain_whose_dns_is_elsewhere_says_what_to_set(synthesised: Synthesised) -> None:
    """With a certificate that is given, the record is an output."""
    synthesis = synthesised(Variation(domain=Domain(name=_DOMAIN, certificate_arn=_CERTIFICATE)))
    [distribution] = synthesis.properties("AWS::CloudFront::Distribution")

    assert distribution["DistributionConfig"]["Aliases"] == [_DOMAIN]
    assert distribution["DistributionConfig"]["ViewerCertificate"]["AcmCertificateArn"] == _CERTIFICATE
    assert f"{_DOMAIN} CNAME " in str(synthesis.home["Outputs"]["DnsRecordToSet"]["Value"])
    assert synthesis.properties("AWS::Route53::RecordSet") == []


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        (Domain(name=_DOMAIN), "needs a certificate"),
        (Domain(name=_DOMAIN, certificate_arn=_CERTIFICATE.replace("us-east-1", HOME)), "us-east-1"),
    ],
)
def test_a_domain_without_a_usable_certificate_is_refused(synthesised: Synthesised, domain: Domain, said: str) -> None:
    """Now, and not by CloudFront after ten minutes."""
    with pytest.raises(OptionError, match=said):
        synthesised(Variation(domain=domain))


def _others(count: int) -> tuple[PublishedPage, ...]:
    return tuple(PublishedPage(id=f"page-{n}", title=f"Page {n}") for n in range(count))


def test_every_page_has_a_bucket_and_a_distribution_of_its_own(synthesised: Synthesised) -> None:
    """Both are free; the policies, of which an account may have few, are shared."""
    one, three = synthesised(Variation()), synthesised(Variation(others=_others(2)))

    for kind, count in (("AWS::S3::Bucket", 1), ("AWS::CloudFront::Distribution", 1)):
        assert len(three.properties(kind)) == len(one.properties(kind)) + 2 * count
    for kind in ("AWS::CloudFront::CachePolicy", "AWS::CloudFront::ResponseHeadersPolicy"):
        assert len(three.properties(kind)) == len(one.properties(kind))


def test_functions_are_told_of_every_page(synthesised: Synthesised) -> None:
    """Render, api, notify and operator; a deployment with one page has no such variable."""
    synthesis = synthesised(Variation(others=_others(2)))
    told = {
        function["Handler"].split(".")[1]
        for function in synthesis.properties("AWS::Lambda::Function")
        if "OTHER_PAGES" in function.get("Environment", {}).get("Variables", {})
    }
    assert told == {"render", "api", "notify", "operator"}
    assert "page-1" in json.dumps(synthesis.home["Outputs"]["OtherPages"])
    assert "OtherPages" not in synthesised(Variation()).home["Outputs"]


def test_other_pages_have_domains_of_their_own(synthesised: Synthesised) -> None:
    """Each with its certificate, records and, where the DNS is elsewhere, its own line to set."""
    others = (
        PublishedPage(id="shop", title="Shop", domain=Domain(name="shop.acme.example", hosted_zone="Z0123456789")),
        PublishedPage(id="far-away", title="Far", domain=Domain(name="far.acme.example", certificate_arn=_CERTIFICATE)),
    )
    synthesis = synthesised(Variation(domain=Domain(name=_DOMAIN, hosted_zone="Z0123456789"), others=others))
    aliases = [d["DistributionConfig"].get("Aliases") for d in synthesis.properties("AWS::CloudFront::Distribution")]

    assert sorted(aliases) == [["far.acme.example"], ["shop.acme.example"], [_DOMAIN]]
    assert {"Pulseboard-acme-certificate", "Pulseboard-acme-certificate-shop"} <= set(synthesis.templates)
    assert {r["Name"] for r in synthesis.properties("AWS::Route53::RecordSet")} == {f"{_DOMAIN}.", "shop.acme.example."}
    assert "far.acme.example CNAME " in str(synthesis.home["Outputs"]["DnsRecordToSetFarAway"]["Value"])
