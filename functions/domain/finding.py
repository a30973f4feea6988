"""Which layer answered a failing check, and what it was up to: a small word that is kept in place of headers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Layer(StrEnum):
    """Who answered, in what the public may know.

    `gateway` is whatever stands in front of an application (API Gateway, load balancer, CDN, proxy) and answered by
    itself; `origin` is the same where it got no good answer from what is behind it.
    """

    GATEWAY = "gateway"
    ORIGIN = "origin"
    APPLICATION = "application"
    STORAGE = "storage"


class Certainty(StrEnum):
    """`certain` where the answer carries what only that layer sends, `likely` where others could send the same."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Finding(StrEnum):
    """What is found out from an answer's headers, status and fixed words; `attribution` has the signs of each."""

    API_GATEWAY_TIMEOUT = "api_gateway_timeout"
    API_GATEWAY_UNREACHABLE = "api_gateway_unreachable"
    API_GATEWAY_UNAVAILABLE = "api_gateway_unavailable"
    API_GATEWAY_BAD_ANSWER = "api_gateway_bad_answer"
    API_GATEWAY_NOT_INVOKED = "api_gateway_not_invoked"
    API_GATEWAY_NO_ROUTE = "api_gateway_no_route"
    API_GATEWAY_REFUSED = "api_gateway_refused"
    API_GATEWAY_THROTTLED = "api_gateway_throttled"
    BEHIND_API_GATEWAY = "behind_api_gateway"
    LAMBDA_FAILED = "lambda_failed"
    LAMBDA_THROTTLED = "lambda_throttled"
    LAMBDA_REFUSED = "lambda_refused"
    ALB_NO_TARGET = "alb_no_target"
    ALB_BAD_ANSWER = "alb_bad_answer"
    ALB_TIMEOUT = "alb_timeout"
    ALB_REFUSED = "alb_refused"
    ALB_ANSWERED = "alb_answered"
    CLOUDFRONT_BAD_ORIGIN = "cloudfront_bad_origin"
    CLOUDFRONT_TIMEOUT = "cloudfront_timeout"
    CLOUDFRONT_UNAVAILABLE = "cloudfront_unavailable"
    CLOUDFRONT_REFUSED = "cloudfront_refused"
    S3_DENIED = "s3_denied"
    S3_MISSING = "s3_missing"
    S3_BUSY = "s3_busy"
    CLOUDFLARE_CHALLENGED = "cloudflare_challenged"
    CLOUDFLARE_BAD_ORIGIN = "cloudflare_bad_origin"
    CLOUDFLARE_UNREACHABLE = "cloudflare_unreachable"
    CLOUDFLARE_TIMEOUT = "cloudflare_timeout"
    CLOUDFLARE_TLS = "cloudflare_tls"
    PROXY_NO_TARGET = "proxy_no_target"
    PROXY_UNREACHABLE = "proxy_unreachable"
    PROXY_TIMEOUT = "proxy_timeout"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The layer of a finding, and what it says to an operator."""

    layer: Layer
    words: str


def _itself(layer: Layer, who: str, what: str) -> Meaning:
    return Meaning(layer, f"{who} answered, not the application: {what}")


_API: Final = "API Gateway"
_ALB: Final = "the load balancer"
_CDN: Final = "CloudFront"
_CLOUDFLARE: Final = "Cloudflare"
_PROXY: Final = "a proxy"

MEANINGS: Final[Mapping[Finding, Meaning]] = {
    Finding.API_GATEWAY_TIMEOUT: _itself(
        Layer.ORIGIN, _API, "it gave up waiting for the integration (after 29 s, unless set otherwise)"
    ),
    Finding.API_GATEWAY_UNREACHABLE: _itself(Layer.ORIGIN, _API, "it could not reach the integration"),
    Finding.API_GATEWAY_UNAVAILABLE: _itself(
        Layer.ORIGIN, _API, "the integration did not answer within 30 s, or could not be reached"
    ),
    Finding.API_GATEWAY_BAD_ANSWER: _itself(
        Layer.ORIGIN, _API, "the function failed, or returned what is no answer to API Gateway"
    ),
    Finding.API_GATEWAY_NOT_INVOKED: _itself(
        Layer.ORIGIN, _API, "it could not start the integration: a permission, a throttled function, its configuration"
    ),
    Finding.API_GATEWAY_NO_ROUTE: _itself(
        Layer.GATEWAY, _API, "it has no such route, or the method wants a signed request"
    ),
    Finding.API_GATEWAY_REFUSED: _itself(
        Layer.GATEWAY, _API, "it refused the request (an authorizer, an API key, a resource policy or WAF)"
    ),
    Finding.API_GATEWAY_THROTTLED: _itself(Layer.GATEWAY, _API, "its rate limit or usage plan is used up"),
    Finding.BEHIND_API_GATEWAY: Meaning(
        Layer.APPLICATION, "the application answered: API Gateway passed on what it got from the integration"
    ),
    Finding.LAMBDA_FAILED: _itself(
        Layer.ORIGIN, "Lambda", "the function failed, timed out or returned no valid answer"
    ),
    Finding.LAMBDA_THROTTLED: _itself(Layer.GATEWAY, "Lambda", "no concurrency was left for the function"),
    Finding.LAMBDA_REFUSED: _itself(Layer.GATEWAY, "Lambda", "the function's URL does not allow this caller"),
    Finding.ALB_NO_TARGET: _itself(Layer.ORIGIN, _ALB, "no healthy target, since none is registered and in use"),
    Finding.ALB_BAD_ANSWER: _itself(
        Layer.ORIGIN, _ALB, "the target refused the connection, closed it or answered with what is not HTTP"
    ),
    Finding.ALB_TIMEOUT: _itself(
        Layer.ORIGIN, _ALB, "no connection to a target within 10 s, or no answer within the idle timeout"
    ),
    Finding.ALB_REFUSED: _itself(Layer.GATEWAY, _ALB, "it refused the request (WAF, or a rule)"),
    Finding.ALB_ANSWERED: _itself(Layer.GATEWAY, _ALB, "a rule with a fixed response, or the load balancer itself"),
    Finding.CLOUDFRONT_BAD_ORIGIN: _itself(
        Layer.ORIGIN, _CDN, "it could not connect to the origin (address, port, certificate) or not understand it"
    ),
    Finding.CLOUDFRONT_TIMEOUT: _itself(
        Layer.ORIGIN, _CDN, "the origin did not answer in time (30 s, unless set otherwise)"
    ),
    Finding.CLOUDFRONT_UNAVAILABLE: _itself(
        Layer.GATEWAY, _CDN, "a function at the edge failed, or there was no capacity"
    ),
    Finding.CLOUDFRONT_REFUSED: _itself(
        Layer.GATEWAY, _CDN, "it refused the request (WAF, a geographic restriction, a signed address, its method)"
    ),
    Finding.S3_DENIED: Meaning(
        Layer.STORAGE, "S3 answered: access denied (or the object is not there, and the bucket may not be listed)"
    ),
    Finding.S3_MISSING: Meaning(Layer.STORAGE, "S3 answered: there is no such object or bucket"),
    Finding.S3_BUSY: Meaning(Layer.STORAGE, "S3 answered: it asks for fewer requests, or has a problem of its own"),
    Finding.CLOUDFLARE_CHALLENGED: _itself(
        Layer.GATEWAY, _CLOUDFLARE, "it took the probe for a bot and challenged it; let the probe's user agent pass"
    ),
    Finding.CLOUDFLARE_BAD_ORIGIN: _itself(Layer.ORIGIN, _CLOUDFLARE, "the origin's answer was empty or not HTTP"),
    Finding.CLOUDFLARE_UNREACHABLE: _itself(
        Layer.ORIGIN, _CLOUDFLARE, "the origin refused the connection, or could not be found or reached"
    ),
    Finding.CLOUDFLARE_TIMEOUT: _itself(Layer.ORIGIN, _CLOUDFLARE, "the origin took the request and did not answer"),
    Finding.CLOUDFLARE_TLS: _itself(Layer.ORIGIN, _CLOUDFLARE, "no secure connection to the origin could be made"),
    Finding.PROXY_NO_TARGET: _itself(Layer.ORIGIN, _PROXY, "no healthy server is left behind it"),
    Finding.PROXY_UNREACHABLE: _itself(
        Layer.ORIGIN, _PROXY, "the server behind it could not be reached or broke the connection"
    ),
    Finding.PROXY_TIMEOUT: _itself(Layer.ORIGIN, _PROXY, "the server behind it did not answer in time"),
    Finding.APPLICATION: Meaning(Layer.APPLICATION, "the application's own server answered"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Whom a failing check's answer is put down to, and how surely."""

    finding: Finding
    certainty: Certainty

    @property
    def layer(self) -> Layer:
        """Return the layer, which is all that the public may know."""
        return MEANINGS[self.finding].layer

    @property
    def words(self) -> str:
        """Return the operator's sentence: "likely: the load balancer answered, not the application: …"."""
        return f"{self.certainty}: {MEANINGS[self.finding].words}"
