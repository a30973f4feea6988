"""Somebody else's status page."""

from typing import ClassVar, Literal

from pydantic import Field

from configuration.models.check import CheckModel
from configuration.models.fields import Line
from configuration.models.http import Url


class Upstream(CheckModel):
    """Somebody else's status page, as a component of yours."""

    claims: ClassVar = ("json", "headers", "body", "latency", "certificate")

    name: Line = Field(description="Who it is about, as the public knows them: `Stripe`.")
    url: Url = Field(
        description="The page of a Statuspage (or its summary.json), or the address of a feed.",
        json_schema_extra={"pattern": "^(https?://|\\$\\{)"},
    )
    format: Literal["statuspage", "feed"] | None = Field(
        default=None, description="`statuspage` (version 2 of its API, the default) or `feed` (RSS 2.0 or Atom)."
    )
    component: Line | None = Field(
        default=None, description="Of a Statuspage: the id or name of the only component that matters. Default: all."
    )
