"""What answers of gateways, load balancers, CDNs, storage and application servers look like.

Each row cites who says that the layer answers like this. What is certain carries a mark that only the layer itself
sends, together with a status or fixed words that are its own; a header alone, which an application could set as well or
which is not documented, is likely.

The order matters: where API Gateway stands behind a CDN its marks pass through, so it is looked for first; what an
application says of itself comes last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from functions.domain.answer import Answer
from functions.domain.finding import Certainty, Finding

_REST: Final = "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"
_REST_TIMEOUT: Final = "https://repost.aws/knowledge-center/api-gateway-504-errors"
_HTTP_API: Final = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html"
_HTTP_QUOTAS: Final = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"
_FUNCTION_ERRORS: Final = "https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html"
_URLS: Final = "https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html"
_URL_AUTH: Final = "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"
_ALB: Final = (
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html"
    "#load-balancer-http-error-codes"
)
_CLOUDFRONT: Final = (
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html"
)
_S3: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"
_CLOUDFLARE: Final = (
    "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/"
)
_CHALLENGE: Final = (
    "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/"
)
_NGINX: Final = "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream"
_ENVOY: Final = "https://www.envoyproxy.io/docs/envoy/latest/faq/debugging/why_is_envoy_sending_internal_responses"
_HAPROXY: Final = "https://docs.haproxy.org/3.0/configuration.html#8.5"
_ASGI: Final = "https://www.uvicorn.org/settings/#http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What an answer looks like, and what that means; all that is set has to hold.

    `headers` maps a name to what its value begins with, in any case (empty: it only has to be there). `words` is a part
    of the body's beginning. `statuses` is empty for any error.
    """

    finding: Finding
    source: str
    certainty: Certainty = Certainty.LIKELY
    statuses: frozenset[int] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def fits(self, answer: Answer, body: str) -> bool:
        """Tell whether `answer`, the beginning of whose body is `body`, looks like this."""
        if self.statuses and answer.status_code not in self.statuses:
            return False
        for name, beginning in self.headers.items():
            value = answer.headers.get(name)
            if value is None or not value.lower().startswith(beginning):
                return False
        return self.words in body


def _rows(
    source: str, headers: Mapping[str, str], *rows: tuple[Finding, Iterable[int], str, Certainty]
) -> Iterable[Sign]:
    for finding, statuses, words, certainty in rows:
        yield Sign(
            finding=finding,
            source=source,
            certainty=certainty,
            statuses=frozenset(statuses),
            headers=headers,
            words=words,
        )


_SURE, _LIKELY = Certainty.CERTAIN, Certainty.LIKELY
_F = Finding

