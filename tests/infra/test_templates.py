"""What the stacks promise, as properties of the templates."""

import json

import pytest

from tests.infra.synthesis import FURTHER, HOME, Resource, Synthesis, Synthesised, Variation


def _mapping(synthesis: Synthesis, prefix: str) -> Resource:
    [found] = [
        p
        for p in synthesis.properties("AWS::Lambda::EventSourceMapping")
        if prefix in p["FilterCriteria"]["Filters"][0]["Pattern"]
    ]
    return found


def test_the_table_can_be_recovered_forgets_in_time_and_streams_new_images(synthesised: Synthesised) -> None:
    """On demand: nothing is paid for while nothing happens."""
    [table] = synthesised(Variation()).properties("AWS::DynamoDB::Table")

    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert table["DeletionProtectionEnabled"] is True


@pytest.mark.parametrize(("retain", "policy"), [(True, "Retain"), (False, "Delete")])
def test_data_stays_when_the_stack_goes_unless_told_otherwise(
    synthesised: Synthesised, *, retain: bool, policy: str
) -> None:
    """History and site outlive an accidental `cdk destroy`."""
    synthesis = synthesised(Variation(retain=retain))

    for kind in ("AWS::DynamoDB::Table", "AWS::S3::Bucket"):
        [(_, resource)] = synthesis.resources(kind)
        assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == policy


def test_functions_are_told_how_long_to_keep_what(synthesised: Synthesised) -> None:
    """From `retention` of pulseboard.yaml."""
    for function in synthesised(Variation()).properties("AWS::Lambda::Function"):
        variables = function["Environment"]["Variables"]
        if "TABLE_NAME" in variables:
            assert (variables["RETAIN_RUNS_DAYS"], variables["RETAIN_DAYS_DAYS"]) == ("10", "400")


def test_every_function_is_small_quiet_and_on_arm(synthesised: Synthesised) -> None:
    """JSON logs without the platform's three lines for each run, kept for a month."""
    synthesis = synthesised(Variation())
    functions = synthesis.properties("AWS::Lambda::Function")

    assert len(functions) == 7
    for function in functions:
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]
        assert function["MemorySize"] <= 512
        assert function["LoggingConfig"]["LogFormat"] == "JSON"
        assert function["LoggingConfig"]["SystemLogLevel"] == "WARN"
        assert "Layers" not in function
    assert {group["RetentionInDays"] for group in synthesis.properties("AWS::Logs::LogGroup")} == {30}


def test_what_runs_each_minute_is_not_traced(synthesised: Synthesised) -> None:
    """Traces of probe and judge would cost as much as the two functions themselves."""
    traced = {
        function["Handler"].split(".")[1]
        for function in synthesised(Variation()).properties("AWS::Lambda::Function")
        if function.get("TracingConfig") == {"Mode": "Active"}
    }

    assert traced == {"notify", "api", "operator", "rollup"}


def test_notify_is_retried_for_as_long_as_the_stream_remembers(synthesised: Synthesised) -> None:
    """Without limit by count; an hour before the stream forgets, the place goes to the queue."""
    mapping = _mapping(synthesised(Variation()), "EVENT#")

    assert mapping["MaximumRetryAttempts"] == -1
    assert mapping["MaximumRecordAgeInSeconds"] == 23 * 3600
    assert "OnFailure" in mapping["DestinationConfig"]


def test_judge_does_not_wait_for_ever_for_one_run(synthesised: Synthesised) -> None:
    """A run that cannot be judged is set aside, and those behind it go on."""
    mapping = _mapping(synthesised(Variation()), "RUN#")

    assert mapping["MaximumRetryAttempts"] == 10
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert "OnFailure" in mapping["DestinationConfig"]


@pytest.mark.parametrize("prefix", ["RUN#", "EVENT#"])
def test_the_stream_wakes_only_whom_it_concerns(synthesised: Synthesised, prefix: str) -> None:
    """What the filter drops costs no invocation; deletions by TTL are dropped as well."""
    pattern = json.loads(_mapping(synthesised(Variation()), prefix)["FilterCriteria"]["Filters"][0]["Pattern"])

    assert pattern == {
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"Keys": {"pk": {"S": [{"prefix": prefix}]}}},
    }


