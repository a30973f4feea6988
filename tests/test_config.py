"""config.json, as the functions read it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from functions.config import Config, UnknownVersionError, decode_config, load_config
from functions.domain.checks.http import HttpRequest
from functions.domain.page import Page

DOCUMENT = {
    "version": 1,
    "allow_private_targets": True,
    "pages": [
        {
            "id": "acme",
            "title": "Acme",
            "language": "de",
            "description": "All of it",
            "time_zone": "Europe/Berlin",
            "custom_domain": "status.acme.example",
            "monitors": ["a", "b"],
            "groups": ["Core"],
        }
    ],
    "monitors": [
        {
            "id": name,
            "name": name.upper(),
            "group": "Core",
            "description": None,
            "interval": 60,
            "timeout": 10.0,
            "attempts": 2,
            "attempt_gap": 2.0,
            "confirmation": {"failures": 1, "recoveries": 2},
            "check": {
                "kind": "http",
                "url": "https://x.example",
                "auth": ["basic", "u", "secret:p"],
                "json": None,
                "method": "POST",
            },
            "expect": {"status": {"in": [200, "2xx"]}},
            "degraded": None,
        }
        for name in ("a", "b")
    ],
    "shards": [
        {"id": "60s-0", "interval": 60, "regions": ["eu-central-1"], "monitors": ["b", "a"]},
    ],
}


@pytest.fixture
def config() -> Config:
    """Decode the document anew."""
    return decode_config(json.loads(json.dumps(DOCUMENT)))


def test_pages_and_shards_are_typed(config: Config) -> None:
    """Lists of the document are tuples of the domain."""
    assert config.pages == (
        Page(
            id="acme",
            title="Acme",
            language="de",
            description="All of it",
            time_zone="Europe/Berlin",
            custom_domain="status.acme.example",
            monitors=("a", "b"),
            groups=("Core",),
        ),
    )
    assert config.shards["60s-0"].regions == ("eu-central-1",)
    assert config.allow_private_targets is True


def test_the_monitors_of_a_shard_are_in_its_order(config: Config) -> None:
    """The order in which results are recorded."""
    assert [monitor.id for monitor in config.monitors_of("60s-0")] == ["b", "a"]


def test_a_body_of_null_is_a_body(config: Config) -> None:
    """`json: null` is not the same as no body."""
    request = config.monitors["a"].check
    assert isinstance(request, HttpRequest)
    assert (request.json, request.has_json) == (None, True)
    assert request.auth == ("basic", "u", "secret:p")


def test_a_monitor_is_decoded_once(config: Config) -> None:
    """Its patterns and paths are compiled by then."""
    assert config.monitors["a"] is config.monitors["a"]


def test_a_monitor_that_nobody_asks_for_is_not_decoded() -> None:
    """A probe for one shard does not pay for the others: a broken monitor elsewhere does not even show."""
    document = json.loads(json.dumps(DOCUMENT))
    del document["monitors"][1]["name"]
    config = decode_config(document)
    assert config.monitors["a"].name == "A"
    assert (len(config.monitors), list(config.monitors), "b" in config.monitors) == (2, ["a", "b"], True)
    with pytest.raises(KeyError):
        config.monitors["b"]


def test_a_document_of_another_version_is_refused() -> None:
    """Code and config.json of different deployments do not mix."""
    with pytest.raises(UnknownVersionError, match="has version 2, this code reads version 1"):
        decode_config({**DOCUMENT, "version": 2})


def test_the_path_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test, or a person, can point a function at another file."""
    path = tmp_path / "other.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    monkeypatch.setenv("PULSEBOARD_CONFIG", str(path))
    assert load_config().pages[0].id == "acme"
    assert load_config(path).pages == load_config().pages


def test_reading_it_needs_the_standard_library_only() -> None:
    """No YAML parser, no validator and no JSON path parser in a cold start."""
    code = "import sys, functions.config; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"pydantic", "ruamel", "jsonpath_ng", "jsonpath_rfc9535", "httpx", "boto3", "jinja2"})
