"""People open an incident, say what they know, and end it: by the command, the API behind IAM, the page and SNS."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cli.local.emulator import CREDENTIALS
from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.subscriber import Subscriber

_COMMAND = Path(sys.executable).with_name("pulseboard")


def _incident(deployment: Deployment, *words: str, status: int = 0) -> Any:  # noqa: ANN401 (JSON)
    """Run `pulseboard incident …` as somebody with credentials would, and return what it printed."""
    done = subprocess.run(
        [_COMMAND, "incident", *words, "--json", "--stack", deployment.deployed.name],
        env={
            **os.environ,
            **CREDENTIALS,
            "AWS_ENDPOINT_URL": deployment.stack.endpoint_url,
            "AWS_DEFAULT_REGION": deployment.stack.region,
        },
        input="",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout) if status == 0 else done.stderr


def test_an_incident_goes_from_the_command_to_the_page_and_to_the_team(
    deployment: Deployment, subscriber: Subscriber, tmp_path: Path
) -> None:
    """Opened, taken on, explained and ended; each step is shown and told, each once."""
    words = tmp_path / "words.md"
    words.write_text("Orders are **refused** for some. <script>alert(1)</script>\n")
    opened = _incident(
        deployment, "open", "Orders are refused", "-m", "orders=down", "--file", str(words), "--by", "Kim"
    )
    told = subscriber.wait_for("orders", "opened")["Message"]
    assert (told["incident"]["id"], told["title"], told["origin"]) == (opened["id"], "Orders are refused", "person")
    assert (told["severity"], told["by"]) == ("critical", "Kim")

    shown = wait_until(lambda: deployment.incidents("orders"), within=30, what="the incident in status.json")
    assert [i["title"] for i in shown] == ["Orders are refused"]
    wait_until(lambda: deployment.monitor("orders")["status"] == "outage", within=20, what="the monitor shown as down")
    page = wait_until(lambda: deployment.page(f"/incidents/{opened['id']}"), within=20, what="the incident's page")
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert "Orders are <strong>refused</strong>" in page.text

    _incident(deployment, "acknowledge", opened["id"], "--by", "Payments team")
    _incident(deployment, "update", opened["id"], "--status", "identified", "--body", "A lock in the database.")
    subscriber.wait_for("orders", "acknowledged")
    subscriber.wait_for("orders", "updated")
    wait_until(
        lambda: (deployment.incidents("orders")[0]["acknowledged"] or {}).get("by") == "Payments team",
        within=30,
        what="who is on it",
    )

    _incident(deployment, "resolve", opened["id"], "--body", "Orders are taken again.")
    _incident(deployment, "postmortem", opened["id"], "--body", "# Why\n\nA lock.")
    subscriber.wait_for("orders", "resolved")
    subscriber.wait_for("orders", "postmortem")
    wait_until(lambda: deployment.incidents("orders")[0]["postmortem"], within=30, what="the postmortem")
    assert deployment.incidents("orders")[0]["status"] == "resolved"
    assert deployment.monitor("orders")["status"] != "outage"
    for kind in ("opened", "acknowledged", "updated", "resolved", "postmortem"):
        assert len(subscriber.told("orders", kind)) == 1
    assert opened["id"] not in {one["id"] for one in _incident(deployment, "list", "--open")["incidents"]}
    assert opened["id"] in {one["id"] for one in _incident(deployment, "list")["incidents"]}


@pytest.mark.parametrize(("method", "path"), [("GET", "/incidents"), ("POST", "/incidents"), ("PUT", "/incidents/x/y")])
def test_nobody_writes_or_reads_without_a_signature(deployment: Deployment, method: str, path: str) -> None:
    """API Gateway turns them away; the function is not even started."""
    parts = urlsplit(deployment.stack.api_url)
    connection = HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
    connection.request(method, path, body=b"{}", headers={"Host": parts.netloc})
    assert connection.getresponse().status == 403
    connection.close()


def test_bad_input_is_told_with_what_was_meant(deployment: Deployment) -> None:
    """With exit status 2, and nothing is opened."""
    said = _incident(deployment, "open", "Title", "-m", "ordrs=down", "--body", "x", status=2)
    assert "Did you mean `orders`?" in said
    assert "write ID=down" in _incident(deployment, "open", "Title", "-m", "orders", "--body", "x", status=2)
    assert "no such incident" in _incident(deployment, "show", "nothing", status=2)
