"""What is wrong with a request: its URL, its headers, its credentials."""

import pytest

from tests.configuration.texts import Expected, assert_problems, http, url

HTTP = (
    ("method lower", http("method: get"), ((6, 15, "monitors[0].http.method", 'found "get" (text)', "GET"),)),
    ("method", http("method: FETCH"), ((6, 15, "monitors[0].http.method", 'found "FETCH" (text)', "PATCH"),)),
    ("unknown", http("header: {a: b}"), ((6, 7, "monitors[0].http.header", 'unknown key "header"', "headers"),)),
    (
        "header number",
        http("headers: {x-version: 2}"),
        ((6, 28, "monitors[0].http.headers.x-version", "found 2 (a number)", '"2"'),),
    ),
    (
        "header name",
        http("headers: {'a b': c}"),
        ((6, 17, 'monitors[0].http.headers["a b"]', '"a b" is no header name', None),),
    ),
    (
        "header line",
        http('headers: {a: "b\\r\\nc: d"}'),
        ((6, 20, "monitors[0].http.headers.a", "found a line break or a control character, which a header", None),),
    ),
    (
        "content-length",
        http("headers: {Content-Length: '5'}"),
        ((6, 17, "monitors[0].http.headers.Content-Length", "`content-length` is set by the connection itself", None),),
    ),
    (
        "header case",
        http("headers: {Accept: a, accept: b}"),
        ((6, 28, "monitors[0].http.headers.accept", "the header `Accept` is there already", None),),
    ),
    (
        "query bool",
        http("query: {a: true}"),
        ((6, 18, "monitors[0].http.query.a", "found true (a yes-or-no value)", '"true"'),),
    ),
    (
        "form list",
        http("form: [a]"),
        (
            (6, 7, "monitors[0].http.form", "a body needs a method that is named, since the default is", None),
            (6, 13, "monitors[0].http.form", "found a list", None),
        ),
    ),
    (
        "two bodies",
        http("method: POST\n      json: {}\n      text: a"),
        ((8, 7, "monitors[0].http.text", "a request has one body, but `json`, `text` are there", None),),
    ),
    (
        "body without method",
        http("json: {a: 1}"),
        ((6, 7, "monitors[0].http.json", "a body needs a method that is named, since the default is", None),),
    ),
    (
        "auth none",
        http("auth: {}"),
        ((6, 13, "monitors[0].http.auth", "say who asks in one way: `basic` or `bearer`", None),),
    ),
    (
        "auth two",
        http("auth: {basic: {user: a, password: 'secret:p'}, bearer: 'secret:b'}"),
        ((6, 13, "monitors[0].http.auth", "say who asks in one way: `basic` or `bearer`", None),),
    ),
    (
        "auth key",
        http("auth: {barer: 'secret:b'}"),
        ((6, 14, "monitors[0].http.auth.barer", 'unknown key "barer"', "bearer"),),
    ),
    (
        "auth and header",
        http("headers: {Authorization: 'secret:a'}\n      auth: {bearer: 'secret:b'}"),
        ((7, 7, "monitors[0].http.auth", "`auth` and an `authorization` header are both there", None),),
    ),
    (
        "password number",
        http("auth: {basic: {user: a, password: 12345}}"),
        ((6, 41, "monitors[0].http.auth.basic.password", "found a value of another type", None),),
    ),
    (
        "redirects true",
        http("redirects: true"),
        ((6, 18, "monitors[0].http.redirects", "found true (a yes-or-no value)", None),),
    ),
    ("redirects many", http("redirects: 21"), ((6, 18, "monitors[0].http.redirects", "found 21 (a number)", None),)),
    ("http2", http("http2: 'yes'"), ((6, 14, "monitors[0].http.http2", 'found "yes" (text)', "true"),)),
    (
        "certificate",
        http("client_certificate: 'cert.pem'"),
        ((6, 27, "monitors[0].http.client_certificate", "a certificate and its key are never written here", None),),
    ),
    (
        "secret empty",
        http("headers: {authorization: 'Bearer secret:'}"),
        ((6, 32, "monitors[0].http.headers.authorization", "`secret:` is followed by no name", None),),
    ),
    (
        "secret blank",
        http("headers: {authorization: 'secret: name'}"),
        ((6, 32, "monitors[0].http.headers.authorization", "`secret:` is followed by no name", None),),
    ),
    (
        "secret key",
        http("auth: {bearer: 'secret:a#'}"),
        ((6, 22, "monitors[0].http.auth.bearer", "`#` is followed by no key", None),),
    ),
)