def test_each_shard_has_its_schedule_with_a_way_out(synthesised: Synthesised) -> None:
    """The probe is told its shard and the minute that the schedule meant."""
    synthesis = synthesised(Variation(intervals=(60, 300)))
    inputs = {
        json.loads(schedule["Target"]["Input"])["shard"]: schedule
        for schedule in synthesis.properties("AWS::Scheduler::Schedule")
        if "shard" in schedule["Target"]["Input"]
    }

    assert {shard: schedule["ScheduleExpression"] for shard, schedule in inputs.items()} == {
        "60s-0": "cron(* * * * ? *)",
        "300s-0": "cron(0/5 * * * ? *)",
    }
    for schedule in inputs.values():
        assert json.loads(schedule["Target"]["Input"])["at"] == "<aws.scheduler.scheduled-time>"
        assert "Arn" in schedule["Target"]["DeadLetterConfig"]
        assert schedule["Target"]["RetryPolicy"]["MaximumEventAgeInSeconds"] == 60


def test_the_probe_may_take_as_long_as_its_slowest_shard_and_is_not_repeated(synthesised: Synthesised) -> None:
    """A run a minute late would say when something did not happen."""
    synthesis = synthesised(Variation())
    [probe] = [p for p in synthesis.properties("AWS::Lambda::Function") if "probe" in p["Handler"]]
    once = [c for c in synthesis.properties("AWS::Lambda::EventInvokeConfig") if c["MaximumRetryAttempts"] == 0]

    assert probe["Timeout"] == 32
    assert len(once) == 1
    assert "Probe" in str(once[0]["FunctionName"])


def test_the_api_is_throttled_open_to_other_origins_and_logs_no_addresses(synthesised: Synthesised) -> None:
    """What it can cost is bounded, and what is logged is nobody's personal data."""
    synthesis = synthesised(Variation())
    [api] = synthesis.properties("AWS::ApiGatewayV2::Api")
    [stage] = synthesis.properties("AWS::ApiGatewayV2::Stage")

    assert api["CorsConfiguration"]["AllowOrigins"] == ["*"]
    assert stage["DefaultRouteSettings"] == {"ThrottlingBurstLimit": 50, "ThrottlingRateLimit": 25}
    assert "sourceIp" not in stage["AccessLogSettings"]["Format"]


