"""The headers that CloudFront adds to what it serves."""

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from functions.render import headers


def headers_policy(
    scope: Construct,
    construct_id: str,
    *,
    tls: bool,
    open_to_all: bool = False,
    private: bool = False,
    framed: bool = False,
) -> cloudfront.ResponseHeadersPolicy:
    """Return the policy with the security headers.

    `open_to_all`: other sites' scripts may read it. `private`: only the visitor's own browser may keep it, and no
    search engine lists it; what CloudFront itself keeps is still the object's affair. `framed`: other sites may show it
    in a frame.
    """
    return cloudfront.ResponseHeadersPolicy(
        scope,
        construct_id,
        security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
            content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                content_security_policy=headers.FRAMED_CONTENT_SECURITY_POLICY
                if framed
                else headers.CONTENT_SECURITY_POLICY,
                override=True,
            ),
            content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
            frame_options=None
            if framed
            else cloudfront.ResponseHeadersFrameOptions(frame_option=cloudfront.HeadersFrameOption.DENY, override=True),
            referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
            ),
            # A browser that learnt this for localhost would refuse every plain-HTTP server there for a year.
            strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=Duration.seconds(headers.HSTS_SECONDS),
                include_subdomains=False,
                override=True,
            )
            if tls
            else None,
        ),
        custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
            custom_headers=[
                cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
                for name, value in (
                    ("Permissions-Policy", headers.PERMISSIONS_POLICY),
                    *(headers.PRIVATE_HEADERS.items() if private else ()),
                )
            ]
        ),
        cors_behavior=cloudfront.ResponseHeadersCorsBehavior(
            access_control_allow_credentials=False,
            access_control_allow_headers=["*"],
            access_control_allow_methods=["GET", "HEAD", "OPTIONS"],
            access_control_allow_origins=["*"],
            access_control_expose_headers=["Age", "Date", "ETag", "X-Request-Id"],
            origin_override=True,
        )
        if open_to_all
        else None,
    )