URL = (
    (
        "no scheme",
        url("x.example/health"),
        ((5, 12, "monitors[0].http.url", "found no scheme", "https://x.example/health"),),
    ),
    (
        "host and port",
        url("x.example:8080/health"),
        ((5, 12, "monitors[0].http.url", "found the scheme `x.example`", "https://x.example:8080/health"),),
    ),
    ("ftp", url("ftp://x.example"), ((5, 12, "monitors[0].http.url", "found the scheme `ftp`", None),)),
    (
        "htps",
        url("htps://x.example"),
        ((5, 12, "monitors[0].http.url", "found the scheme `htps`", "https://x.example"),),
    ),
    (
        "userinfo",
        url("https://u:p@x.example"),
        ((5, 12, "monitors[0].http.url", "a URL holds no user or password", None),),
    ),
    ("no host", url("https:///path"), ((5, 12, "monitors[0].http.url", "the URL has no host", None),)),
    (
        "blank",
        url("https://x.example/a b"),
        ((5, 12, "monitors[0].http.url", "found a blank or a control character in the URL", None),),
    ),
    (
        "control",
        url('"https://x.example/\\n"'),
        ((5, 12, "monitors[0].http.url", "found a blank or a control character in the URL", None),),
    ),
    (
        "port",
        url("https://x.example:99999"),
        ((5, 12, "monitors[0].http.url", '"https://x.example:99999" is not a URL: Port out of range', None),),
    ),
    ("port 0", url("https://x.example:0"), ((5, 12, "monitors[0].http.url", "port 0 cannot be asked", None),)),
    (
        "ipv6",
        url("'https://[::1'"),
        ((5, 12, "monitors[0].http.url", '"https://[::1" is not a URL: Invalid IPv6 URL', None),),
    ),
    (
        "fragment",
        url("'https://x.example/#top'"),
        ((5, 12, "monitors[0].http.url", "the part after `#` is never sent to a server", None),),
    ),
    ("host", url("https://x..example"), ((5, 12, "monitors[0].http.url", '"x..example" is no host name', None),)),
    ("secret", url("secret:target"), ((5, 12, "monitors[0].http.url", "found the scheme `secret`", None),)),
    ("number", url("5"), ((5, 12, "monitors[0].http.url", "found 5 (a number)", '"5"'),)),
)

ADDRESS = (
    ("127", url("http://127.0.0.1:8000"), ((5, 12, "monitors[0].http.url", "127.0.0.1 is a loopback address", None),)),
    (
        "localhost",
        url("http://localhost"),
        ((5, 12, "monitors[0].http.url", "`localhost` means 127.0.0.1, and 127.0.0.1 is a loopback address", None),),
    ),
    (
        "short",
        url("http://127.1"),
        ((5, 12, "monitors[0].http.url", "`127.1` means 127.0.0.1, and 127.0.0.1 is a loopback address", None),),
    ),
    (
        "hex",
        url("http://0x7f000001"),
        ((5, 12, "monitors[0].http.url", "`0x7f000001` means 127.0.0.1, and 127.0.0.1 is a loopback address", None),),
    ),
    (
        "decimal",
        url("http://2130706433"),
        ((5, 12, "monitors[0].http.url", "`2130706433` means 127.0.0.1, and 127.0.0.1 is a loopback address", None),),
    ),
    ("10", url("https://10.0.0.1"), ((5, 12, "monitors[0].http.url", "10.0.0.1 is a private address", None),)),
    ("v6", url("'http://[::1]/'"), ((5, 12, "monitors[0].http.url", "::1 is a loopback address", None),)),
    (
        "mapped",
        url("'http://[::ffff:10.0.0.1]/'"),
        ((5, 12, "monitors[0].http.url", "::ffff:10.0.0.1 holds 10.0.0.1, which is a private address", None),),
    ),
    (
        "meta",
        url("http://169.254.169.254/latest"),
        ((5, 12, "monitors[0].http.url", "169.254.169.254 is a link-local address, where instance", None),),
    ),
    (
        "meta allowed",
        "allow_private_targets: true\n" + url("http://169.254.169.254/latest"),
        ((6, 12, "monitors[0].http.url", "169.254.169.254 is a link-local address, where instance", None),),
    ),
    (
        "meta6",
        "allow_private_targets: true\n" + url("'http://[fd00:ec2::254]/'"),
        ((6, 12, "monitors[0].http.url", "fd00:ec2::254 is an instance-metadata address", None),),
    ),
    (
        "metaname",
        url("http://metadata.google.internal/"),
        ((5, 12, "monitors[0].http.url", "`metadata.google.internal` means 169.254.169.254, and", None),),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in (*HTTP, *URL, *ADDRESS)]
)
def test_every_problem_is_told_with_its_place(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, path, what is wrong, and the nearest known word."""
    assert_problems(text, expected)
