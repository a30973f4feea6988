"""The meter, on the real store against the embedded AWS."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from boto3.session import Session

from bench.meter import Meter
from bench.table import Table
from functions.adapters.dynamo_store import DynamoStore
from functions.domain.state import ShardState
from functions.domain.verdict import Verdict
from functions.store import ConflictError, Judgement
from tests.fakes.samples import NOON, event, incident, run

TABLE = "pulseboard-meter"


@pytest.fixture
def session(aws_endpoint: str) -> Iterator[Session]:
    """Give a session on a table of its own."""
    session = Session("test", "test", region_name="us-east-1")
    client = session.client("dynamodb", endpoint_url=aws_endpoint)
    client.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    yield session
    client.delete_table(TableName=TABLE)


@pytest.fixture
def meter(session: Session, aws_endpoint: str) -> Meter:
    """Give a meter that counts clients made from now on, and reads back by one that it does not count."""
    meter = Meter(table=Table(client=session.client("dynamodb", endpoint_url=aws_endpoint), name=TABLE))
    meter.attach(session._session)  # noqa: SLF001 -- boto3 has no public way to its events
    return meter


@pytest.fixture
def store(session: Session, meter: Meter, aws_endpoint: str) -> DynamoStore:
    """Give a store that is counted."""
    assert not meter.calls
    return DynamoStore(session.client("dynamodb", endpoint_url=aws_endpoint), TABLE)


def test_a_run_costs_its_kilobytes_and_is_a_record_of_the_stream(store: DynamoStore, meter: Meter) -> None:
    """A run of 300 monitors takes more than one kilobyte; written again it costs again, but is no new record."""
    many = run(NOON, Verdict.DOWN, *(f"a-service-with-a-long-name-{n * n}" for n in range(300)))
    store.put_run(many)
    usage, records = meter.settle()
    size = (
        sum(len(name) for name in ("pk", "sk", "data", "expires"))
        + 6
        + sum(len(records[0].item[name][kind]) for name, kind in (("pk", "S"), ("sk", "S"), ("data", "B")))
    )

    meter.reset()
    store.put_run(many)
    again, none = meter.settle()

    assert usage.write_units == -(-size // 1024) > 1
    assert [record.name for record in records] == ["INSERT"]
    assert again.write_units == usage.write_units
    assert none == []


def test_a_transaction_costs_twice_and_hands_out_its_event(store: DynamoStore, meter: Meter) -> None:
    """State, incident, its double among the open ones and the event: four small items, two units each."""
    store.commit(
        Judgement(state=ShardState(shard="60s-0", version=0, states={}), incidents=(incident(),), events=(event(),))
    )
    usage, records = meter.settle()

    assert usage.write_units == 4 * 2
    assert sorted(record.item["pk"]["S"].split("#")[0] for record in records) == [
        "EVENT",
        "INCIDENT",
        "INCIDENT",
        "STATE",
    ]


def test_a_quiet_judgement_costs_half_of_that_and_a_refused_one_costs_as_well(store: DynamoStore, meter: Meter) -> None:
    """A write whose condition does not hold is billed, and changes nothing."""
    judgement = Judgement(state=ShardState(shard="60s-0", version=0, states={}))
    store.commit(judgement)
    first, _ = meter.settle()
    meter.reset()

    with pytest.raises(ConflictError):
        store.commit(judgement)
    refused, records = meter.settle()

    assert (first.write_units, refused.write_units, records) == (1, 1, [])


def test_reading_costs_by_consistency(store: DynamoStore, meter: Meter) -> None:
    """A consistent get of nothing is one unit, an eventually consistent query of little is half of one."""
    store.put_run(run(NOON, Verdict.UP))
    meter.reset()
    store.shard_state("60s-0")
    assert list(store.runs(NOON)) == [run(NOON, Verdict.UP)]

    assert meter.settle()[0].read_units == 1.5


def test_calls_that_overlap_are_waited_for_together(meter: Meter) -> None:
    """Two writes to S3 side by side wait as long as one; one after the other, as long as two."""
    meter.calls = [("s3.PutObject", 0.0, 1.0), ("s3.PutObject", 0.0, 1.0)]
    assert meter.assumed_wait_ms() == pytest.approx(40)

    meter.calls = [("s3.PutObject", 0.0, 1.0), ("s3.PutObject", 1.0, 2.0)]
    assert meter.assumed_wait_ms() == pytest.approx(80)
    assert meter.on_the_wire_s() == pytest.approx(2)


def test_requests_to_s3_and_sns_are_counted_by_what_they_are_billed_as(
    session: Session, meter: Meter, aws_endpoint: str
) -> None:
    """PUT and LIST are dear, GET and HEAD cheap, DELETE free."""
    s3, sns = session.client("s3", endpoint_url=aws_endpoint), session.client("sns", endpoint_url=aws_endpoint)
    topic = sns.create_topic(Name="meter")["TopicArn"]
    s3.create_bucket(Bucket="pulseboard-meter")
    meter.reset()

    s3.put_object(Bucket="pulseboard-meter", Key="a", Body=b"a")
    s3.list_objects_v2(Bucket="pulseboard-meter")
    s3.get_object(Bucket="pulseboard-meter", Key="a")
    s3.head_object(Bucket="pulseboard-meter", Key="a")
    s3.delete_object(Bucket="pulseboard-meter", Key="a")
    sns.publish(TopicArn=topic, Message=json.dumps({"at": f"{NOON + timedelta(minutes=1)}"}), Subject="down")
    usage, _ = meter.settle()

    assert (usage.s3_writes, usage.s3_reads, usage.sns_publishes) == (2, 2, 1)
    assert meter.publishes[0]["Subject"] == "down"
