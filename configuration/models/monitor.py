"""One thing watched."""

from pydantic import Field

from configuration.models.expectation import Expectation
from configuration.models.fields import Line, Slug, Text
from configuration.models.http import Http
from configuration.models.timing import Timing


class Monitor(Timing):
    """One thing watched."""

    id: Slug = Field(description="The id: part of addresses, and the name under which history is kept.")
    name: Line | None = Field(default=None, description="The name on the page. Default: the id.")
    group: Line | None = Field(default=None, description="The heading under which it stands on the page.")
    description: Text | None = Field(default=None, description="A few words on what it is, for the page.")
    http: Http = Field(description="The request to make.")
    expect: Expectation | None = Field(
        default=None,
        description="What must all hold for the monitor to be up. Default: status 2xx is up, a 503 with JSON degraded.",
    )
    degraded: Expectation | None = Field(
        default=None, description="What makes it degraded where any of it holds, also when `expect` does."
    )
