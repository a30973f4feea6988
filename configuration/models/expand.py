"""The parts of a health body as sub-components."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from configuration.models.fields import Line
from configuration.models.model import Model, wrong
from configuration.wording import found
from functions.domain.part import NAME_LIMIT, PART_LIMIT

_ALLOWED = "`true`, or settings such as `{except: [version], names: {db: Database}}`"


def switched(value: object) -> object:
    """Return the settings that `true` and `false` stand for: all defaults, and none."""
    if isinstance(value, bool):
        return {} if value else None
    if not isinstance(value, dict | Expand):
        raise wrong(f"found {found(value)}; allowed: {_ALLOWED}")
    return value


def _part(name: str) -> str:
    if len(name) > NAME_LIMIT:
        raise wrong(f"found {len(name)} characters; the name of a part has at most {NAME_LIMIT}")
    return name


PartName = Annotated[Line, AfterValidator(_part)]


class Expand(Model):
    """Which parts are shown, what they are called, and what they decide."""

    only: list[PartName] | None = Field(
        default=None,
        min_length=1,
        max_length=PART_LIMIT,
        description="The parts to show, by their names in the body, in this order. Default: all that are understood.",
    )
    except_: list[PartName] | None = Field(
        default=None, alias="except", min_length=1, description="Members of the body that are no parts to show."
    )
    names: dict[PartName, PartName] | None = Field(
        default=None, min_length=1, description="What the page calls them, by their names in the body."
    )
    failing: Literal["degraded", "down", "up"] | None = Field(
        default=None,
        description="What the monitor is, where it would be up, when a part has failed. Default `degraded`; `up`: the "
        "parts decide nothing.",
    )

    @model_validator(mode="after")
    def one_choice(self) -> Self:
        """Refuse a choice by what is shown and by what is not: the one makes the other idle."""
        if self.only is not None and self.except_ is not None:
            raise wrong("`only` and `except` are both there; keep the one that says what you mean")
        return self

    def compiled(self) -> dict[str, object]:
        """Return what is set, by the names of the domain's class."""
        fields = {"only": self.only, "without": self.except_, "names": self.names, "failing": self.failing}
        return {name: value for name, value in fields.items() if value is not None}
