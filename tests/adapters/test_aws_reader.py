"""What AWS refuses to say, and why."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from functions.adapters.aws_reader import Alarm, AlarmKey, AwsReader, AwsTroubleError, Clients

REGION = "eu-west-1"
SESSION = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)


@contextmanager
def stubbed(service: str, play: Callable[[Stubber], None]) -> Iterator[AwsReader]:
    """Give a reader whose `service` does what `play` says, all of it and nothing else."""
    client: Any = SESSION.client(service)  # type: ignore[call-overload]  # the stubs want a literal
    with Stubber(client) as stub:
        play(stub)
        yield AwsReader(Clients(lambda *_, **__: client))
        stub.assert_no_pending_responses()


def described(*names: str) -> dict[str, object]:
    """Return an answer with these alarms."""
    return {"MetricAlarms": [{"AlarmName": name, "StateValue": "OK", "StateReason": "fine"} for name in names]}


def wanted(*names: str) -> dict[str, object]:
    """Return the request for these alarms."""
    return {"AlarmNames": [*names], "AlarmTypes": ["MetricAlarm"], "MaxRecords": 100}


def keys(*names: str) -> list[AlarmKey]:
    """Return the places of alarms."""
    return [AlarmKey(region=REGION, name=name) for name in names]


def test_more_alarms_than_a_request_takes_are_asked_for_in_two() -> None:
    """A hundred at a time; one that is not there is nothing."""
    names = [f"{number:03}" for number in range(130)]

    def play(stub: Stubber) -> None:
        stub.add_response("describe_alarms", described(*names[:100]), wanted(*names[:100]))
        stub.add_response("describe_alarms", described(*names[100:129]), wanted(*names[100:]))

    with stubbed("cloudwatch", play) as reader:
        told = reader.alarms(keys(*names))
    assert len(told) == 130
    assert [key.name for key, alarm in told.items() if alarm is None] == ["129"]


def test_an_alarm_that_we_may_not_ask_for_hides_no_other() -> None:
    """AWS refuses the whole request; then each is asked for by itself, once, since each request costs."""

    def play(stub: Stubber) -> None:
        stub.add_client_error("describe_alarms", "AccessDenied")
        stub.add_response("describe_alarms", described("a"), wanted("a"))
        stub.add_client_error("describe_alarms", "AccessDenied", expected_params=wanted("b"))
        stub.add_response("describe_alarms", described("c"), wanted("c"))
        for _ in range(2):
            stub.add_response("describe_alarms", described("a", "c"), wanted("a", "c"))
            stub.add_client_error("describe_alarms", "AccessDenied", expected_params=wanted("b"))
        stub.add_response("describe_alarms", described("a", "c"), wanted("a", "c"))
        stub.add_response("describe_alarms", described("b"), wanted("b"))
        stub.add_response("describe_alarms", described("a", "b", "c"), wanted("a", "b", "c"))

    fine = Alarm(state="OK", reason="fine")
    with stubbed("cloudwatch", play) as reader:
        told = [reader.alarms(keys("a", "b", "c")) for _ in range(5)]
    assert [each[keys("a")[0]] for each in told] == [fine] * 5
    assert [str(each[keys("b")[0]]) for each in told[:3]] == ["not allowed (AccessDenied)"] * 3
    assert [each[keys("b")[0]] for each in told[3:]] == [fine] * 2


@pytest.mark.parametrize(
    ("service", "operation", "ask"),
    [
        ("cloudwatch", "describe_alarms", lambda reader: reader.alarms(keys("a"))[keys("a")[0]]),
        ("cloudwatch", "get_metric_data", lambda reader: reader.ages([(REGION, "a")])[REGION, "a"]),
        ("sqs", "get_queue_attributes", lambda reader: reader.counts(region=REGION, account="1" * 12, queue="a")),
        ("sts", "get_caller_identity", lambda reader: reader.account(REGION)),
    ],
)
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AccessDenied", "not allowed (AccessDenied)"),
        ("AccessDeniedException", "not allowed (AccessDeniedException)"),
        ("Throttling", "Throttling"),
        ("ExpiredToken", "ExpiredToken"),
        ("InternalFailure", "InternalFailure"),
    ],
)
def test_what_keeps_aws_from_telling_is_told(
    service: str, operation: str, ask: Callable[[AwsReader], object], code: str, words: str
) -> None:
    """By its code; AWS's own sentence names roles and accounts, and is left out."""
    with stubbed(service, lambda stub: stub.add_client_error(operation, code, "arn:aws:sts::1:role")) as reader:
        try:
            found = ask(reader)
        except AwsTroubleError as error:
            found = error
    assert isinstance(found, AwsTroubleError)
    assert str(found) == words


def test_the_account_is_asked_for_once() -> None:
    """It does not change while a function lives."""
    with stubbed("sts", lambda stub: stub.add_response("get_caller_identity", {"Account": "123456789012"})) as reader:
        assert [reader.account(REGION), reader.account(REGION)] == ["123456789012"] * 2


def test_without_credentials_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a machine of one's own, that is the usual trouble."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    session = boto3.Session()
    with ExitStack() as closing:

        def make(*place: Any, **settings: Any) -> Any:  # noqa: ANN401 - as boto3.client
            client = session.client(*place, **settings)
            closing.callback(client.close)
            return client

        with pytest.raises(AwsTroubleError, match="there are no AWS credentials; set AWS_PROFILE, or sign in"):
            AwsReader(Clients(make)).counts(region=REGION, account="123456789012", queue="a")


def test_an_aws_that_cannot_be_reached_is_told() -> None:
    """Without a network."""
    impatient = Config(retries={"total_max_attempts": 1}, connect_timeout=1)
    client = SESSION.client("sqs", endpoint_url="http://127.0.0.1:9", config=impatient)
    with pytest.raises(AwsTroubleError, match="EndpointConnectionError"):
        AwsReader(Clients(lambda *_, **__: client)).counts(region=REGION, account="123456789012", queue="a")
    client.close()
