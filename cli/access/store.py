"""The key-value store of a deployment, for writing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cloudfront_keyvaluestore import CloudFrontKeyValueStoreClient


class AccessStore:
    """Who may see which page. CloudFront has a change everywhere within seconds."""

    def __init__(self, client: "CloudFrontKeyValueStoreClient", arn: str) -> None:
        self._client = client
        self._arn = arn

    def names(self, page: str) -> Iterator[str]:
        """Yield those who may see `page`."""
        for found in self._client.get_paginator("list_keys").paginate(KvsARN=self._arn):
            for item in found.get("Items", ()):
                owner, _, name = item["Key"].partition("/")
                if owner == page:
                    yield name

    def put(self, key: str, value: str) -> None:
        """Write one entry."""
        self._client.put_key(KvsARN=self._arn, Key=key, Value=value, IfMatch=self._version())

    def delete(self, key: str) -> None:
        """Remove one entry; nobody comes in by it any more, within seconds."""
        self._client.delete_key(KvsARN=self._arn, Key=key, IfMatch=self._version())

    def _version(self) -> str:
        return self._client.describe_key_value_store(KvsARN=self._arn)["ETag"]
