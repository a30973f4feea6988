"""`pulseboard check` from a person's and from a machine's side."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.probe.test_tls import answers_plainly
from tests.targets.behaviours import healthy, says
from tests.targets.dns import name_server
from tests.targets.lines import greets, served
from tests.targets.server import Call, answer
from tests.targets.shop import Shop
from tests.targets.threaded import on_another_loop, serving_from_another_loop
from tests.targets.websocket import echoes, speaks

RUNNER = CliRunner()


async def guarded(call: Call) -> None:
    """Be healthy towards those who know the word."""
    known = call.headers.get("authorization") == "Bearer hunter2"
    await call.send(answer() if known else answer(status="401 Unauthorized"))


@pytest.fixture
def ports() -> Iterator[dict[str, int]]:
    """Give targets: a healthy one, a degraded one, one that wants a token, and nobody."""
    degraded = says(answer(b'{"status":"degraded","database":"fail"}', status="503 Service Unavailable"))
    with (
        serving_from_another_loop(healthy) as good,
        serving_from_another_loop(degraded) as bad,
        serving_from_another_loop(guarded) as wants_token,
        socket.socket() as unused,
    ):
        unused.bind(("127.0.0.1", 0))
        yield {"good": good, "bad": bad, "token": wants_token, "nobody": unused.getsockname()[1]}


def written(folder: Path, ports: dict[str, int], *monitors: str, headers: str = "{}") -> Path:
    """Return a pulseboard.yaml with these monitors, whose names are those of the targets."""
    lines = [
        "page: {id: test, title: Test}",
        "allow_private_targets: true",
        "defaults: {interval: 60s, timeout: 2s, attempts: 1}",
        "monitors:",
        *(
            f'  - {{id: {m}, name: {m}, http: {{url: "http://127.0.0.1:{ports[m]}/", headers: {headers}}}}}'
            for m in monitors
        ),
    ]
    path = folder / "pulseboard.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def document(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit status and the results that `--json` prints."""
    done = RUNNER.invoke(app, ["check", *arguments, "--json"])
    parsed = json.loads(done.stdout)
    assert list(parsed) == ["results"]
    return done.exit_code, parsed["results"]


def test_who_answered_stands_below_the_reason(tmp_path: Path) -> None:
    """Labelled with how sure that is, for people and for machines."""
    no_target = says(answer(b"", status="503 Service Unavailable", headers=("server: awselb/2.0",)))
    with serving_from_another_loop(no_target) as port:
        file = str(written(tmp_path, {"shop": port}, "shop"))
        _, (result,) = document(file)
        shown = RUNNER.invoke(app, ["check", file]).stdout
    assert result["attribution"].startswith("likely: the load balancer answered, not the application")
    assert f"\n  {result['attribution']}\n" in shown


def test_all_up_is_exit_status_0(tmp_path: Path, ports: dict[str, int]) -> None:
    """One result, with status code, latency and phases in milliseconds."""
    status, results = document(str(written(tmp_path, ports, "good")))
    assert status == 0
    (result,) = results
    assert list(result) == [
        "monitor",
        "verdict",
        "failure",
        "reason",
        "attribution",
        "status_code",
        "latency_ms",
        "phases",
        "parts",
    ]
    assert list(result["phases"]) == ["dns", "connect", "tls", "first_byte", "transfer"]
    assert (result["monitor"], result["verdict"], result["failure"]) == ("good", "up", None)
    assert (result["reason"], result["status_code"]) == (None, 200)
    assert 0 < result["latency_ms"] < 2000
    assert result["phases"]["tls"] is None


def test_anything_else_is_exit_status_1_and_in_the_files_order(tmp_path: Path, ports: dict[str, int]) -> None:
    """Degraded and down are told with kind and reason; what is up stays up."""
    status, results = document(str(written(tmp_path, ports, "nobody", "bad", "good")))
    assert status == 1
    assert [(r["monitor"], r["verdict"], r["failure"]) for r in results] == [
        ("nobody", "down", "connect"),
        ("bad", "degraded", "status"),
        ("good", "up", None),
    ]
    assert "refused" in results[0]["reason"]
    assert results[0]["latency_ms"] is None
    assert "database" in results[1]["reason"]


def test_one_monitor_can_be_chosen(tmp_path: Path, ports: dict[str, int]) -> None:
    """The others are not asked."""
    status, results = document(str(written(tmp_path, ports, "nobody", "good")), "--monitor", "good")
    assert status == 0
    assert [r["monitor"] for r in results] == ["good"]


def test_the_table_says_what_failed(tmp_path: Path, ports: dict[str, int]) -> None:
    """Piped, each monitor is one whole line, and the reasons stand below."""
    done = RUNNER.invoke(app, ["check", str(written(tmp_path, ports, "good", "nobody"))])
    assert done.exit_code == 1
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][:3] == ["monitor", "verdict", "status"]
    assert lines[1][:3] == ["good", "up", "200"]
    assert lines[2][:2] == ["nobody", "down"]
    assert f"nobody is down (connect): connection refused by 127.0.0.1:{ports['nobody']}" in done.stdout
    assert done.stderr == ""


