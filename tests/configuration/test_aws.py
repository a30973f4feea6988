"""Alarms and queues of AWS in pulseboard.yaml."""

import json

import pytest

from configuration import ConfigurationError
from configuration.deployment import AwsAccess
from functions.domain.checks.aws import AwsCheck
from tests.configuration.texts import assert_problems, compiled, deployed

ACCOUNT = "123456789012"


def written(check: str, more: str = "", top: str = "") -> str:
    """Return a file with one such check, in line 4 and column 10."""
    return f"page: {{id: a, title: A}}\nmonitors:\n  - id: x\n    aws: {{{check}}}\n    {more}\n{top}\n"


@pytest.mark.parametrize(
    ("check", "more", "expected"),
    [
        ("alarm: api-5xx, region: eu-west-1", "", AwsCheck(region="eu-west-1", alarm="api-5xx")),
        (
            f"alarm: 'arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:api: 5xx', on_alarm: degraded",
            "",
            AwsCheck(region="eu-west-1", account=ACCOUNT, alarm="api: 5xx", on_alarm="degraded"),
        ),
        (
            "alarm: all, region: eu-west-1, composite: true, on_insufficient_data: up",
            "",
            AwsCheck(region="eu-west-1", alarm="all", composite=True, on_insufficient_data="up"),
        ),
        (
            f"queue: 'arn:aws-cn:sqs:cn-north-1:{ACCOUNT}:jobs.fifo'",
            "expect: {depth: {le: 10}}",
            AwsCheck(region="cn-north-1", account=ACCOUNT, queue="jobs.fifo"),
        ),
        (
            "queue: jobs, region: eu-west-1",
            "degraded: {oldest: {gt: 5m}}",
            AwsCheck(region="eu-west-1", queue="jobs", oldest=True),
        ),
        (
            "dead_letter_queue: failed, region: eu-west-1",
            "",
            AwsCheck(region="eu-west-1", queue="failed", dead_letter=True),
        ),
    ],
)
def test_a_check_reaches_the_functions(check: str, more: str, expected: AwsCheck) -> None:
    """Names and ARNs alike, as region, account and name."""
    assert deployed(compiled(written(check, more))).monitors["x"].check == expected


@pytest.mark.parametrize(
    ("check", "more", "expected"),
    [
        (
            "queue: q, region: eu-west-1",
            "expect: {depth: 0, oldest: {le: 5m}}",
            {"depth": {"eq": 0}, "oldest": {"le": 300}},
        ),
        ("dead_letter_queue: q, region: eu-west-1", "", {"depth": {"eq": 0}}),
        ("dead_letter_queue: q, region: eu-west-1", "degraded: {depth: {gt: 0}}", {"depth": {"eq": 0}}),
        ("dead_letter_queue: q, region: eu-west-1", "expect: {depth: {lt: 5}}", {"depth": {"lt": 5}}),
        ("alarm: a, region: eu-west-1", "", None),
    ],
)
def test_a_dead_letter_queue_is_to_be_empty_unless_somebody_says_otherwise(
    check: str, more: str, expected: object
) -> None:
    """Ages in seconds, numbers as they are."""
    monitor = json.loads(json.dumps(compiled(written(check, more)).runtime))["monitors"][0]
    assert monitor["expect"] == expected


