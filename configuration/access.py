"""Which alarms and queues of AWS the probe asks about: its role may ask about these, and about no others."""

from configuration.compilation import asked_of, regions_of
from configuration.deployment import AwsAccess
from configuration.models.document import Document


def aws_access(document: Document) -> tuple[AwsAccess, ...]:
    """Return an entry for each monitor of the kind `aws`, each once, in the order of the file."""
    found = []
    for monitor in document.monitors:
        if monitor.aws is not None:
            region, account, name = monitor.aws.place
            found.append(
                AwsAccess(
                    kind="alarm" if monitor.aws.alarm else "queue",
                    name=name,
                    region=region,
                    account=account,
                    unscoped=bool(monitor.aws.composite),
                    ages="oldest" in asked_of(monitor),
                    probes=regions_of(monitor, document),
                )
            )
    return tuple(dict.fromkeys(found))
