"""`app.py` as the CDK starts it: as a program, without network, account or Docker."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra.options import ROOT

_BAD = 2
_NO_NETWORK = ["unshare", "--net", "--map-root-user"]

GOOD = """
page: {id: acme, title: Acme API Status}
monitors:
  - {id: api, name: API, http: {url: "https://api.acme.example/health"}}
"""

PROBLEMS = {
    "no such file": (None, "pulseboard.yaml"),
    "not YAML": ("page: {id: [", "pulseboard.yaml:1"),
    "empty": ("", "pulseboard.yaml"),
    "an unknown key": (GOOD + "alert: {}\n", "alerts"),
    "two monitors of one id": (GOOD + '  - {id: api, name: Other, http: {url: "https://b.acme.example"}}\n', "api"),
    "an interval of seconds": (GOOD.replace("name: API", "name: API, interval: 10s"), "interval"),
    "a region that is none": (GOOD + "regions: [eu-west-9]\n", "eu-west-9"),
    "a domain without a way to a certificate": (
        GOOD.replace("title: Acme API Status", "title: A, domain: {name: status.acme.example}"),
        "certificate",
    ),
}


def synth(config: Path, output: Path, *prefix: str, **context: str) -> "subprocess.CompletedProcess[str]":
    """Start the app as the CDK does, in an environment that knows no AWS and no way out."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "HOME": str(output),
        "CDK_OUTDIR": str(output / "assembly"),
        "CDK_CONTEXT_JSON": json.dumps({"config": str(config), **context}),
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "DOCKER_HOST": "unix:///nowhere",
    }
    return subprocess.run(
        [*prefix, sys.executable, ROOT / "app.py"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _may_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*_NO_NETWORK, "true"], capture_output=True, check=False).returncode == 0


def test_synth_needs_no_network_no_account_and_no_docker(tmp_path: Path) -> None:
    """In a network namespace without any interface, where the system allows one; else behind a dead proxy.

    What was validated is what ships.
    """
    config = tmp_path / "pulseboard.yaml"
    config.write_text(GOOD + "regions: [eu-west-1, us-east-1]\n")

    done = synth(config, tmp_path, *(_NO_NETWORK if _may_unshare() else []))

    assert done.returncode == 0, done.stderr
    templates = {path.name for path in (tmp_path / "assembly").glob("*.template.json")}
    assert templates == {"Pulseboard-acme.template.json", "Pulseboard-acme-probe-us-east-1.template.json"}
    [shipped] = (tmp_path / "assembly").glob("asset.*/config.json")
    assert [monitor["id"] for monitor in json.loads(shipped.read_text())["monitors"]] == ["api"]


@pytest.mark.parametrize(("text", "named"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_bad_configuration_is_told_and_nothing_is_made(tmp_path: Path, text: str | None, named: str) -> None:
    """Exit 2, the problem on standard error, no traceback, no template."""
    config = tmp_path / "pulseboard.yaml"
    if text is not None:
        config.write_text(text)

    done = synth(config, tmp_path)

    assert done.returncode == _BAD, done.stderr
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("assembly/*.template.json")) == []


@pytest.mark.parametrize("context", [{"local": "here"}, {"encrypt_alerts": "perhaps"}])
def test_a_bad_option_is_told(tmp_path: Path, context: dict[str, str]) -> None:
    """The same way out for what stands on the command line."""
    config = tmp_path / "pulseboard.yaml"
    config.write_text(GOOD)

    done = synth(config, tmp_path, **context)

    assert done.returncode == _BAD
    assert f"-c {next(iter(context))}=" in done.stderr
    assert "Traceback" not in done.stderr
