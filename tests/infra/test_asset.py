"""The code asset, in an interpreter that has nothing but it and boto3: what Lambda has."""

import json
import subprocess
from pathlib import Path

import pytest

from cli.local.places import Places
from configuration import load
from infra.bundling import assemble, asset_hash, config_json
from infra.options import ROOT

_ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_LAMBDA_FUNCTION_NAME": "test",
    "TABLE_NAME": "pulseboard-shop",
    "TABLE_REGION": "eu-west-1",
    "BUCKET_NAME": "site",
    "TOPIC_ARN": "arn:aws:sns:eu-west-1:123456789012:alerts",
    "PAGE_URL": "https://status.acme.example",
    "API_URL": "https://api.acme.example",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_METRICS_NAMESPACE": "Pulseboard",
}
_IMPORT = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
handler = importlib.import_module(f"functions.{sys.argv[2]}.handler")
assert callable(handler.lambda_handler)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""

_ALWAYS = {"aws_lambda_powertools", "boto3", "botocore", "jmespath"}
PACKAGES = {
    "probe": _ALWAYS | {"httpx"},
    "judge": _ALWAYS,
    "notify": _ALWAYS,
    "render": _ALWAYS | {"jinja2"},
    "api": _ALWAYS,
    "operator": _ALWAYS,
    "rollup": _ALWAYS,
}
"""The packages that decide how long a cold start takes, of those that a handler may import and may not."""
_WATCHED = {
    *("boto3", "botocore", "jmespath", "aws_lambda_powertools", "aws_xray_sdk"),
    *("httpx", "httpcore", "anyio", "h2", "click", "rich", "pygments"),
    *("jinja2", "markdown_it", "jsonpath_ng", "ply", "pydantic", "jsonschema"),
}

BRAND = {"brands/acme/brand.css": b"h1 { font-weight: 700 }"}
"""What a page brings along."""


@pytest.fixture(scope="module")
def asset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the asset of the demo's pulseboard.yaml."""
    folder = tmp_path_factory.mktemp("asset")
    assemble(config_json(load(ROOT / "pulseboard.yaml").runtime), BRAND, folder)
    return folder


@pytest.mark.parametrize("function", PACKAGES)
def test_a_handler_imports_what_it_needs_and_no_more(asset: Path, function: str) -> None:
    """A cold start follows imports: each of these costs between 20 and 400 ms."""
    done = subprocess.run(
        [Places().emulator, "-I", "-B", "-c", _IMPORT, asset, function],
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) & _WATCHED == PACKAGES[function]


def test_nothing_of_the_tools_is_shipped(asset: Path) -> None:
    """Neither the validator nor the YAML parser, nor what the runtime brings itself, nor the tests."""
    shipped = {path.name for path in asset.iterdir()}

    assert (asset / "brands/acme/brand.css").read_bytes() == BRAND["brands/acme/brand.css"]

    assert {"functions", "site_templates", "config.json"} <= shipped
    assert shipped.isdisjoint(
        {"pydantic", "ruamel", "yaml", "boto3", "botocore", "configuration", "infra", "cli", "tests"}
    )


def test_what_is_compiled_has_the_same_in_python(asset: Path) -> None:
    """The asset runs on Lambda's processor and on this machine's: markupsafe does without its part where it must."""
    compiled = {path.relative_to(asset).parts[0] for path in asset.rglob("*.so*")}
    assert compiled <= {"markupsafe"}
    assert (asset / "markupsafe" / "_native.py").exists()


def test_no_bytecode_and_no_program_is_shipped(asset: Path) -> None:
    """Bytecode of this machine's Python is of no use to Lambda's, and would change the asset with each build."""
    assert [path for path in asset.rglob("*") if path.suffix == ".pyc" or path.name == "__pycache__"] == []
    assert not (asset / "bin").exists()


def test_the_hash_follows_the_configuration() -> None:
    """A changed monitor is a changed asset, and the same configuration is the same one."""
    one, other = config_json({"version": 1}), config_json({"version": 1, "monitors": []})

    assert asset_hash(one, BRAND) == asset_hash(config_json({"version": 1}), dict(BRAND))
    assert asset_hash(one, BRAND) != asset_hash(other, BRAND)
    assert asset_hash(one, BRAND) != asset_hash(one, {})
    assert asset_hash(one, BRAND) != asset_hash(one, dict.fromkeys(BRAND, b"another"))
