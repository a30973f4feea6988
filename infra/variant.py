"""What differs between an AWS account and the embedded AWS on this machine."""

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """`local_port` is the embedded AWS's port; None means a real account."""

    local_port: int | None = None

    @property
    def is_local(self) -> bool:
        """Return whether this goes to the embedded AWS."""
        return self.local_port is not None

    @property
    def tls(self) -> bool:
        """Return whether there is TLS: the embedded AWS speaks plain HTTP only, and to require TLS locks all out."""
        return not self.is_local

    @property
    def viewer_policy(self) -> cloudfront.ViewerProtocolPolicy:
        """Return how visitors come who ask for plain HTTP."""
        if self.tls:
            return cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        return cloudfront.ViewerProtocolPolicy.ALLOW_ALL

    @property
    def ping_policy(self) -> cloudfront.ViewerProtocolPolicy:
        """Return how pings come: their addresses are secrets, which do not travel in plain HTTP."""
        return cloudfront.ViewerProtocolPolicy.HTTPS_ONLY if self.tls else cloudfront.ViewerProtocolPolicy.ALLOW_ALL

    def synthesizer(self) -> cdk.IReusableStackSynthesizer:
        """Return how stacks are published.

        The publishing role of the CDK's bootstrap has a condition key that the embedded AWS does not know, so there
        the caller's own credentials publish.
        """
        return cdk.CliCredentialsStackSynthesizer() if self.is_local else cdk.DefaultStackSynthesizer()

    def page_url(self, distribution_domain: str) -> str:
        """Return the address of a distribution that has no domain of its own."""
        if not self.is_local:
            return f"https://{distribution_domain}"
        label = cdk.Fn.select(0, cdk.Fn.split(".", distribution_domain))
        return f"http://{label}.cloudfront.localhost:{self.local_port}"

    def api_url(self, api_id: str, *, region: str) -> str:
        """Return the HTTP API's address, without a trailing slash."""
        if self.is_local:
            return f"http://{api_id}.execute-api.localhost:{self.local_port}"
        return f"https://{_api_domain(api_id, region)}"

    def api_origin(self, api_id: str, *, region: str) -> cloudfront.IOrigin:
        """Return the HTTP API as an origin: HTTPS in AWS, http and the port in the embedded one."""
        if self.is_local:
            return origins.HttpOrigin(
                # The embedded CloudFront resolves names as this machine does, and few machines know `*.localhost`, so
                # the API is named in the path, which the embedded API Gateway understands as well.
                "localhost",
                origin_path=f"/_aws/execute-api/{api_id}/$default",
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
                http_port=self.local_port,
            )
        return origins.HttpOrigin(
            _api_domain(api_id, region),
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
        )


def _api_domain(api_id: str, region: str) -> str:
    return f"{api_id}.execute-api.{region}.{cdk.Aws.URL_SUFFIX}"
