"""pulseboard.yaml to config.json and back into the domain's types."""

from pathlib import Path

import pytest

from configuration import Configuration, load
from functions.domain.checks.http import HttpRequest
from functions.domain.monitor import Confirmation, Shard
from functions.domain.page import Page
from tests.configuration.texts import compiled, deployed

ACME = """
page:
  id: acme
  title: Acme API Status
  language: en
defaults:
  interval: 60s
  timeout: 10s
monitors:
  - id: shop-api
    name: Shop API
    group: Core
    http:
      url: https://api.acme.example/health
      headers: {authorization: "Bearer secret:acme/probe-token"}
    expect:
      status: 200
      json:
        $.status: healthy
        $.checks.database: ok
        $.queue.depth: {lt: 100}
      headers: {content-type: {contains: json}}
      latency: {lt: 2s}
      certificate: {expires_in: {gt: 14d}}
    degraded:
      status: 503
      latency: {gt: 800ms}
"""

PAGE = "page: {id: acme, title: Acme}\n"


def load_text(tmp_path: Path, text: str, **environment: str) -> Configuration:
    """Load `text` as a file."""
    path = tmp_path / "pulseboard.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path, environment=environment)


def test_the_example_compiles_to_exactly_this(tmp_path: Path) -> None:
    """The file that the documentation begins with: defaults filled in, units gone, matchers in one form."""
    configuration = load_text(tmp_path, ACME)
    assert configuration.runtime["monitors"] == [
        {
            "id": "shop-api",
            "name": "Shop API",
            "group": "Core",
            "description": None,
            "interval": 60,
            "timeout": 10.0,
            "attempts": 2,
            "attempt_gap": 2.0,
            "confirmation": {"failures": 1, "recoveries": 2},
            "check": {
                "kind": "http",
                "url": "https://api.acme.example/health",
                "headers": {"authorization": "Bearer secret:acme/probe-token"},
            },
            "expect": {
                "status": {"eq": 200},
                "json": {
                    "$.status": {"eq": "healthy"},
                    "$.checks.database": {"eq": "ok"},
                    "$.queue.depth": {"lt": 100},
                },
                "headers": {"content-type": {"contains": "json"}},
                "latency": {"lt": 2000},
                "certificate": {"expires_in": {"gt": 1209600}},
            },
            "degraded": {"status": {"eq": 503}, "latency": {"gt": 800}},
        }
    ]
    assert configuration.warnings == ()


def test_the_example_comes_back_as_the_domain_knows_it(tmp_path: Path) -> None:
    """What was compiled decodes into pages, shards and monitors."""
    config = deployed(load_text(tmp_path, ACME))
    monitor = config.monitors["shop-api"]
    assert monitor.check == HttpRequest(
        url="https://api.acme.example/health", headers={"authorization": "Bearer secret:acme/probe-token"}
    )
    assert (monitor.interval, monitor.timeout, monitor.attempts, monitor.attempt_gap) == (60, 10.0, 2, 2.0)
    assert monitor.confirmation == Confirmation(failures=1, recoveries=2)
    assert config.pages == (Page(id="acme", title="Acme API Status", monitors=("shop-api",), groups=("Core",)),)
    assert config.shards == {"60s-0": Shard(id="60s-0", interval=60, regions=(), monitors=("shop-api",))}
    assert config.monitors_of("60s-0") == (monitor,)


@pytest.mark.parametrize(
    ("http", "request_"),
    [
        ("method: POST, json: {a: [1, null]}", {"method": "POST", "json": {"a": [1, None]}, "has_json": True}),
        ("method: POST, json: null", {"method": "POST", "json": None, "has_json": True}),
        ("method: PUT, form: {a: b}", {"method": "PUT", "form": {"a": "b"}}),
        ("method: PATCH, text: hello", {"method": "PATCH", "text": "hello"}),
        ("auth: {bearer: 'secret:t'}", {"auth": ("bearer", "secret:t")}),
        ("auth: {basic: {user: u, password: 'secret:p'}}", {"auth": ("basic", "u", "secret:p")}),
        ("redirects: none", {"redirects": 0}),
        ("redirects: false", {"redirects": 0}),
        ("redirects: 3", {"redirects": 3}),
        ("http2: true, verify: false", {"http2": True, "verify": False}),
        ("query: {q: '1'}, headers: {X-A: b}", {"query": {"q": "1"}, "headers": {"x-a": "b"}}),
        ("client_certificate: 'secret:pem'", {"client_certificate": "secret:pem"}),
    ],
)
def test_every_part_of_a_request_arrives(tmp_path: Path, http: str, request_: dict[str, object]) -> None:
    """From the words of the file to the fields of the request."""
    text = f"{PAGE}monitors: [{{id: a, http: {{url: 'https://a.example', {http}}}}}]\n"
    monitor = deployed(load_text(tmp_path, text)).monitors["a"]
    assert monitor.check == HttpRequest(url="https://a.example", **request_)  # type: ignore[arg-type]  # of the table


def test_an_anchor_may_be_given_again() -> None:
    """As YAML has it: an alias means the newest one before it, and nobody is warned."""
    text = "page: {id: &a a, title: &a A}\nmonitors: [{id: x, name: *a, http: {url: 'https://x.example'}}]\n"
    assert deployed(compiled(text)).monitors["x"].name == "A"
