"""The table as its stream sees it: what each item was before, and what it has become."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.units import item_bytes, write_units

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Mapping[str, Any]]

STORAGE_OVERHEAD = 100
"""Bytes that each item takes over its size: https://aws.amazon.com/dynamodb/pricing/on-demand/."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One item that was written, or was meant to be."""

    key: tuple[str, str]
    wanted: int
    """Bytes of the item in the request; 0 where the request does not hold it."""
    transactional: bool

    @classmethod
    def of(cls, kind: str, params: Mapping[str, Any], *, transactional: bool) -> "Write":
        """Return the write that Put, Update, Delete or ConditionCheck with these parameters is."""
        key = params["Item"] if kind == "Put" else params["Key"]
        wanted = item_bytes(params["Item"]) if kind == "Put" else 0
        return cls(key=(key["pk"]["S"], key["sk"]["S"]), wanted=wanted, transactional=transactional)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A record of the stream: an item that is new or another than before."""

    name: str
    """INSERT or MODIFY."""
    item: Item


@dataclass(slots=True)
class Table:
    """Reads written items back, uncounted; `client` must not be one that is metered."""

    client: "DynamoDBClient"
    name: str
    images: dict[tuple[str, str], Item] = field(default_factory=dict)

    def settle(self, writes: Iterable[Write]) -> tuple[float, list[Image]]:
        """Return the write units of these writes and the stream's records, in order.

        A write costs by the larger of the item before and after; one that changes nothing costs, but gives no record.
        """
        units, records = 0.0, []
        for write in writes:
            before = self.images.get(write.key, {})
            after = self._read(write.key)
            size = max(item_bytes(before), item_bytes(after), write.wanted)
            units += write_units(size, transactional=write.transactional)
            if after:
                self.images[write.key] = after
                if after != before:
                    records.append(Image(name="MODIFY" if before else "INSERT", item=after))
            else:
                self.images.pop(write.key, None)
        return units, records

    def mean_bytes(self, partition: str) -> float:
        """Return the bytes that storage bills for an item of a partition; 0 where there is none."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
        )
        sizes = [item_bytes(item) + STORAGE_OVERHEAD for page in pages for item in page["Items"]]
        return sum(sizes) / len(sizes) if sizes else 0.0

    def _read(self, key: tuple[str, str]) -> Item:
        pk, sk = key
        answer = self.client.get_item(TableName=self.name, Key={"pk": {"S": pk}, "sk": {"S": sk}}, ConsistentRead=True)
        item: Item = answer.get("Item", {})
        return item
