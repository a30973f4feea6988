"""Reads what was rendered from the site's bucket."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """One object; `etag` is quoted, as HTTP has it."""

    body: bytes
    etag: str
    last_modified: datetime


class SiteReader:
    """The bucket, for reading: one GET a call, $0.40 for a million."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def get_object(self, key: str) -> StoredObject | None:
        """Return the object under `key`; None where there is none."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=key)
        except self._client.exceptions.NoSuchKey:
            return None
        return StoredObject(body=found["Body"].read(), etag=found["ETag"], last_modified=found["LastModified"])

    def last_modified(self, key: str) -> datetime | None:
        """Return when the object under `key` was last written; None where there is none."""
        try:
            return self._client.head_object(Bucket=self._bucket, Key=key)["LastModified"]
        except ClientError as error:
            # A HEAD has no body to name the error in: only the status says that the object is absent.
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND:
                return None
            raise