def test_an_unknown_monitor_is_exit_status_2_with_the_nearest(tmp_path: Path, ports: dict[str, int]) -> None:
    """A slip of the pen is met with what was probably meant."""
    done = RUNNER.invoke(app, ["check", str(written(tmp_path, ports, "good")), "--monitor", "goood"])
    assert done.exit_code == 2
    assert done.stderr == "There is no monitor `goood`. Did you mean `good`?\n"


@pytest.mark.parametrize("text", [None, "monitors: 7\n", "page: ["], ids=["no file", "wrong", "no YAML"])
def test_a_file_that_cannot_be_used_is_exit_status_2(text: str | None, tmp_path: Path) -> None:
    """What is wrong stands on the standard error."""
    path = tmp_path / "pulseboard.yaml"
    if text is not None:
        path.write_text(text)
    done = RUNNER.invoke(app, ["check", str(path), "--json"])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert str(path) in done.stderr


def test_secrets_come_from_the_environment(
    tmp_path: Path, ports: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its variable a check is not made, and the reason names the variable; with it the target is up."""
    path = written(tmp_path, ports, "token", "good", headers='{authorization: "Bearer secret:acme/probe-token"}')
    status, results = document(str(path))
    assert status == 1
    assert [(r["verdict"], r["failure"]) for r in results] == [("no_data", None)] * 2
    assert "PULSEBOARD_SECRET_ACME_PROBE_TOKEN" in results[0]["reason"]
    monkeypatch.setenv("PULSEBOARD_SECRET_ACME_PROBE_TOKEN", "hunter2")
    status, results = document(str(path))
    assert (status, results[0]["verdict"]) == (0, "up")
    monkeypatch.setenv("PULSEBOARD_SECRET_ACME_PROBE_TOKEN", "wrong")
    status, results = document(str(path), "--monitor", "token")
    assert (status, results[0]["verdict"], results[0]["status_code"]) == (1, "down", 401)


def test_every_kind_is_checked(tmp_path: Path) -> None:
    """TCP, DNS and WebSockets beside HTTP: in the table and as JSON, with no status where there is none."""
    with (
        on_another_loop(greets(b"220 mail\r\n")) as mail,
        on_another_loop(name_server) as names,
        on_another_loop(speaks(echoes)) as sockets,
        on_another_loop(served(answers_plainly)) as plain,
    ):
        path = tmp_path / "pulseboard.yaml"
        path.write_text(
            "page: {id: test, title: Test}\nallow_private_targets: true\ndefaults: {timeout: 2s, attempts: 1}\n"
            "monitors:\n"
            f"  - {{id: tcp, tcp: {{host: 127.0.0.1, port: {mail}}}, expect: {{body: {{starts_with: '220'}}}}}}\n"
            f"  - {{id: dns, dns: {{name: shop.test, type: MX, resolver: 127.0.0.1, port: {names}}}}}\n"
            f"  - {{id: ws, websocket: {{url: 'ws://127.0.0.1:{sockets}', send: hi}}, expect: {{body: hi}}}}\n"
            f"  - {{id: tls, tls: {{host: 127.0.0.1, port: {plain}}}}}\n"
        )
        status, results = document(str(path))
        table = RUNNER.invoke(app, ["check", str(path)])
    assert status == 1
    assert [(r["monitor"], r["verdict"], r["failure"], r["status_code"]) for r in results] == [
        ("tcp", "up", None, None),
        ("dns", "up", None, None),
        ("ws", "up", None, None),
        ("tls", "down", "tls", None),
    ]
    assert "tls is down (tls): the server does not speak TLS on this port" in table.stdout


def test_nothing_of_aws_is_loaded() -> None:
    """The command works where there is no AWS, and does not pay for importing it."""
    code = "import sys, cli.check; print(sorted(m for m in sys.modules if m.split('.')[0] in ('boto3', 'botocore')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.fixture
def with_steps(tmp_path: Path) -> Iterator[Path]:
    """Give a file with two steps, the second of which fails, and a third that is not reached."""
    with serving_from_another_loop(Shop(failing=frozenset({"/orders"}))) as port:
        steps: list[dict[str, object]] = [
            {"name": "Log in", "url": f"http://127.0.0.1:{port}/login", "extract": {"token": "$.access_token"}},
            {"name": "List orders", "url": f"http://127.0.0.1:{port}/orders", "auth": {"bearer": "{{ token }}"}},
            {"name": "Log out", "url": f"http://127.0.0.1:{port}/"},
        ]
        path = tmp_path / "pulseboard.yaml"
        path.write_text(
            json.dumps(
                {
                    "page": {"id": "a", "title": "A"},
                    "allow_private_targets": True,
                    "monitors": [{"id": "checkout", "attempts": 1, "steps": steps}],
                }
            )
        )
        yield path


def test_each_step_is_told(with_steps: Path) -> None:
    """By name, with its time, and those that were not reached; which one failed is in the reason."""
    plain = RUNNER.invoke(app, ["check", str(with_steps)])
    assert plain.exit_code == 1
    assert re.search(r"checkout: Log in [\d.]+ ms, List orders [\d.]+ ms, Log out -", plain.stdout)
    assert "step 2 “List orders”: status: expected 2xx, got 500" in plain.stdout
    document = json.loads(RUNNER.invoke(app, ["check", str(with_steps), "--json"]).stdout)
    [result] = document["results"]
    assert [(step["name"], step["ms"] is None) for step in result["steps"]] == [
        ("Log in", False),
        ("List orders", False),
        ("Log out", True),
    ]
