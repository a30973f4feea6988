"""What the local stack writes down, and what it prints."""

import json
from pathlib import Path

import pytest

from cli.local.emulator import client_environment, forget_stream_positions
from cli.local.log_lines import line
from cli.local.stack_file import FUNCTIONS, StackFile

_OUTPUTS = {
    "PageUrl": "http://d1.cloudfront.localhost:4566",
    "ApiUrl": "http://a1.execute-api.localhost:4566",
    "TableName": "pulseboard-acme",
    "BucketName": "site",
    "TopicArn": "arn:aws:sns:eu-west-1:000000000000:alerts",
    **{f"{name.title()}Function": f"acme-{name}" for name in FUNCTIONS},
}


def test_stack_json_has_exactly_what_programs_rely_on(tmp_path: Path) -> None:
    """Its keys are an interface."""
    file = tmp_path / "folder" / "stack.json"
    stack = StackFile.of(
        _OUTPUTS, demo_url="http://127.0.0.1:8000", endpoint_url="http://127.0.0.1:4566", region="eu-west-1"
    )

    stack.write(file)

    assert json.loads(file.read_text()) == {
        "page_url": _OUTPUTS["PageUrl"],
        "api_url": _OUTPUTS["ApiUrl"],
        "demo_url": "http://127.0.0.1:8000",
        "endpoint_url": "http://127.0.0.1:4566",
        "region": "eu-west-1",
        "table": "pulseboard-acme",
        "bucket": "site",
        "topic_arn": _OUTPUTS["TopicArn"],
        "functions": {name: f"acme-{name}" for name in FUNCTIONS},
        "other_pages": {},
    }
    assert StackFile.read(file) == stack
    assert [path.name for path in file.parent.iterdir()] == ["stack.json"]


def test_the_callers_account_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever profile and endpoints the caller has, a local deployment goes to the embedded AWS."""
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://s3.example")

    environment = client_environment(4566, region="eu-west-1")

    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert (environment["AWS_ACCESS_KEY_ID"], environment["AWS_REGION"]) == ("test", "eu-west-1")
    assert {"AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3"}.isdisjoint(environment)


def test_streams_begin_anew_and_everything_else_is_kept(tmp_path: Path) -> None:
    """The embedded AWS forgets its streams with each restart, but not how far they were read."""
    state = tmp_path / "lambda.json"
    state.write_text(json.dumps({"payload": {"functions": {"a": 1}, "dynamodb_stream_positions": {"b": 102}}}))

    forget_stream_positions(state)
    forget_stream_positions(tmp_path / "not-there.json")

    assert json.loads(state.read_text()) == {"payload": {"functions": {"a": 1}}}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            '{"level": "INFO", "message": "run", "function_name": "x", "up": 6, "shard": "60s-0"}',
            "12:00:00 probe   INFO run up=6 shard=60s-0",
        ),
        ("Traceback: no JSON\n", "12:00:00 probe   Traceback: no JSON"),
        ("[1, 2]", "12:00:00 probe   [1, 2]"),
        ('{"level": "ERROR", "message": "broken"}', "12:00:00 probe   ERROR broken"),
    ],
)
def test_a_log_record_is_a_line_for_people(message: str, expected: str) -> None:
    """Time, function, level, message, and what else it says; what is no record stays as it is."""
    assert line("probe", 1_795_348_800_000, message) == expected
