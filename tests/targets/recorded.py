"""Answers of gateways, CDNs, storage and servers, as they were seen on the wire; ids are made up."""

from dataclasses import dataclass

from functions.domain.finding import Certainty, Finding, Layer

SURE, LIKELY = Certainty.CERTAIN, Certainty.LIKELY


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One answer, and whom it is to be put down to; `finding` is None where nothing gives it away."""

    name: str
    status: str
    headers: tuple[str, ...] = ()
    body: bytes = b""
    finding: Finding | None = None
    certainty: Certainty = LIKELY
    layer: Layer | None = None

    @property
    def code(self) -> int:
        """Return the status code."""
        return int(self.status.split()[0])


def _rest(error: str) -> tuple[str, ...]:
    own = (f"x-amzn-ErrorType: {error}",) if error else ()
    return ("x-amzn-RequestId: 7fda7b55-1713-4347-bd94-69133d82c5c0", "x-amz-apigw-id: R9NOvE-qIAMECfw=", *own)


def _http_api(*more: str) -> tuple[str, ...]:
    return ("apigw-requestid: RL2XYiwjPHcEMEQ=", *more)


def _page(title: str, *, after: str = "") -> bytes:
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n{after}"
        "</body>\r\n</html>\r\n"
    ).encode()


def _message(text: str) -> bytes:
    return f'{{"message":"{text}"}}'.encode()


_CDN_PASSED_ON = (
    "via: 1.1 0a1b2c3d4e5f.cloudfront.net (CloudFront)",
    "x-cache: Error from cloudfront",
    "x-amz-cf-pop: FRA56-P4",
    "x-amz-cf-id: c0ffee==",
)
_CDN_OWN = ("server: CloudFront", *_CDN_PASSED_ON)
_FLARE = ("server: cloudflare", "cf-ray: 8f1e2d3c4b5a6978-FRA")
_S3 = ("server: AmazonS3", "x-amz-request-id: 4442587FB7D0A2F9", "x-amz-id-2: vlR7PnpV2Ce81l0PRw6jlUpck7Jo5Zs=")
_INTERNAL = "InternalServerErrorException"
_L, _F = Layer, Finding

RECORDED: tuple[Recorded, ...] = (
    Recorded(
        name="REST API, integration timed out", status="504 Gateway Timeout", headers=_rest(_INTERNAL),
        body=b'{"message": "Endpoint request timed out"}', finding=_F.API_GATEWAY_TIMEOUT, certainty=SURE,
        layer=_L.ORIGIN,
    ),
    Recorded(
        name="REST API behind CloudFront, integration timed out", status="504 Gateway Timeout",
        headers=(*_rest(_INTERNAL), *_CDN_PASSED_ON), body=b'{"message": "Endpoint request timed out"}',
        finding=_F.API_GATEWAY_TIMEOUT, certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="REST API, a response of its own for timeouts", status="504 Gateway Timeout", headers=_rest(_INTERNAL),
        body=b'{"code": 1}', finding=_F.API_GATEWAY_TIMEOUT, layer=_L.ORIGIN,
    ),
    Recorded(
        name="REST API, integration out of reach", status="504 Gateway Timeout", headers=_rest(_INTERNAL),
        body=b'{"message": "Network error communicating with endpoint"}', finding=_F.API_GATEWAY_UNREACHABLE,
        certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="REST API, function failed", status="502 Bad Gateway", headers=_rest(_INTERNAL),
        body=b'{"message": "Internal server error"}', finding=_F.API_GATEWAY_BAD_ANSWER, certainty=SURE,
        layer=_L.ORIGIN,
    ),
    Recorded(
        name="REST API, function not invoked", status="500 Internal Server Error", headers=_rest(_INTERNAL),
        body=b'{"message": "Internal server error"}', finding=_F.API_GATEWAY_NOT_INVOKED, layer=_L.ORIGIN,
    ),
    Recorded(
        name="REST API, no such route", status="403 Forbidden", headers=_rest("MissingAuthenticationTokenException"),
        body=b'{"message":"Missing Authentication Token"}', finding=_F.API_GATEWAY_NO_ROUTE, layer=_L.GATEWAY,
    ),
    Recorded(
        name="REST API, forbidden", status="403 Forbidden", headers=_rest("ForbiddenException"),
        body=b'{"message":"Forbidden"}', finding=_F.API_GATEWAY_REFUSED, layer=_L.GATEWAY,
    ),
    Recorded(
        name="REST API, throttled", status="429 Too Many Requests", headers=_rest("TooManyRequestsException"),
        body=b'{"message":"Too Many Requests"}', finding=_F.API_GATEWAY_THROTTLED, layer=_L.GATEWAY,
    ),
    Recorded(
        name="REST API, the application's own 503", status="503 Service Unavailable", headers=_rest(""),
        body=b'{"status":"unhealthy"}', finding=_F.BEHIND_API_GATEWAY, layer=_L.APPLICATION,
    ),
    Recorded(
        name="HTTP API, timed out or out of reach", status="503 Service Unavailable", headers=_http_api(),
        body=_message("Service Unavailable"), finding=_F.API_GATEWAY_UNAVAILABLE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="HTTP API, function failed", status="500 Internal Server Error", headers=_http_api(),
        body=_message("Internal Server Error"), finding=_F.API_GATEWAY_BAD_ANSWER, layer=_L.ORIGIN,
    ),
    Recorded(
        name="HTTP API, no such route", status="404 Not Found", headers=_http_api(), body=_message("Not Found"),
        finding=_F.API_GATEWAY_NO_ROUTE, layer=_L.GATEWAY,
    ),
    Recorded(
        name="HTTP API, no token", status="401 Unauthorized", headers=_http_api("www-authenticate: Bearer"),
        body=_message("Unauthorized"), finding=_F.API_GATEWAY_REFUSED, layer=_L.GATEWAY,
    ),
    Recorded(
        name="HTTP API, FastAPI's own 500", status="500 Internal Server Error", headers=_http_api(),
        body=b"Internal Server Error", finding=_F.BEHIND_API_GATEWAY, layer=_L.APPLICATION,
    ),
    Recorded(
        name="HTTP API, FastAPI's own 404", status="404 Not Found", headers=_http_api(), body=b'{"detail":"Not Found"}',
        finding=_F.BEHIND_API_GATEWAY, layer=_L.APPLICATION,
    ),
    Recorded(
        name="function URL, function failed", status="502 Bad Gateway",
        headers=("x-amzn-RequestId: 1f2e", "x-amzn-ErrorType: InternalServerErrorException"),
        body=b"Internal Server Error", finding=_F.LAMBDA_FAILED, layer=_L.ORIGIN,
    ),
    Recorded(
        name="function URL, throttled", status="429 Too Many Requests",
        headers=("x-amzn-RequestId: 1f2e", "x-amzn-ErrorType: TooManyRequestsException"),
        body=b'{"Reason":"ConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
        finding=_F.LAMBDA_THROTTLED, layer=_L.GATEWAY,
    ),
    Recorded(
        name="function URL, not allowed", status="403 Forbidden",
        headers=("x-amzn-RequestId: 1f2e", "x-amzn-ErrorType: AccessDeniedException"), body=b'{"Message":"Forbidden"}',
        finding=_F.LAMBDA_REFUSED, layer=_L.GATEWAY,
    ),
    Recorded(
        name="load balancer without targets", status="503 Service Temporarily Unavailable",
        headers=("server: awselb/2.0",), body=_page("503 Service Temporarily Unavailable"),
        finding=_F.ALB_NO_TARGET, certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="load balancer, a rule's own maintenance page", status="503 Service Unavailable",
        headers=("server: awselb/2.0",), body=b"back soon", finding=_F.ALB_NO_TARGET, layer=_L.ORIGIN,
    ),
    Recorded(
        name="load balancer, target broke the connection", status="502 Bad Gateway", headers=("server: awselb/2.0",),
        body=_page("502 Bad Gateway"), finding=_F.ALB_BAD_ANSWER, certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="load balancer behind CloudFront, target too slow", status="504 Gateway Time-out",
        headers=("server: awselb/2.0", *_CDN_PASSED_ON), body=_page("504 Gateway Time-out"),
        finding=_F.ALB_TIMEOUT, certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="load balancer, refused by WAF", status="403 Forbidden", headers=("server: awselb/2.0",),
        body=_page("403 Forbidden"), finding=_F.ALB_REFUSED, certainty=SURE, layer=_L.GATEWAY,
    ),
    Recorded(
        name="load balancer, a rule's 404", status="404 Not Found", headers=("server: awselb/2.0",),
        finding=_F.ALB_ANSWERED, layer=_L.GATEWAY,
    ),
    Recorded(
        name="CloudFront, origin not to be connected to", status="502 Bad Gateway", headers=_CDN_OWN,
        body=b"<HTML><TITLE>ERROR: The request could not be satisfied</TITLE></HTML>",
        finding=_F.CLOUDFRONT_BAD_ORIGIN, certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="CloudFront, origin too slow", status="504 Gateway Timeout", headers=_CDN_OWN,
        finding=_F.CLOUDFRONT_TIMEOUT, certainty=SURE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="CloudFront, refused", status="403 Forbidden", headers=_CDN_OWN, finding=_F.CLOUDFRONT_REFUSED,
        layer=_L.GATEWAY,
    ),
    Recorded(
        name="CloudFront, no capacity", status="503 Service Unavailable", headers=_CDN_OWN,
        finding=_F.CLOUDFRONT_UNAVAILABLE, layer=_L.GATEWAY,
    ),
    Recorded(
        name="CloudFront, a function's answer", status="503 Service Unavailable",
        headers=("server: CloudFront", "x-cache: FunctionGeneratedResponse from cloudfront"),
        finding=_F.CLOUDFRONT_UNAVAILABLE, layer=_L.GATEWAY,
    ),
    Recorded(
        name="the application's 500 through CloudFront", status="500 Internal Server Error",
        headers=("server: uvicorn", *_CDN_PASSED_ON), body=b"Internal Server Error", finding=_F.APPLICATION,
        layer=_L.APPLICATION,
    ),
    Recorded(name="somebody's 500 through CloudFront", status="500 Internal Server Error", headers=_CDN_PASSED_ON),
    Recorded(
        name="S3, access denied", status="403 Forbidden", headers=_S3,
        body=b"<?xml version='1.0'?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
        finding=_F.S3_DENIED, certainty=SURE, layer=_L.STORAGE,
    ),
    Recorded(
        name="S3 behind CloudFront, no such object", status="404 Not Found", headers=(*_S3, *_CDN_PASSED_ON),
        body=b"<Error><Code>NoSuchKey</Code></Error>", finding=_F.S3_MISSING, certainty=SURE, layer=_L.STORAGE,
    ),
    Recorded(
        name="S3, slow down", status="503 Slow Down", headers=_S3, body=b"<Error><Code>SlowDown</Code></Error>",
        finding=_F.S3_BUSY, layer=_L.STORAGE,
    ),
    Recorded(
        name="Cloudflare's challenge", status="403 Forbidden", headers=(*_FLARE, "cf-mitigated: challenge"),
        finding=_F.CLOUDFLARE_CHALLENGED, certainty=SURE, layer=_L.GATEWAY,
    ),
    *(
        Recorded(name=f"Cloudflare's {code}", status=f"{code} <none>", headers=_FLARE, finding=finding,
                 certainty=certainty, layer=_L.ORIGIN)
        for code, finding, certainty in (
            (520, _F.CLOUDFLARE_BAD_ORIGIN, SURE),
            (521, _F.CLOUDFLARE_UNREACHABLE, SURE),
            (522, _F.CLOUDFLARE_UNREACHABLE, SURE),
            (523, _F.CLOUDFLARE_UNREACHABLE, SURE),
            (524, _F.CLOUDFLARE_TIMEOUT, SURE),
            (525, _F.CLOUDFLARE_TLS, SURE),
            (526, _F.CLOUDFLARE_TLS, SURE),
            (530, _F.CLOUDFLARE_UNREACHABLE, LIKELY),
        )
    ),
    Recorded(name="somebody's 500 through Cloudflare", status="500 Internal Server Error", headers=_FLARE),
    Recorded(
        name="nginx, server refuses", status="502 Bad Gateway", headers=("server: nginx/1.27.2",),
        body=_page("502 Bad Gateway", after="<hr><center>nginx/1.27.2</center>\r\n"), finding=_F.PROXY_UNREACHABLE,
        layer=_L.ORIGIN,
    ),
    Recorded(
        name="nginx behind Cloudflare, server too slow", status="504 Gateway Time-out", headers=_FLARE,
        body=_page("504 Gateway Time-out", after="<hr><center>nginx</center>\r\n"), finding=_F.PROXY_TIMEOUT,
        layer=_L.ORIGIN,
    ),
    Recorded(
        name="the application's 503 through nginx", status="503 Service Unavailable", headers=("server: nginx",),
        body=b'{"status":"unhealthy"}',
    ),
    Recorded(
        name="Envoy without servers", status="503 Service Unavailable", headers=("server: envoy",),
        body=b"no healthy upstream", finding=_F.PROXY_NO_TARGET, layer=_L.ORIGIN,
    ),
    Recorded(
        name="Envoy, server refuses", status="503 Service Unavailable", headers=("server: istio-envoy",),
        body=b"upstream connect error or disconnect/reset before headers. reset reason: connection failure",
        finding=_F.PROXY_UNREACHABLE, layer=_L.ORIGIN,
    ),
    Recorded(
        name="Envoy, server too slow", status="504 Gateway Timeout", headers=("server: envoy",),
        body=b"upstream request timeout", finding=_F.PROXY_TIMEOUT, layer=_L.ORIGIN,
    ),
    Recorded(
        name="HAProxy without servers", status="503 Service Unavailable",
        body=b"<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body>",
        finding=_F.PROXY_NO_TARGET, layer=_L.ORIGIN,
    ),
    Recorded(
        name="uvicorn's 500", status="500 Internal Server Error", headers=("server: uvicorn",),
        body=b"Internal Server Error", finding=_F.APPLICATION, layer=_L.APPLICATION,
    ),
    Recorded(
        name="gunicorn's 503", status="503 Service Unavailable", headers=("server: gunicorn",),
        finding=_F.APPLICATION, layer=_L.APPLICATION,
    ),
    Recorded(name="nobody in particular", status="500 Internal Server Error", headers=("server: thing",)),
    Recorded(
        name="a page that talks of gateways", status="500 Internal Server Error",
        body=b"awselb/2.0 Endpoint request timed out x-amz-apigw-id",
    ),
)  # fmt: skip
