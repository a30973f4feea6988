"""A monitor has one kind of check, and asks of its answer what that kind has."""

from collections.abc import Iterator

from configuration.models.expectation import Expectation
from configuration.models.kinds import KINDS
from configuration.models.monitor import Monitor
from configuration.nearest import nearest
from configuration.problem import Finding
from configuration.raw import expecting, kinds_in, mapping, monitors
from configuration.source import Source
from configuration.wording import listed


def exactly_one_kind(source: Source) -> Iterator[Finding]:
    """Find monitors that do nothing, or two things."""
    for location, monitor in monitors(source):
        kinds = kinds_in(monitor)
        if len(kinds) > 1:
            message = f"a monitor has one kind of check, but {listed(kinds)} are there; keep one, or make two monitors"
            yield Finding(location=(*location, kinds[1]), message=message, at_key=True)
        misspelt = [key for key in monitor if key not in Monitor.model_fields and nearest(key, KINDS)]
        if not kinds and not misspelt:
            message = f"there is nothing to check; one of these keys has to be there: {listed(list(KINDS))}"
            yield Finding(location=location, message=message)


def claims_of_another_kind(source: Source) -> Iterator[Finding]:
    """Find expectations that are about something which an answer of that kind does not have."""
    known = {field.alias or name for name, field in Expectation.model_fields.items()}
    for location, kinds, asking in expecting(source):
        claims = KINDS[kinds[0]].claims if len(kinds) == 1 else tuple(known)
        if not claims:
            continue  # there is no answer at all, which has a rule of its own
        article = "an" if kinds[:1] == ["aws"] else "a"
        for part in ("expect", "degraded"):
            for name in mapping(asking.get(part)):
                if name in known and name not in claims:
                    message = (
                        f"{article} {kinds[0]} check has no `{name}`; what can be asked of it: {listed(list(claims))}"
                    )
                    yield Finding(location=(*location, part, name), message=message, at_key=True)
