"""What uptime means."""

from typing import Literal

from pydantic import Field

from configuration.models.model import Model


class Uptime(Model):
    """What counts as up."""

    degraded: Literal["up", "down"] | None = Field(
        default=None, description="What degraded counts as in uptime and error budgets. Default `up`."
    )
