"""What a browser loads for the index page."""

import gzip
import re

from bench.deployment import BUCKET, Deployment
from bench.visitors import View

_REFERENCE = re.compile(r"""(?:href|src)="/?(assets/[^"]+)\"""")


def look_at(deployment: Deployment) -> View:
    """Return what a browser that has nothing cached loads for the index page."""
    client = deployment.raw.client("s3", endpoint_url=deployment.address)

    def body(key: str) -> bytes:
        return client.get_object(Bucket=BUCKET, Key=key)["Body"].read()

    page = body("index.html")
    bodies = [page, *(body(key) for key in sorted(set(_REFERENCE.findall(page.decode()))))]
    return View(requests=len(bodies), transferred=sum(len(gzip.compress(each, 6)) for each in bodies))
