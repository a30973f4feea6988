"""What is asked of alarms and queues of AWS makes sense."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import items, kinds_in, mapping, monitors
from configuration.regions import partitions
from configuration.source import Source

_HALVES = ("expect", "degraded")


def alarms_with_expectations(source: Source) -> Iterator[Finding]:
    """Find alarms of which something is expected: they say themselves what healthy means."""
    for location, monitor in monitors(source):
        if kinds_in(monitor) == ["aws"] and "alarm" in mapping(monitor["aws"]):
            for part in (half for half in _HALVES if half in monitor):
                message = f"`{part}` says nothing of an alarm, which says itself what is well; leave it out"
                hint = ", or write `on_alarm: degraded` in the check" if part == "degraded" else ""
                yield Finding(location=(*location, part), message=message + hint, at_key=True)


def queues_without_expectations(source: Source) -> Iterator[Finding]:
    """Find queues of which nothing is asked: they would be up whatever is in them."""
    for location, monitor in monitors(source):
        if (
            kinds_in(monitor) == ["aws"]
            and "queue" in mapping(monitor["aws"])
            and not any(h in monitor for h in _HALVES)
        ):
            message = (
                "nothing is asked of the queue; add `expect: {depth: {le: 1000}, oldest: {le: 5m}}`, or one of them"
            )
            yield Finding(location=(*location, "aws", "queue"), message=message)


def spikes_without_times(source: Source) -> Iterator[Finding]:
    """Find latency spikes that are looked for where no latency is measured."""
    for location, monitor in monitors(source):
        degraded = mapping(monitor.get("degraded"))
        if kinds_in(monitor) == ["aws"] and "spike" in degraded and "alarm" not in mapping(monitor["aws"]):
            message = "how long AWS takes to answer says nothing of a queue; `spike` has no place here"
            yield Finding(location=(*location, "degraded", "spike"), message=message, at_key=True)


def regions_out_of_reach(source: Source) -> Iterator[Finding]:
    """Find what stands in another partition than the deployment: no account reaches over there."""
    homes = [region for region in items(source.value.get("regions")) if isinstance(region, str)]
    home = partitions().get(homes[0]) if homes else None
    for location, monitor in monitors(source):
        check = mapping(monitor.get("aws"))
        for key in ("alarm", "queue", "dead_letter_queue", "region"):
            value = check.get(key)
            if home is None or not isinstance(value, str):
                continue
            # What follows the third colon of an ARN is its region.
            region = value.split(":")[3] if value.startswith("arn:") and value.count(":") > 3 else value  # noqa: PLR2004
            if key == "region" or value.startswith("arn:"):
                there = partitions().get(region, home)
                if there != home:
                    message = (
                        f"{region} cannot be reached from an account in {homes[0]}: they are in different partitions"
                    )
                    yield Finding(location=(*location, "aws", key), message=message)
