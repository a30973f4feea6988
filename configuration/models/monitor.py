"""One thing watched."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from configuration.models.badges import Labels
from configuration.models.check import CheckModel
from configuration.models.expand import Expand, switched
from configuration.models.expectation import Degraded, Expectation
from configuration.models.fields import Line, Slug, Text
from configuration.models.kinds import KINDS, Kinds
from configuration.models.slo import Slo
from configuration.models.steps import Step
from configuration.models.timing import Timing


class Monitor(Kinds, Timing):
    """One thing watched."""

    id: Slug = Field(description="The id: part of addresses, and the name under which history is kept.")
    name: Line | None = Field(default=None, description="The name on the page. Default: the id.")
    group: Line | None = Field(default=None, description="The heading under which it stands on the page.")
    description: Text | None = Field(default=None, description="A few words on what it is, for the page.")
    depends_on: list[Slug] | None = Field(
        default=None,
        min_length=1,
        description="Ids of monitors that it cannot work without: while one is down, it does not alert.",
    )
    expect: Expectation | None = Field(
        default=None,
        description="What must all hold for the monitor to be up. Default of `http`: status 2xx is up, a 503 with JSON "
        "degraded; of other kinds: that there is an answer.",
    )
    degraded: Degraded | None = Field(
        default=None, description="What makes it degraded where any of it holds, also when `expect` does."
    )
    expand: Annotated[Expand | None, BeforeValidator(switched, json_schema_input_type=bool | Expand)] = Field(
        default=None,
        description="Whether the parts of a health body stand on the page: `true`, or which, and what they decide.",
    )
    badge_labels: Labels | None = Field(
        default=None, description="What stands on the left of its badges, by badge. Default: the page's, or its name."
    )
    slo: Slo | None = Field(default=None, description="The uptime that it is to reach, and its error budget.")

    @property
    def check(self) -> tuple[str, CheckModel | list[Step]]:
        """Return the kind and what it says."""
        return next((kind, model) for kind in KINDS if isinstance(model := getattr(self, kind), CheckModel | list))