@pytest.mark.parametrize(
    ("check", "message", "suggestion"),
    [
        ("region: eu-west-1", "one of these has to be there: `alarm`, `queue`, `dead_letter_queue`", None),
        ("alarm: a, dead_letter_queue: b, region: eu-west-1", "exclude each other", None),
        ("alarm: a", "add `region: eu-west-1`, or write `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME`", None),
        ("dead_letter_queue: a", "add `region: eu-west-1`, or write `arn:aws:sqs:REGION:ACCOUNT:NAME`", None),
        ("dead_letter_queue: a, region: eu-west-9", "no AWS region", "eu-west-3"),
        (f"alarm: 'arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs'", "the ARN of something of `sqs`", None),
        (f"alarm: 'arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:dashboard/x'", "is not the ARN of an alarm", None),
        ("alarm: 'arn:aws:cloudwatch'", "the ARN of something of `cloudwatch`", None),
        (f"dead_letter_queue: 'arn:aws:sns:eu-west-1:{ACCOUNT}:jobs'", "the ARN of something of `sns`", None),
        ("dead_letter_queue: 'arn:aws:sqs:eu-west-1:12:jobs'", "an account has 12 digits", None),
        (f"dead_letter_queue: 'arn:aws:sqs:cn-north-1:{ACCOUNT}:jobs'", "no region `cn-north-1` in `aws`", None),
        (f"dead_letter_queue: 'arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs', region: us-east-1", "leave `region` out", None),
        (
            f"dead_letter_queue: 'https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/jobs'",
            "is the address of a queue",
            f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs",
        ),
        ("dead_letter_queue: jobs.FIFO, region: eu-west-1", "no name of a queue", None),
        ("dead_letter_queue: 'jobs*', region: eu-west-1", "no name of a queue", None),
        ("alarm: 'secret:acme/alarm', region: eu-west-1", "no secret", None),
        ("dead_letter_queue: jobs, region: eu-west-1, on_alarm: down", "belongs to an `alarm`", None),
        ("alarm: jobs, region: eu-west-1, on_alarm: up", "allowed: `down`, `degraded`", None),
    ],
)
def test_what_names_nothing_is_a_problem(check: str, message: str, suggestion: str | None) -> None:
    """Told before anything is deployed."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(written(check))
    [problem] = caught.value.problems
    assert problem.path.startswith("monitors[0].aws")
    assert message in problem.message
    assert problem.suggestion == suggestion


@pytest.mark.parametrize(
    ("check", "more", "line", "path", "message"),
    [
        ("queue: q, region: eu-west-1", "", 4, "aws.queue", "nothing is asked of the queue"),
        ("alarm: a, region: eu-west-1", "expect: {depth: 0}", 5, "expect", "an alarm, which says itself what is well"),
        ("alarm: a, region: eu-west-1", "degraded: {depth: 0}", 5, "degraded", "write `on_alarm: degraded`"),
        ("queue: q, region: eu-west-1", "expect: {status: 200}", 5, "expect.status", "an aws check has no `status`"),
        ("queue: q, region: eu-west-1", "degraded: {spike: true}", 5, "degraded.spike", "says nothing of a queue"),
        ("queue: q, region: eu-west-1", "expect: {depth: 1.5}", 5, "expect.depth", "whole number"),
        ("queue: q, region: eu-west-1", "expect: {oldest: {le: 5}}", 5, "expect.oldest.le", "without a unit"),
        ("queue: q, region: eu-west-1", "expect: {oldest: 5m}", 5, "expect.oldest", "never exactly that"),
    ],
)
def test_what_is_asked_has_to_make_sense(check: str, more: str, line: int, path: str, message: str) -> None:
    """Of a queue its messages, of an alarm nothing."""
    with pytest.raises(ConfigurationError) as caught:
        compiled(written(check, more))
    [problem] = caught.value.problems
    assert (problem.line, problem.path) == (line, f"monitors[0].{path}")
    assert message in problem.message


def test_another_partition_cannot_be_reached() -> None:
    """Accounts belong to one."""
    assert_problems(
        written("alarm: a, region: cn-north-1", top="regions: [eu-west-1]"),
        ((4, 29, "monitors[0].aws.region", "are in different partitions", None),),
    )


@pytest.mark.parametrize(
    ("where", "more", "probes"),
    [
        ("us-east-1", "", ("us-east-1",)),
        ("eu-central-1", "", ("eu-west-1",)),
        ("us-east-1", "regions: [eu-west-1, us-east-1]", ("eu-west-1", "us-east-1")),
    ],
)
def test_aws_is_asked_once_and_where_the_thing_is(where: str, more: str, probes: tuple[str, ...]) -> None:
    """The answer is the same from everywhere, and each costs money; who wants several names them."""
    text = written(f"dead_letter_queue: q, region: {where}", more, top="regions: [eu-west-1, us-east-1]")
    configuration = compiled(text)
    assert [shard.regions for shard in configuration.deployment.shards] == [probes]
    assert configuration.deployment.aws == (AwsAccess(kind="queue", name="q", region=where, probes=probes),)


def test_what_needs_further_rights_is_told_to_the_infrastructure() -> None:
    """A composite alarm, and ages of messages."""
    composite = compiled(written("alarm: a, region: eu-west-1, composite: true")).deployment.aws
    assert composite == (AwsAccess(kind="alarm", name="a", region="eu-west-1", unscoped=True),)
    aged = compiled(written("queue: a, region: eu-west-1", "degraded: {oldest: {gt: 1m}}")).deployment.aws
    assert aged == (AwsAccess(kind="queue", name="a", region="eu-west-1", ages=True),)
    plain = "page: {id: a, title: A}\nmonitors: [{id: x, http: {url: 'https://x.example'}}]"
    assert compiled(plain).deployment.aws == ()
