"""What an announcement says beside its event: names, and where to look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from functions.config import Config
from functions.domain.page import page_showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A monitor as people know it, and the page that shows it; `page_url` is without a slash at the end.

    `names` are those of all monitors that the event is about, by id.
    """

    name: str
    group: str | None
    page_id: str
    page_title: str
    page_url: str
    time_zone: str
    names: Mapping[str, str] = field(default_factory=dict)

    def monitor_url(self, monitor: str) -> str:
        """Return the address of the monitor's own page."""
        return f"{self.page_url}/monitors/{quote(monitor, safe='')}"

    def incident_url(self, incident: str) -> str:
        """Return the address of the incident's page."""
        return f"{self.page_url}/incidents/{quote(incident, safe='')}"


def audience_of(monitor: str, *, config: Config, urls: Mapping[str, str], others: tuple[str, ...] = ()) -> Audience:
    """Return the audience for a monitor: the first page that shows it, else the first page.

    `urls` are the pages' addresses by id.

    A monitor that left the config, whose last incident was resolved with it, goes by its id. The `others` are
    affected, too.
    """
    known = config.monitors.get(monitor)
    page = page_showing(config.pages, (monitor,))
    return Audience(
        name=known.name if known else monitor,
        group=known.group if known else None,
        page_id=page.id,
        page_title=page.title,
        page_url=urls[page.id].rstrip("/"),
        time_zone=page.time_zone,
        names={other: config.monitors[other].name for other in others if other in config.monitors},
    )
