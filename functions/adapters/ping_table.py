"""Pings and what their keys are made of, in the table.

Partitions are apart by who may read them: the probe only `PING`, the api also the key ring; bodies are an operator's.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from functions.adapters import keys
from functions.domain.packing import pack, unpack
from functions.domain.ping import Pings
from functions.domain.ping_codec import decode_pings, encode_pings
from functions.domain.ping_key import KeyRing
from functions.store import ConflictError, PingBody

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef, PutItemInputTypeDef

KEEP_PINGS = timedelta(days=800)
"""Longer than any period, so that what is forgotten belongs to no monitor any more."""

_RING: "dict[str, AttributeValueTypeDef]" = {"pk": {"S": keys.PING_KEYS}, "sk": {"S": "keys"}}


class PingTable:
    """Passes the same contract suite as the fake in tests/fakes.

    It is the `PingReader` of the probe, the `PingStore` of the api, and what `pulseboard heartbeats` asks.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def pings(self) -> Mapping[str, Pings]:
        """Return the pings of all monitors that have had any, by id: half a read unit for some 20 monitors."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.PING}},
        )
        return {item["sk"]["S"]: _pings(item) for page in pages for item in page["Items"]}

    def pings_of(self, monitor: str) -> Pings:
        """Return a monitor's pings; version 0 where there are none."""
        item = self._get(keys.PING, monitor)
        return Pings(monitor=monitor) if item is None else _pings(item)

    def put_pings(self, pings: Pings) -> None:
        """Write; the stored version must be `pings.version` and becomes one more. Raises ConflictError."""
        put: PutItemInputTypeDef = {
            "TableName": self._table,
            "Item": {
                "pk": {"S": keys.PING},
                "sk": {"S": pings.monitor},
                "version": {"N": str(pings.version + 1)},
                "data": {"B": encode_pings(pings)},
            },
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        if pings.newest is not None:
            put["Item"] = {**put["Item"], "expires": {"N": keys.expiry(pings.newest, KEEP_PINGS)}}
        if pings.version:
            put["ConditionExpression"] = "#version = :version"
            put["ExpressionAttributeNames"] = {"#version": "version"}
            put["ExpressionAttributeValues"] = {":version": {"N": str(pings.version)}}
        try:
            self._client.put_item(**put)
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise ConflictError(pings.monitor) from error

    def put_ping_body(self, monitor: str, body: PingBody) -> None:
        """Write, replacing what was there."""
        data = pack({"at": body.at.isoformat(), "signal": body.signal, "data": body.data.decode("latin-1")})
        self._client.put_item(
            TableName=self._table,
            Item={
                "pk": {"S": keys.PING_BODY},
                "sk": {"S": monitor},
                "data": {"B": data},
                "expires": {"N": keys.expiry(body.at, KEEP_PINGS)},
            },
        )

    def ping_body(self, monitor: str) -> PingBody | None:
        """Return the newest ping's body; None where none had one."""
        item = self._get(keys.PING_BODY, monitor)
        if item is None:
            return None
        document = unpack(item["data"]["B"])
        return PingBody(
            at=datetime.fromisoformat(document["at"]),
            signal=document["signal"],
            data=document["data"].encode("latin-1"),
        )

    def key_ring(self) -> KeyRing | None:
        """Return what keys are made of; None before anybody has asked for a key."""
        item = self._get(keys.PING_KEYS, "keys")
        return None if item is None else _ring(item)

    def make_key_ring(self, secret: bytes) -> KeyRing:
        """Return what keys are made of; where there is nothing yet, it is made of `secret` first."""
        answer = self._client.update_item(
            TableName=self._table,
            Key=_RING,
            UpdateExpression="SET secret = if_not_exists(secret, :secret), turns = if_not_exists(turns, :none)",
            ExpressionAttributeValues={":secret": {"B": secret}, ":none": {"M": {}}},
            ReturnValues="ALL_NEW",
        )
        return _ring(answer["Attributes"])

    def replace_key(self, monitor: str) -> KeyRing:
        """Give the monitor another key. There must be a key ring."""
        answer = self._client.update_item(
            TableName=self._table,
            Key=_RING,
            UpdateExpression="SET turns.#monitor = if_not_exists(turns.#monitor, :none) + :one",
            ExpressionAttributeNames={"#monitor": monitor},
            ExpressionAttributeValues={":none": {"N": "0"}, ":one": {"N": "1"}},
            ReturnValues="ALL_NEW",
        )
        return _ring(answer["Attributes"])

    def _get(self, partition: str, key: str) -> "Mapping[str, AttributeValueTypeDef] | None":
        answer = self._client.get_item(
            TableName=self._table, Key={"pk": {"S": partition}, "sk": {"S": key}}, ConsistentRead=True
        )
        return answer.get("Item")


def _pings(item: "Mapping[str, AttributeValueTypeDef]") -> Pings:
    return decode_pings(item["data"]["B"], monitor=item["sk"]["S"], version=int(item["version"]["N"]))


def _ring(item: "Mapping[str, AttributeValueTypeDef]") -> KeyRing:
    turns = {monitor: int(turn["N"]) for monitor, turn in item["turns"]["M"].items()}
    return KeyRing(secret=item["secret"]["B"], turns=turns)
