"""Regions that a monitor names are among those that the file deploys to."""

from collections.abc import Iterator

from configuration.nearest import nearest
from configuration.problem import Finding, Location
from configuration.raw import items, look_up, monitors
from configuration.regions import partitions
from configuration.source import Source
from configuration.wording import listed, quoted


def _lists(source: Source) -> Iterator[tuple[Location, list[object]]]:
    """Yield the lists of regions of `defaults` and of the monitors."""
    yield ("defaults", "regions"), items(look_up(source.value, "defaults", "regions"))
    for location, monitor in monitors(source):
        yield (*location, "regions"), items(monitor.get("regions"))


def unknown_regions(source: Source) -> Iterator[Finding]:
    """Find regions that no function is deployed to, since the top-level `regions` lacks them."""
    listed_regions = items(source.value.get("regions"))
    deployed = [region for region in listed_regions if isinstance(region, str) and region in partitions()]
    if listed_regions and not deployed:
        return  # none of them is a region, which is told already
    for location, regions in _lists(source):
        for position, region in enumerate(regions):
            if not isinstance(region, str) or region in deployed:
                continue
            allowed = f"allowed: {listed(deployed)}" if deployed else "the file has no such list; add one"
            message = f"{quoted(region)} is not one of the top-level `regions`; {allowed}"
            yield Finding(location=(*location, position), message=message, suggestion=nearest(region, deployed))


def repeated_regions(source: Source) -> Iterator[Finding]:
    """Find regions that one list names twice."""
    for location, regions in [(("regions",), items(source.value.get("regions"))), *_lists(source)]:
        for position, region in enumerate(regions):
            if isinstance(region, str) and region in regions[:position]:
                yield Finding(location=(*location, position), message=f"{quoted(region)} is listed already")


def several_partitions(source: Source) -> Iterator[Finding]:
    """Find regions that the home region's account cannot reach: accounts belong to one partition."""
    regions = items(source.value.get("regions"))
    if not regions or not isinstance(regions[0], str) or regions[0] not in partitions():
        return
    home = partitions()[regions[0]]
    for position, region in enumerate(regions):
        if isinstance(region, str) and partitions().get(region, home) != home:
            message = (
                f"{quoted(region)} cannot be reached from an account in {regions[0]}: they are in different partitions"
            )
            yield Finding(location=("regions", position), message=message)
