"""`pulseboard validate`, as a person and as a program use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = """page: {id: acme, title: Acme}
regions: [eu-central-1, us-east-1]
monitors:
  - id: api
    http:
      url: https://x.example
      headers: {authorization: "Bearer secret:acme/token", x-api-key: "secret:/acme/key"}
  - id: web
    regions: [us-east-1]
    http: {url: "https://x.example"}
"""
BAD = """page: {id: acme, title: Acme}
monitors:
  - id: api
    intervall: 60s
    http: {url: x.example}
"""
WARNED = """page: {id: acme, title: Acme}
monitors:
  - id: api
    http: {url: "https://x.example", auth: {bearer: abcdef}}
"""


def pulseboard(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, without a terminal."""
    code = "from cli.main import app; app()"
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def write(folder: Path, text: str, name: str = "pulseboard.yaml") -> None:
    """Write a file into `folder`."""
    (folder / name).write_text(text, encoding="utf-8")


def test_a_file_that_is_fine_is_summed_up(tmp_path: Path) -> None:
    """Monitors, shards, regions and the secrets that have to be there; nothing on the standard error."""
    write(tmp_path, GOOD)
    done = pulseboard("validate", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "pulseboard.yaml is fine. The page `acme` (Acme) shows 2 monitors, checked in 2 shards from eu-central-1, "
        "us-east-1. It needs 2 secrets: acme/token (Secrets Manager), /acme/key (Parameter Store).\n"
    )


def test_all_problems_are_told_and_the_exit_status_is_2(tmp_path: Path) -> None:
    """One line each, in the form that editors and terminals link to, and plain where nobody watches."""
    write(tmp_path, BAD, "other.yaml")
    done = pulseboard("validate", "other.yaml", cwd=tmp_path)
    assert done.returncode == 2
    first, second, last = done.stdout.splitlines()
    assert first.startswith('other.yaml:4:5: monitors[0].intervall: unknown key "intervall"; allowed here: ')
    assert first.endswith("`. Did you mean `interval`?")
    assert second.startswith("other.yaml:5:17: monitors[0].http.url: found no scheme")
    assert last == "2 problems to mend in other.yaml."
    assert "\x1b" not in done.stdout


def test_a_file_that_is_not_there_is_told_like_any_problem(tmp_path: Path) -> None:
    """No traceback for a typing error."""
    done = pulseboard("validate", cwd=tmp_path)
    assert done.returncode == 2
    assert "pulseboard.yaml:1:1: there is no such file" in done.stdout
    assert "Traceback" not in done.stderr


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    """They are told before the summary."""
    write(tmp_path, WARNED)
    done = pulseboard("validate", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("warning: pulseboard.yaml:4:53: monitors[0].http.auth.bearer: this looks like a cred")
    assert done.stdout.endswith("There is 1 warning above.\n")
    assert "abcdef" not in done.stdout


def test_json_of_a_file_that_is_fine(tmp_path: Path) -> None:
    """What a pipeline needs to know before it deploys."""
    write(tmp_path, GOOD)
    done = pulseboard("validate", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["valid"] is True
    assert (document["page"], document["monitors"]) == ("acme", ["api", "web"])
    assert document["shards"][0] == {
        "id": "60s-0",
        "interval": 60,
        "regions": ["eu-central-1", "us-east-1"],
        "monitors": ["api"],
        "timeout": 32,
    }
    assert document["secrets"] == [
        {"store": "secretsmanager", "name": "acme/token"},
        {"store": "ssm", "name": "/acme/key"},
    ]


def test_json_of_a_file_that_is_not(tmp_path: Path) -> None:
    """The same problems, field by field."""
    write(tmp_path, BAD)
    done = pulseboard("validate", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert (done.returncode, document["valid"], document["warnings"]) == (2, False, [])
    assert document["problems"][0] == {
        "file": "pulseboard.yaml",
        "line": 4,
        "column": 5,
        "path": "monitors[0].intervall",
        "message": document["problems"][0]["message"],
        "suggestion": "interval",
    }


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_the_demo_file_is_fine(arguments: tuple[str, ...]) -> None:
    """What `make up` deploys, without anything in the environment."""
    done = pulseboard("validate", *arguments, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert "warning:" not in done.stdout


def test_schema_prints_what_the_repository_holds(tmp_path: Path) -> None:
    """So that it can be made again."""
    done = pulseboard("schema", cwd=tmp_path)
    assert done.stdout == (ROOT / "pulseboard.schema.json").read_text(encoding="utf-8")


def test_what_aws_is_asked_about_is_told(tmp_path: Path) -> None:
    """Whoever deploys sees what the probe's role may see."""
    checks = "{alarm: api-5xx, region: eu-west-1}", "{dead_letter_queue: failed, region: us-east-1}"
    monitors = "".join(f"  - {{id: m{at}, aws: {check}}}\n" for at, check in enumerate(checks))
    write(tmp_path, f"page: {{id: acme, title: Acme}}\nmonitors:\n{monitors}")
    done = pulseboard("validate", cwd=tmp_path)
    assert "It asks AWS about the alarm api-5xx (eu-west-1), the queue failed (us-east-1)." in done.stdout
    document = json.loads(pulseboard("validate", "--json", cwd=tmp_path).stdout)
    assert [(each["kind"], each["name"]) for each in document["aws"]] == [("alarm", "api-5xx"), ("queue", "failed")]