SIGNS: Final[tuple[Sign, ...]] = (
    # API Gateway, REST APIs: `x-amz-apigw-id` on every answer, `x-amzn-errortype` on its own ones.
    *_rows(
        _REST_TIMEOUT,
        {"x-amz-apigw-id": ""},
        (_F.API_GATEWAY_TIMEOUT, [504], "Endpoint request timed out", _SURE),
        (_F.API_GATEWAY_UNREACHABLE, [504], "Network error communicating with endpoint", _SURE),
    ),
    *_rows(
        _FUNCTION_ERRORS,
        {"x-amz-apigw-id": "", "x-amzn-errortype": "internalservererrorexception"},
        (_F.API_GATEWAY_BAD_ANSWER, [502], "Internal server error", _SURE),
        (_F.API_GATEWAY_NOT_INVOKED, [500], "Internal server error", _LIKELY),
        (_F.API_GATEWAY_TIMEOUT, [504], "", _LIKELY),
        (_F.API_GATEWAY_BAD_ANSWER, [502], "", _LIKELY),
    ),
    *_rows(
        _REST,
        {"x-amz-apigw-id": "", "x-amzn-errortype": "missingauthenticationtokenexception"},
        (_F.API_GATEWAY_NO_ROUTE, [403], "", _LIKELY),
    ),
    *_rows(
        _REST,
        {"x-amz-apigw-id": "", "x-amzn-errortype": ""},
        (_F.API_GATEWAY_THROTTLED, [429], "", _LIKELY),
        (_F.API_GATEWAY_REFUSED, [400, 401, 403, 413, 415], "", _LIKELY),
    ),
    *_rows(_REST, {"x-amz-apigw-id": ""}, (_F.BEHIND_API_GATEWAY, [], "", _LIKELY)),
    # API Gateway, HTTP APIs: `apigw-requestid` on every answer; its own ones are known by their words alone.
    *_rows(
        _HTTP_QUOTAS,
        {"apigw-requestid": ""},
        (_F.API_GATEWAY_UNAVAILABLE, [503], '{"message":"Service Unavailable"}', _LIKELY),
        (_F.API_GATEWAY_TIMEOUT, [504], "Endpoint request timed out", _LIKELY),
    ),
    *_rows(
        _HTTP_API,
        {"apigw-requestid": ""},
        (_F.API_GATEWAY_BAD_ANSWER, [500], '{"message":"Internal Server Error"}', _LIKELY),
        (_F.API_GATEWAY_NO_ROUTE, [404], '{"message":"Not Found"}', _LIKELY),
        (_F.API_GATEWAY_REFUSED, [403], '{"message":"Forbidden"}', _LIKELY),
        (_F.API_GATEWAY_REFUSED, [401], '{"message":"Unauthorized"}', _LIKELY),
        (_F.API_GATEWAY_THROTTLED, [429], '{"message":"Too Many Requests"}', _LIKELY),
        (_F.BEHIND_API_GATEWAY, [], "", _LIKELY),
    ),
    # Function URLs: an answer of Lambda's own names its error; a function may set that header, too.
    *_rows(_URL_AUTH, {"x-amzn-errortype": "accessdeniedexception"}, (_F.LAMBDA_REFUSED, [403], "", _LIKELY)),
    *_rows(
        _URLS,
        {"x-amzn-requestid": "", "x-amzn-errortype": ""},
        (_F.LAMBDA_THROTTLED, [429], "", _LIKELY),
        (_F.LAMBDA_FAILED, [500, 502, 503, 504], "", _LIKELY),
    ),
    # Application Load Balancer: its own answers, those of fixed-response rules included, have this server.
    *_rows(
        _ALB,
        {"server": "awselb/2.0"},
        (_F.ALB_BAD_ANSWER, [502], "<h1>502 Bad Gateway</h1>", _SURE),
        (_F.ALB_NO_TARGET, [503], "<h1>503 Service Temporarily Unavailable</h1>", _SURE),
        (_F.ALB_TIMEOUT, [504], "<h1>504 Gateway Time-out</h1>", _SURE),
        (_F.ALB_REFUSED, [403], "<h1>403 Forbidden</h1>", _SURE),
        (_F.ALB_BAD_ANSWER, [502], "", _LIKELY),
        (_F.ALB_NO_TARGET, [503], "", _LIKELY),
        (_F.ALB_TIMEOUT, [504], "", _LIKELY),
        (_F.ALB_ANSWERED, [], "", _LIKELY),
    ),
    # S3, also behind CloudFront, which leaves the server's name as it is.
    *_rows(
        _S3,
        {"x-amz-request-id": "", "server": "amazons3"},
        (_F.S3_DENIED, [403], "<Code>AccessDenied</Code>", _SURE),
        (_F.S3_MISSING, [404], "<Code>NoSuch", _SURE),
        (_F.S3_BUSY, [500, 503], "", _LIKELY),
        (_F.S3_DENIED, [403], "", _LIKELY),
        (_F.S3_MISSING, [404], "", _LIKELY),
    ),
    # CloudFront: `x-cache: Error from cloudfront` also stands on errors of the origin, its name as the server does not.
    *_rows(
        _CLOUDFRONT,
        {"server": "cloudfront", "x-cache": "error from cloudfront", "x-amz-cf-id": ""},
        (_F.CLOUDFRONT_BAD_ORIGIN, [502], "", _SURE),
        (_F.CLOUDFRONT_TIMEOUT, [504], "", _SURE),
        (_F.CLOUDFRONT_UNAVAILABLE, [503], "", _LIKELY),
        (_F.CLOUDFRONT_REFUSED, [400, 403, 405, 413, 414, 416, 421], "", _LIKELY),
    ),
    *_rows(
        _CLOUDFRONT,
        {"server": "cloudfront", "x-cache": "lambdageneratedresponse"},
        (_F.CLOUDFRONT_UNAVAILABLE, [], "", _LIKELY),
    ),
    *_rows(
        _CLOUDFRONT,
        {"server": "cloudfront", "x-cache": "functiongeneratedresponse"},
        (_F.CLOUDFRONT_UNAVAILABLE, [], "", _LIKELY),
    ),
    *_rows(_CHALLENGE, {"cf-mitigated": "challenge"}, (_F.CLOUDFLARE_CHALLENGED, [], "", _SURE)),
    *_rows(
        _CLOUDFLARE,
        {"server": "cloudflare", "cf-ray": ""},
        (_F.CLOUDFLARE_BAD_ORIGIN, [520], "", _SURE),
        (_F.CLOUDFLARE_UNREACHABLE, [521, 522, 523], "", _SURE),
        (_F.CLOUDFLARE_UNREACHABLE, [530], "", _LIKELY),
        (_F.CLOUDFLARE_TIMEOUT, [524], "", _SURE),
        (_F.CLOUDFLARE_TLS, [525, 526], "", _SURE),
    ),
    # Proxies, by their own pages: these pass through whatever stands in front of them.
    *_rows(
        _ENVOY,
        {},
        (_F.PROXY_NO_TARGET, [503], "no healthy upstream", _LIKELY),
        (_F.PROXY_UNREACHABLE, [502, 503], "upstream connect error or disconnect/reset before headers", _LIKELY),
        (_F.PROXY_TIMEOUT, [504], "upstream request timeout", _LIKELY),
    ),
    *_rows(
        _HAPROXY,
        {},
        (_F.PROXY_NO_TARGET, [503], "No server is available to handle this request.", _LIKELY),
        (_F.PROXY_TIMEOUT, [504], "The server didn't respond in time.", _LIKELY),
        (_F.PROXY_UNREACHABLE, [502], "The server returned an invalid or incomplete response.", _LIKELY),
    ),
    *_rows(
        _NGINX,
        {},
        (_F.PROXY_UNREACHABLE, [502], "<hr><center>nginx", _LIKELY),
        (_F.PROXY_TIMEOUT, [504], "<hr><center>nginx", _LIKELY),
    ),
    *(
        sign
        for server in ("uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "werkzeug", "waitress")
        for header in ("server", "x-amzn-remapped-server")
        for sign in _rows(_ASGI, {header: server}, (_F.APPLICATION, [], "", _LIKELY))
    ),
)
