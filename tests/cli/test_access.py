"""`pulseboard access` where there is nothing to ask."""

import pytest
from typer.testing import CliRunner

from cli.main import app


@pytest.mark.parametrize(
    "arguments", [["set", "internal", "ada", "--generate"], ["remove", "internal", "ada"], ["list", "internal"]]
)
def test_without_an_answer_from_aws_nothing_is_printed(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 1, the reason on standard error, and no password that would open nothing."""
    for name, value in {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(app, ["access", *arguments, "--stack", "Pulseboard-acme", "--region", "eu-west-1"])
    assert done.exit_code == 1
    assert "CloudFormation cannot be asked" in done.stderr
    assert done.stdout == ""
