"""The table: every store protocol of `functions.store` over DynamoDB's low-level client.

Reads that decide something, or that follow an announcement, are strongly consistent; histories and runs, which are
read by the hundred and never change again, are not. Writes are paid by the kilobyte: a quiet judgement is one plain
write of the state, since the same inside a transaction would cost twice.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from functions.adapters import keys
from functions.adapters.dynamo_writes import commit_items, event_write, incident_writes, receipt_write, state_put
from functions.domain.event import Event
from functions.domain.history import DayHistory, HourHistory
from functions.domain.history_codec import decode_hour, decode_spans, encode_hour, encode_spans
from functions.domain.incident import Incident
from functions.domain.incident_codec import decode_incident
from functions.domain.run import Run
from functions.domain.run_codec import decode_run, encode_run
from functions.domain.state import ShardState
from functions.domain.state_codec import decode_states
from functions.domain.usual import Usual
from functions.domain.usual_codec import decode_usual, encode_usual
from functions.store import COMMIT_LIMIT, ConflictError, Judgement, Receipt

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

Item = Mapping[str, "AttributeValueTypeDef"]

_CONFLICTS = {"ConditionalCheckFailed", "TransactionConflict"}


def connect(environ: Mapping[str, str] = os.environ) -> "DynamoStore":
    """Return the store that TABLE_NAME and TABLE_REGION name; short time limits, since whoever calls is retried."""
    client = boto3.client(
        "dynamodb",
        region_name=environ.get("TABLE_REGION") or None,
        config=Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 4}),
    )
    return DynamoStore(client, environ["TABLE_NAME"], retention=keys.Retention.read(environ))


class DynamoStore:
    """Passes the same contract suite as the fake in tests/fakes."""

    def __init__(self, client: "DynamoDBClient", table_name: str, *, retention: keys.Retention | None = None) -> None:
        self._client = client
        self._table = table_name
        self._retention = retention or keys.Retention()

    def put_run(self, run: Run) -> None:
        """Record `run`; the same run again overwrites itself."""
        self._put(
            keys.run_partition(run.at),
            keys.run_key(run.at, run.shard, run.region),
            encode_run(run),
            expires=keys.expiry(run.at, self._retention.runs),
        )

    def runs(self, hour: datetime, *, since: datetime | None = None) -> Iterator[Run]:
        """Yield the runs of the hour that starts at `hour`, all shards and regions, oldest first.

        With `since`, only those that were scheduled then or later.
        """
        for item in self._query(keys.run_partition(hour), start=None if since is None else keys.run_bound(hour, since)):
            yield decode_run(item["data"]["B"])

    def shard_state(self, shard: str) -> ShardState:
        """Return the shard's state; version 0 and no states where there is none."""
        item = self._get(keys.STATE, shard)
        return ShardState(shard=shard, version=0, states={}) if item is None else _shard_state(item)

    def shard_states(self) -> Sequence[ShardState]:
        """Return all shards' states, also of shards that the config no longer has."""
        return [_shard_state(item) for item in self._query(keys.STATE, consistent=True)]

    def incident(self, incident_id: str) -> Incident | None:
        """Return one incident."""
        item = self._get(keys.INCIDENT, incident_id)
        return None if item is None else _incident(item)

    def incidents(self, since: datetime) -> Sequence[Incident]:
        """Return the incidents that started at `since` or later, and all that are open, newest first."""
        recent = self._query(keys.INCIDENT, start=keys.incident_bound(since), consistent=True)
        still_open = self._query(keys.OPEN_INCIDENT, consistent=True)
        # The open ones first: where one is resolved between the two reads, the newer reading is kept.
        found = {item["sk"]["S"]: item for item in [*still_open, *recent]}
        return [_incident(found[incident_id]) for incident_id in sorted(found, reverse=True)]

    def incidents_between(self, start: datetime, end: datetime) -> Sequence[Incident]:
        """Return the incidents that started in [start, end), newest first; they are old, and read as histories are."""
        found = self._query(keys.INCIDENT, start=keys.incident_bound(start), end=keys.incident_bound(end))
        return [_incident(item) for item in reversed([*found])]

    def oldest(self) -> date | None:
        """Return the day of the oldest incident or of the oldest day of history; None where there is neither."""
        incident, day = self._first_key(keys.INCIDENT), self._first_key(keys.DAY)
        found = [keys.incident_day(incident)] if incident else []
        return min([*found, *([keys.day_of(day)] if day else [])], default=None)

    def receipt(self, key: str) -> Receipt | None:
        """Return what was carried out under `key` within the last day."""
        item = self._get(keys.INCIDENT_RECEIPT, key)
        if item is None:
            return None
        return Receipt(key=key, digest=item["digest"]["S"], incident=item["incident"]["S"])

    def record(self, incident: Incident, event: Event, *, receipt: Receipt | None, at: datetime) -> None:
        """Write all of it, or raise ConflictError and write nothing."""
        writes = [*incident_writes(self._table, incident), event_write(self._table, event)]
        if receipt is not None:
            writes.append(receipt_write(self._table, receipt, at=at))
        try:
            self._client.transact_write_items(TransactItems=writes)
        except self._client.exceptions.TransactionCanceledException as error:
            if _is_conflict(error):
                raise ConflictError(incident.id) from error
            raise

    def commit(self, judgement: Judgement) -> None:
        """Write state, incidents and events in one transaction; ConflictError where somebody else wrote first."""
        if max(len(judgement.incidents), len(judgement.events)) > COMMIT_LIMIT:
            raise ValueError(f"a judgement holds at most {COMMIT_LIMIT} incidents and events: judge in steps")
        try:
            if judgement.incidents or judgement.events:
                self._client.transact_write_items(TransactItems=commit_items(self._table, judgement))
            else:
                self._client.put_item(**state_put(self._table, judgement.state))
        except (
            self._client.exceptions.ConditionalCheckFailedException,
            self._client.exceptions.TransactionConflictException,
        ) as error:
            raise ConflictError(judgement.state.shard) from error
        except self._client.exceptions.TransactionCanceledException as error:
            if _is_conflict(error):
                raise ConflictError(judgement.state.shard) from error
            raise

    def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
        """Return the hours that start in [start, end), oldest first."""
        return [
            decode_hour(item["data"]["B"], shard=_shard(item), hour=keys.hour_of(item["sk"]["S"]))
            for item in self._query(keys.HOUR, start=keys.hour_key(start), end=keys.hour_key(end))
        ]

    def put_hour(self, history: HourHistory) -> None:
        """Write, replacing what was there."""
        self._put(
            keys.HOUR,
            f"{keys.hour_key(history.hour)}#{history.shard}",
            encode_hour(history),
            expires=keys.expiry(history.hour, keys.KEEP_HOURS),
        )

    def days(self, start: date, end: date) -> Sequence[DayHistory]:
        """Return the days in [start, end), oldest first."""
        return [
            DayHistory(shard=_shard(item), day=keys.day_of(item["sk"]["S"]), spans=decode_spans(item["data"]["B"]))
            for item in self._query(keys.DAY, start=start.isoformat(), end=end.isoformat())
        ]

    def put_day(self, history: DayHistory) -> None:
        """Write, replacing what was there."""
        self._put(
            keys.DAY,
            f"{history.day.isoformat()}#{history.shard}",
            encode_spans(history.spans),
            expires=keys.expiry(history.day, self._retention.days),
        )

    def usual(self, shard: str) -> Mapping[str, Mapping[str, Usual]]:
        """Return what is usual for the shard's monitors; nothing where nothing is known."""
        item = self._get(keys.USUAL, shard)
        return {} if item is None else decode_usual(item["data"]["B"])

    def put_usual(self, shard: str, usual: Mapping[str, Mapping[str, Usual]]) -> None:
        """Write, replacing what was there."""
        self._client.put_item(
            TableName=self._table,
            Item={"pk": {"S": keys.USUAL}, "sk": {"S": shard}, "data": {"B": encode_usual(usual)}},
        )

    def claim_render(self, *, at: datetime, instance: str) -> str | None:
        """Say that `instance` renders the moment `at`; return who rendered last (None: nobody yet).

        Raises ConflictError where a later moment was rendered already.
        """
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key={"pk": {"S": keys.RENDER}, "sk": {"S": keys.RENDER_CLAIM}},
                UpdateExpression="SET #at = :at, #instance = :instance",
                ConditionExpression="attribute_not_exists(#at) OR #at <= :at",
                ExpressionAttributeNames={"#at": "at", "#instance": "instance"},
                ExpressionAttributeValues={":at": {"S": keys.claim_time(at)}, ":instance": {"S": instance}},
                ReturnValues="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise ConflictError("a later moment was rendered already") from error
        before = answer.get("Attributes")
        return before["instance"]["S"] if before else None

    def _put(self, partition: str, key: str, data: bytes, *, expires: str) -> None:
        self._client.put_item(
            TableName=self._table,
            Item={"pk": {"S": partition}, "sk": {"S": key}, "data": {"B": data}, "expires": {"N": expires}},
        )

    def _get(self, partition: str, key: str) -> Item | None:
        answer = self._client.get_item(
            TableName=self._table, Key={"pk": {"S": partition}, "sk": {"S": key}}, ConsistentRead=True
        )
        return answer.get("Item")

    def _first_key(self, partition: str) -> str | None:
        """Return the lowest sort key of a partition, for half a read unit."""
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
            ProjectionExpression="sk",
            Limit=1,
        )
        return next((item["sk"]["S"] for item in answer["Items"]), None)

    def _query(
        self, partition: str, *, start: str | None = None, end: str | None = None, consistent: bool = False
    ) -> Iterator[Item]:
        """Yield the items of a partition in the order of their keys, from `start` to below `end`, page by page."""
        condition, values = "pk = :pk", {":pk": {"S": partition}}
        if start is not None and end is not None:
            # BETWEEN includes its end, but no key is a bare hour or day: each goes on with a shard.
            condition += " AND sk BETWEEN :start AND :end"
            values |= {":start": {"S": start}, ":end": {"S": end}}
        elif start is not None:
            condition += " AND sk >= :start"
            values |= {":start": {"S": start}}
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ConsistentRead=consistent,
        )
        for page in pages:
            yield from page["Items"]


def _shard(item: Item) -> str:
    return item["sk"]["S"].partition("#")[2]


def _shard_state(item: Item) -> ShardState:
    return ShardState(shard=item["sk"]["S"], version=int(item["version"]["N"]), states=decode_states(item["data"]["B"]))


def _incident(item: Item) -> Incident:
    """Return the incident; one that was written before versions were kept has version 0."""
    return decode_incident(item["data"]["B"], version=int(item.get("version", {"N": "0"})["N"]))


def _is_conflict(error: ClientError) -> bool:
    """Tell whether a transaction was cancelled because of another writer, and not because of what it holds."""
    reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])}
    return bool(reasons & _CONFLICTS) and reasons <= _CONFLICTS | {"None", None}
