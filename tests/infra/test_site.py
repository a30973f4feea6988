"""What the site promises: a closed bucket, a modern distribution, and the headers of what it serves."""

from functions.render.headers import CONTENT_SECURITY_POLICY, FRAMED_CONTENT_SECURITY_POLICY
from tests.infra.synthesis import Synthesised, Variation


def test_the_bucket_is_closed_and_speaks_tls_only(synthesised: Synthesised) -> None:
    """Only this distribution may read it."""
    synthesis = synthesised(Variation())
    [bucket] = synthesis.properties("AWS::S3::Bucket")
    [policy] = synthesis.properties("AWS::S3::BucketPolicy")
    statements = policy["PolicyDocument"]["Statement"]

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert any(s["Effect"] == "Deny" and "aws:SecureTransport" in str(s["Condition"]) for s in statements)
    [read] = [s for s in statements if s["Effect"] == "Allow"]
    assert read["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert read["Action"] == "s3:GetObject"
    assert "AWS:SourceArn" in str(read["Condition"])


def test_the_distribution_is_modern_and_serves_the_api_under_the_same_domain(synthesised: Synthesised) -> None:
    """HTTP/2 and 3, compression, HTTPS; an absent file is the page's 404, the API's 404 is its own."""
    [distribution] = synthesised(Variation()).properties("AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]

    assert config["HttpVersion"] == "http2and3"
    assert config["DefaultRootObject"] == "index.html"
    behaviours = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    assert {b["ViewerProtocolPolicy"] for b in behaviours} == {"redirect-to-https"}
    assert all(b["Compress"] for b in behaviours)
    api = {b["PathPattern"] for b in config["CacheBehaviors"] if b["TargetOriginId"] != behaviours[0]["TargetOriginId"]}
    assert api == {"/status/*", "/health/*", "/openapi.json"}
    assert [(e["ErrorCode"], e["ResponseCode"], e["ResponsePagePath"]) for e in config["CustomErrorResponses"]] == [
        (403, 404, "/404.html")
    ]


def test_the_origin_says_how_long_something_is_kept(synthesised: Synthesised) -> None:
    """From 0 s to a year; only what says nothing gets a default, and the API's silence means: not at all."""
    policies = [p["CachePolicyConfig"] for p in synthesised(Variation()).properties("AWS::CloudFront::CachePolicy")]

    assert {policy["MinTTL"] for policy in policies} == {0}
    assert {policy["MaxTTL"] for policy in policies} == {365 * 86400}
    assert sorted(policy["DefaultTTL"] for policy in policies) == [0, 60]


def test_every_answer_carries_the_security_headers(synthesised: Synthesised) -> None:
    """The same policy as the tests in a real browser use, with TLS remembered for a year."""
    synthesis = synthesised(Variation())
    policies = []
    for policy in synthesis.properties("AWS::CloudFront::ResponseHeadersPolicy"):
        headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        policies.append((headers["ContentSecurityPolicy"]["ContentSecurityPolicy"], "FrameOptions" in headers))
        assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31_536_000
    strict, framed = (CONTENT_SECURITY_POLICY, True), (FRAMED_CONTENT_SECURITY_POLICY, False)
    assert sorted(policies) == sorted([strict, strict, framed])
    [distribution] = synthesis.properties("AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]
    for behaviour in (config["DefaultCacheBehavior"], *config["CacheBehaviors"]):
        assert "ResponseHeadersPolicyId" in behaviour


def test_other_sites_may_frame_the_widget_and_nothing_else(synthesised: Synthesised) -> None:
    """Its path alone has the policy without X-Frame-Options, and lets other sites' scripts read it."""
    synthesis = synthesised(Variation())
    [(framed, policy)] = [
        (name, resource["Properties"]["ResponseHeadersPolicyConfig"])
        for name, resource in synthesis.resources("AWS::CloudFront::ResponseHeadersPolicy")
        if "FrameOptions" not in resource["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    ]
    [distribution] = synthesis.properties("AWS::CloudFront::Distribution")
    behaviours = distribution["DistributionConfig"]["CacheBehaviors"]

    assert policy["CorsConfig"]["AccessControlAllowOrigins"] == {"Items": ["*"]}
    assert [b["PathPattern"] for b in behaviours if b["ResponseHeadersPolicyId"] == {"Ref": framed}] == ["/widget*"]


def test_other_sites_may_read_what_is_made_for_programs(synthesised: Synthesised) -> None:
    """Status, badges, feeds, the page as text, and the records and tables of history, what charts are made of."""
    synthesis = synthesised(Variation())
    opened = [
        name
        for name, resource in synthesis.resources("AWS::CloudFront::ResponseHeadersPolicy")
        if "CorsConfig" in (config := resource["Properties"]["ResponseHeadersPolicyConfig"])
        and "FrameOptions" in config["SecurityHeadersConfig"]
    ]
    [distribution] = synthesis.properties("AWS::CloudFront::Distribution")
    paths = {
        behaviour["PathPattern"]
        for behaviour in distribution["DistributionConfig"]["CacheBehaviors"]
        if behaviour["ResponseHeadersPolicyId"] in [{"Ref": name} for name in opened]
    }
    files = {"/status.json", "/api/v2/*", "/feeds/*", "/badge/*", "/history/*.json", "/history/*.csv"}
    texts = {"/index.md", "/llms.txt"}
    assert paths == files | texts | {"/status/*", "/health/*", "/openapi.json"}
