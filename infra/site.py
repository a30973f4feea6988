"""The public site: a private bucket behind CloudFront, with the HTTP API under the same address."""

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from functions.render import headers
from infra.function import Function
from infra.gate import Gate
from infra.response_headers import headers_policy
from infra.rules import accept
from infra.variant import Variant

API_PATHS = ("/status/*", "/health/*", "/openapi.json")
PING_PATH = "/ping/*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What all pages share: an account may have 20 policies of each sort, and a deployment has up to 20 pages."""

    files: cloudfront.CachePolicy
    api: cloudfront.CachePolicy
    headers: cloudfront.ResponseHeadersPolicy
    open_headers: cloudfront.ResponseHeadersPolicy
    framed_headers: cloudfront.ResponseHeadersPolicy


class Site(Construct):
    """Files from S3, `API_PATHS` from the HTTP API.

    Each page has a bucket and a distribution of its own (both free by themselves), so that no page's address serves
    anything of another, and the same keys stand in each. Only CloudFront may read the bucket. How long something is
    kept at the edge is said by each object's Cache-Control, stale-while-revalidate and stale-if-error included, so the
    page outlives an outage of its origin.

    With a `gate`, all but pings is behind it; `page` is the id that the gate knows the page by.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        api_origin: cloudfront.IOrigin,
        variant: Variant,
        retain: bool,
        takes_pings: bool = False,
        domain_name: str | None = None,
        certificate: acm.ICertificate | None = None,
        policies: Policies | None = None,
        page: str = "",
        gate: Gate | None = None,
        comment: str = "Pulseboard status page",
    ) -> None:
        super().__init__(scope, construct_id)
        self.policies = policies or self._policies(variant)
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=variant.tls,
            removal_policy=cdk.RemovalPolicy.RETAIN if retain else cdk.RemovalPolicy.DESTROY,
        )
        files = cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(self.bucket),
            viewer_protocol_policy=variant.viewer_policy,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
            cache_policy=self.policies.files,
            response_headers_policy=gate.headers if gate else self.policies.headers,
            function_associations=[gate.before(page)] if gate else None,
            compress=True,
        )
        api = cloudfront.BehaviorOptions(
            origin=api_origin,
            viewer_protocol_policy=variant.viewer_policy,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
            cache_policy=self.policies.api,
            response_headers_policy=self.policies.open_headers,
            compress=True,
        )
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=comment,
            default_behavior=files,
            additional_behaviors={
                # Behind the gate everything is a file: the API knows nothing of a private page.
                **({} if gate else self._open_paths(files, api)),
                **({PING_PATH: self._pings(api_origin, variant)} if takes_pings else {}),
            },
            default_root_object="index.html",
            # A bucket that may not be listed answers 403 for what is absent. 404 is left alone: only the API answers
            # that, and its error document is to reach the caller.
            error_responses=[
                cloudfront.ErrorResponse(
                    http_status=403,
                    response_http_status=404,
                    response_page_path="/404.html",
                    ttl=cdk.Duration.seconds(10),
                )
            ],
            domain_names=None if domain_name is None else [domain_name],
            certificate=certificate,
            # CloudFront's own certificate comes with CloudFront's own policy.
            minimum_protocol_version=None if certificate is None else cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            enable_ipv6=True,
            # Europe and North America: the cheapest, and a page of a few kilobytes is quick from there as well.
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
        )

        accept(self.bucket, "S1", because="Only CloudFront reads it, and what it holds is public.")
        accept(self.distribution, "CFR1", because="It is for its readers, wherever they are.")
        accept(
            self.distribution,
            "CFR2",
            because="Files and a throttled read-only API; WAF would cost $5 a month and more.",
        )
        if certificate is None:
            accept(
                self.distribution, "CFR4", because="CloudFront's own domain: its oldest TLS version is not ours to set."
            )
        accept(self.distribution, "CFR3", because="Access logs hold visitors' addresses, and nobody here reads them.")

    def _open_paths(
        self, files: cloudfront.BehaviorOptions, api: cloudfront.BehaviorOptions
    ) -> dict[str, cloudfront.BehaviorOptions]:
        """Return what other sites may read, and what the API answers."""
        return {
            **{path: _with_headers(files, self.policies.open_headers) for path in headers.OPEN_TO_OTHER_ORIGINS},
            headers.FRAMED: _with_headers(files, self.policies.framed_headers),
            **dict.fromkeys(API_PATHS, api),
        }

    def _policies(self, variant: Variant) -> Policies:
        return Policies(
            files=self._cache("Files", default=cdk.Duration.minutes(1)),
            # What says nothing of its age (an error, say) is not kept.
            api=self._cache("Api", default=cdk.Duration.seconds(0)),
            headers=headers_policy(self, "Headers", tls=variant.tls),
            open_headers=headers_policy(self, "OpenHeaders", tls=variant.tls, open_to_all=True),
            framed_headers=headers_policy(self, "FramedHeaders", tls=variant.tls, open_to_all=True, framed=True),
        )

    def _pings(self, api_origin: cloudfront.IOrigin, variant: Variant) -> cloudfront.BehaviorOptions:
        """Return how pings are passed on: all of them, since a ping that a cache answers was never heard."""
        return cloudfront.BehaviorOptions(
            origin=api_origin,
            # Not redirected: a redirected POST would lose what it says, and its key has been seen already.
            viewer_protocol_policy=variant.ping_policy,
            # CloudFront knows GET and HEAD, these with OPTIONS, or all; the API refuses the others.
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy(
                self, "Pings", query_string_behavior=cloudfront.OriginRequestQueryStringBehavior.allow_list("rid")
            ),
        )

    def grant_objects(self, function: Function, *actions: str) -> None:
        """Allow exactly `actions` (`GetObject`, …) on all files, and to list them."""
        function.allow(*(f"s3:{action}" for action in actions), on=self.bucket.arn_for_objects("*"))
        # Without it, S3 answers 403 instead of 404 for what is not there, which looks like a missing right.
        function.allow("s3:ListBucket", on=self.bucket.bucket_arn)
        bucket = cdk.Stack.of(self).get_logical_id(self._bucket_element)
        accept(function.role, f"IAM5[Resource::<{bucket}.Arn>/*]", because="All files of the site, in its own bucket.")

    @property
    def _bucket_element(self) -> cdk.CfnElement:
        element = self.bucket.node.default_child
        if not isinstance(element, cdk.CfnElement):
            raise TypeError("A bucket is made of a CloudFormation resource.")
        return element

    def _cache(self, construct_id: str, *, default: cdk.Duration) -> cloudfront.CachePolicy:
        """Return a policy whose key is the path alone: query strings and cookies would only dilute the cache."""
        return cloudfront.CachePolicy(
            self,
            f"{construct_id}Cache",
            min_ttl=cdk.Duration.seconds(0),
            default_ttl=default,
            max_ttl=cdk.Duration.days(365),
            enable_accept_encoding_brotli=True,
            enable_accept_encoding_gzip=True,
        )


def _with_headers(
    behavior: cloudfront.BehaviorOptions, policy: cloudfront.ResponseHeadersPolicy
) -> cloudfront.BehaviorOptions:
    """Return `behavior` with other response headers."""
    return cloudfront.BehaviorOptions(
        origin=behavior.origin,
        viewer_protocol_policy=behavior.viewer_protocol_policy,
        allowed_methods=behavior.allowed_methods,
        cache_policy=behavior.cache_policy,
        response_headers_policy=policy,
        compress=behavior.compress,
    )