def test_addresses_are_subscribed_and_alarms_may_publish(synthesised: Synthesised) -> None:
    """TLS is required; CloudWatch may publish for this account only."""
    synthesis = synthesised(Variation())
    emails = [s["Endpoint"] for s in synthesis.properties("AWS::SNS::Subscription") if s["Protocol"] == "email"]
    [policy] = synthesis.properties("AWS::SNS::TopicPolicy")
    statements = policy["PolicyDocument"]["Statement"]

    assert emails == ["ops@acme.example"]
    [allowed] = [s for s in statements if s["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert "aws:SourceAccount" in str(allowed["Condition"])
    assert any(s["Effect"] == "Deny" and "aws:SecureTransport" in str(s["Condition"]) for s in statements)


def test_an_encrypted_topic_lets_alarms_use_its_key(synthesised: Synthesised) -> None:
    """With SNS's own key, alarms would fail silently."""
    synthesis = synthesised(Variation(encrypt_alerts=True))
    [key] = synthesis.properties("AWS::KMS::Key")
    [topic] = synthesis.properties("AWS::SNS::Topic")

    assert "cloudwatch.amazonaws.com" in str(key["KeyPolicy"])
    assert "KmsMasterKeyId" in topic
    assert list(synthesised(Variation()).properties("AWS::KMS::Key")) == []


def test_events_and_not_alarms_wake_the_renderer(synthesised: Synthesised) -> None:
    """An alarm changes nothing on the page."""
    [subscription] = [
        s for s in synthesised(Variation()).properties("AWS::SNS::Subscription") if s["Protocol"] == "lambda"
    ]

    assert subscription["FilterPolicy"] == {"event": [{"exists": True}]}


@pytest.mark.parametrize(
    ("intervals", "period", "periods"), [((60, 300), 60, 4), ((3600,), 3600, 4), ((43200,), 43200, 2)]
)
def test_the_dead_mans_switch_takes_silence_for_an_alarm(
    synthesised: Synthesised, intervals: tuple[int, ...], period: int, periods: int
) -> None:
    """On a metric that AWS makes itself; four missed runs, and never more than a day."""
    alarms = synthesised(Variation(intervals=intervals)).properties("AWS::CloudWatch::Alarm")
    [switch] = [alarm for alarm in alarms if alarm.get("TreatMissingData") == "breaching"]

    assert (switch["Namespace"], switch["MetricName"]) == ("AWS/Lambda", "Invocations")
    assert (switch["Period"], switch["EvaluationPeriods"]) == (period, periods)
    assert (switch["ComparisonOperator"], switch["Threshold"]) == ("LessThanThreshold", 1)
    assert len(switch["AlarmActions"]) == len(switch["OKActions"]) == 1


def test_a_further_region_is_a_probe_and_nothing_that_keeps_data(synthesised: Synthesised) -> None:
    """One small stack for each region more, which writes home and has its own alarms."""
    synthesis = synthesised(Variation(regions=(HOME, *FURTHER)))

    assert set(synthesis.templates) == {"Pulseboard-acme", *(f"Pulseboard-acme-probe-{region}" for region in FURTHER)}
    for region in FURTHER:
        stack = f"Pulseboard-acme-probe-{region}"
        [probe] = synthesis.properties("AWS::Lambda::Function", stack)
        assert probe["Environment"]["Variables"]["TABLE_REGION"] == HOME
        assert probe["Environment"]["Variables"]["TABLE_NAME"] == "pulseboard-acme"
        assert len(synthesis.properties("AWS::Scheduler::Schedule", stack)) == 1
        assert synthesis.properties("AWS::DynamoDB::Table", stack) == []
        assert synthesis.properties("AWS::CloudWatch::Alarm", stack)


def test_outputs_tell_where_everything_is(synthesised: Synthesised) -> None:
    """What `pulseboard up`, `status` and `logs` read."""
    assert set(synthesised(Variation()).home["Outputs"]) >= {
        "PageUrl",
        "ApiUrl",
        "TableName",
        "BucketName",
        "TopicArn",
        "UndeliveredQueueUrl",
        "UnprocessedQueueUrl",
        *(f"{name}Function" for name in ("Probe", "Judge", "Notify", "Render", "Api", "Rollup")),
    }


def test_the_local_variant_differs_only_in_addresses_and_tls(synthesised: Synthesised) -> None:
    """The same resources: what is tried on one machine is what stands in the account."""
    kinds = [
        sorted(resource["Type"] for resource in synthesised(variation).home["Resources"].values())
        for variation in (Variation(), Variation(local_port=4566))
    ]
    # Without TLS there is nothing that the queues' policies would say.
    assert [kind for kind in kinds[0] if kind != "AWS::SQS::QueuePolicy"] == [
        kind for kind in kinds[1] if kind != "AWS::SQS::QueuePolicy"
    ]
    [distribution] = synthesised(Variation(local_port=4566)).properties("AWS::CloudFront::Distribution")
    assert distribution["DistributionConfig"]["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "allow-all"


def test_operators_sign_their_requests(synthesised: Synthesised) -> None:
    """What writes to incidents is behind IAM, in a function of its own; the rest is as public as it was."""
    routes = {p["RouteKey"]: p for p in synthesised(Variation()).properties("AWS::ApiGatewayV2::Route")}

    assert {key: route["AuthorizationType"] for key, route in routes.items()} == {
        "$default": "NONE",
        "ANY /incidents": "AWS_IAM",
        "ANY /incidents/{proxy+}": "AWS_IAM",
    }
    assert routes["ANY /incidents"]["Target"] == routes["ANY /incidents/{proxy+}"]["Target"]
    assert routes["ANY /incidents"]["Target"] != routes["$default"]["Target"]
