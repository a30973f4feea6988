"""What every site bucket must do; run on the fake and on S3."""

from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest

from functions.adapters.site_bucket import S3SiteBucket
from functions.render.artefact import Artefact
from functions.render.publish import SiteBucket
from functions.store import ConflictError
from tests.fakes.memory_bucket import MemoryBucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OLD = Artefact(body=b"<p>old</p>", content_type="text/html; charset=utf-8")
NEW = Artefact(body=b"<p>new</p>", content_type="text/html; charset=utf-8", cache_control="public, max-age=7")


def s3_client(endpoint: str) -> "S3Client":
    """Connect to an embedded AWS."""
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
    )


@pytest.fixture(params=["memory", "s3"])
def bucket(request: pytest.FixtureRequest) -> SiteBucket:
    """Give an empty bucket of each kind."""
    if request.param == "memory":
        return MemoryBucket()
    client = s3_client(request.getfixturevalue("aws_endpoint"))
    name = f"site-{uuid4().hex}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return S3SiteBucket(client, name)


def test_an_empty_bucket_has_nothing(bucket: SiteBucket) -> None:
    """Neither a listing nor a look finds anything."""
    assert bucket.etags() == {}
    assert bucket.get("index.html") is None


def test_what_was_put_is_found_with_its_md5(bucket: SiteBucket) -> None:
    """The listing's ETag is the artefact's own: that is what decides on writing."""
    bucket.put("monitors/shop-api", OLD, replaces=None)
    assert bucket.get("monitors/shop-api") == OLD.body
    assert bucket.etags() == {"monitors/shop-api": OLD.etag}


def test_the_expected_version_is_replaced(bucket: SiteBucket) -> None:
    """Writing over what one knows works."""
    bucket.put("index.html", OLD, replaces=None)
    bucket.put("index.html", NEW, replaces=OLD.etag)
    assert bucket.etags() == {"index.html": NEW.etag}


@pytest.mark.parametrize("replaces", [None, NEW.etag])
def test_an_unexpected_version_is_not_replaced(bucket: SiteBucket, replaces: str | None) -> None:
    """Writing over what somebody else wrote is refused, and changes nothing."""
    bucket.put("index.html", OLD, replaces=None)
    with pytest.raises(ConflictError):
        bucket.put("index.html", NEW, replaces=replaces)
    assert bucket.get("index.html") == OLD.body


def test_a_version_that_was_deleted_is_not_replaced(bucket: SiteBucket) -> None:
    """What one wanted to replace is gone: somebody else was there."""
    with pytest.raises(ConflictError):
        bucket.put("index.html", NEW, replaces=OLD.etag)


def test_deleting_takes_any_number_of_keys_and_minds_no_absence(bucket: SiteBucket) -> None:
    """Only what was named goes."""
    bucket.put("a", OLD, replaces=None)
    bucket.put("b", OLD, replaces=None)
    bucket.delete(["a", "never-there"])
    assert bucket.etags() == {"b": OLD.etag}


def test_objects_are_stored_with_the_headers_that_they_are_served_with(aws_endpoint: str) -> None:
    """A browser gets the content type and the cache rule from S3 through the CDN."""
    client = s3_client(aws_endpoint)
    name = f"site-{uuid4().hex}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    S3SiteBucket(client, name).put("history", NEW, replaces=None)
    stored = client.head_object(Bucket=name, Key="history")
    assert (stored["ContentType"], stored["CacheControl"]) == (NEW.content_type, NEW.cache_control)
