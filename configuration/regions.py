"""AWS regions, from the data that botocore brings: no network, no account."""

from functools import cache

from configuration.models.model import wrong
from configuration.nearest import nearest
from configuration.wording import quoted


@cache
def partitions() -> dict[str, str]:
    """Return the partition (`aws`, `aws-cn`, …) by region, of all regions that have Lambda."""
    from botocore.session import Session  # noqa: PLC0415 (a tenth of a second that most files do not need)

    session = Session()
    return {
        region: partition
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("lambda", partition_name=partition)
    }


def check_region(name: str) -> str:
    """Return `name`, which is a region; raises what Pydantic reports where it is none."""
    if name not in partitions():
        common = "`eu-central-1`, `us-east-1`, …"
        raise wrong(f"{quoted(name)} is no AWS region; allowed: {common}", nearest(name, partitions()))
    return name
