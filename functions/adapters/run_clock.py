"""Says when the newest run was made, without reading runs."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from functions.adapters import keys

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_HOUR = timedelta(hours=1)


class RunClock:
    """The keys of the newest runs: half a read unit where the probes are at work."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def last_run(self, *, since: datetime, at: datetime) -> datetime | None:
        """Return the scheduled minute of the newest run between the hours of `since` and `at`; None without one."""
        hour = keys.hour_of(keys.hour_key(at))
        while hour >= keys.hour_of(keys.hour_key(since)):
            newest = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": keys.run_partition(hour)}},
                ProjectionExpression="sk",
                ScanIndexForward=False,
                Limit=1,
            )["Items"]
            if newest:
                minute = int(newest[0]["sk"]["S"].partition("#")[0])
                return hour.astimezone(UTC).replace(minute=minute)
            hour -= _HOUR
        return None
