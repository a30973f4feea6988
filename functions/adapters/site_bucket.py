"""The site's bucket, for writing."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from functions.render.artefact import Artefact
from functions.store import ConflictError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_DELETED_AT_ONCE: Final = 1000
_CONFLICTS: Final = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
"""Another version is there; another write was under way; the version to replace is gone.

Source: "Conditional write behavior", Amazon S3 User Guide.
"""


class S3SiteBucket:
    """Passes the same contract suite as the fake in tests/fakes.

    Needs s3:ListBucket, s3:GetObject (writing under the condition of an ETag needs it too), s3:PutObject and
    s3:DeleteObject. ETags are MD5 sums with SSE-S3; with SSE-KMS they are not, and every cold start would write all.
    """

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def etags(self) -> dict[str, str]:
        """Return the ETag of every object by key: $0.005 for 1000 requests of up to 1000 objects each."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket)
        return {found["Key"]: found["ETag"].strip('"') for page in pages for found in page.get("Contents", ())}

    def get(self, key: str) -> bytes | None:
        """Return an object's bytes; None where there is none."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except self._client.exceptions.NoSuchKey:
            return None

    def put(self, key: str, artefact: Artefact, *, replaces: str | None) -> None:
        """Write an object in the place of the one with the ETag `replaces`, or raise ConflictError."""
        try:
            if replaces is None:
                self._put(key, artefact, IfNoneMatch="*")
            else:
                self._put(key, artefact, IfMatch=f'"{replaces}"')
        except ClientError as error:
            if error.response["Error"]["Code"] in _CONFLICTS:
                raise ConflictError(f"somebody else wrote {key}") from error
            raise

    def _put(self, key: str, artefact: Artefact, **condition: str) -> None:
        self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=artefact.body,
            ContentType=artefact.content_type,
            CacheControl=artefact.cache_control,
            **condition,  # type: ignore[arg-type] # one of two optional strings, which the stubs cannot see
        )

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects; that costs nothing."""
        rest = iter(keys)
        while some := list(islice(rest, _DELETED_AT_ONCE)):
            self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in some], "Quiet": True}
            )
