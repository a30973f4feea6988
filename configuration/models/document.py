"""The whole of pulseboard.yaml."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator

from configuration.models.fields import Line, duration_schema
from configuration.models.http import Url
from configuration.models.maintenance import Maintenance
from configuration.models.model import Model, wrong
from configuration.models.monitor import Monitor
from configuration.models.page import Page
from configuration.models.timing import Defaults
from configuration.models.uptime import Uptime
from configuration.regions import check_region
from configuration.units import DURATIONS, UnitError, duration, spell
from configuration.wording import quoted

_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


def _email(address: str) -> str:
    if not _EMAIL.fullmatch(address):
        raise wrong(f"{quoted(address)} is no e-mail address; allowed: `somebody@acme.example`")
    return address


def _days(low: int, high: int, *, why: str) -> PlainValidator:
    """Return a validator for whole days in [low, high]; `why` explains the bounds."""

    def validate(value: object) -> int:
        try:
            seconds = duration(value, bare="d")
        except UnitError as error:
            raise wrong(str(error), error.suggestion) from error
        days = seconds / DURATIONS["d"]
        if days != round(days) or not low <= days <= high:
            raise wrong(f"found {spell(seconds)}; allowed are whole days from {low}d to {high}d: {why}")
        return round(days)

    return PlainValidator(validate)


class Alerts(Model):
    """Who is told."""

    emails: list[Annotated[str, AfterValidator(_email)]] | None = Field(
        default=None, description="Addresses that are subscribed to the alerts; each has to confirm once."
    )


class Canary(Model):
    """What is asked before a mass failure is believed."""

    url: Url = Field(description="An address that always answers, however the monitors are.")


class Retention(Model):
    """How long history is kept."""

    runs: Annotated[int, _days(2, 400, why="uptime over 24 hours needs two"), duration_schema("35d")] | None = Field(
        default=None, description="How long every single run is kept. Default 35d."
    )
    days: Annotated[int, _days(91, 3660, why="the page shows 90 days"), duration_schema("800d")] | None = Field(
        default=None, description="How long the history of days is kept. Default 800d."
    )


class Document(Model):
    """pulseboard.yaml: what to watch, what healthy means, how the page looks."""

    page: Page | None = Field(
        default=None, description="The page that the public sees; or `pages`, where there are several."
    )
    pages: list[Page] | None = Field(
        default=None,
        min_length=1,
        description="Several pages, each with its own monitors, language and domain; the first is the main one.",
    )
    defaults: Defaults = Field(default=Defaults(), description="What monitors use that do not say otherwise.")
    groups: list[Line] | None = Field(
        default=None,
        min_length=1,
        description="The groups in the order in which the page shows them. Default: as they appear in `monitors`.",
    )
    monitors: list[Monitor] = Field(min_length=1, description="What is watched, in the order of the page.")
    maintenance: list[Maintenance] | None = Field(
        default=None,
        min_length=1,
        description="Planned windows: nobody is alerted, the page says why, and uptime leaves them out.",
    )
    uptime: Uptime = Field(default=Uptime(), description="What counts as up.")
    alerts: Alerts = Field(default=Alerts(), description="Who is told when something breaks.")
    regions: list[Annotated[str, AfterValidator(check_region)]] | None = Field(
        default=None,
        min_length=1,
        description="The AWS regions to check from, the home region first. Default: the one that the CDK deploys to.",
    )
    retention: Retention = Field(default=Retention(), description="How long history is kept.")
    on_delete: Literal["retain", "destroy"] | None = Field(
        default=None, description="What happens to the data when the stack is deleted. Default `retain`."
    )
    canary: Canary | Literal[False] | None = Field(
        default=None,
        description="What is asked before a mass failure is believed, or `false`. Default: DynamoDB at home.",
    )
    allow_private_targets: bool | None = Field(
        default=None,
        description="Allow targets in private networks and on this machine; link-local ones never. Default false.",
    )

    @property
    def all_pages(self) -> tuple[Page, ...]:
        """Return the pages, the main one first; a rule sees to it that there is one."""
        return tuple(self.pages or ()) if self.page is None else (self.page,)
