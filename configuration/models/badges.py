"""How badges look and what stands on them."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema

from configuration.models.fields import Line, seconds_between
from configuration.models.model import Model, wrong
from configuration.nearest import nearest
from configuration.units import DURATION_PATTERN
from configuration.wording import found, listed
from functions.domain.badge_look import BadgeName, BadgeStyle

_STEPS = 3
_STYLES = [style.value for style in BadgeStyle]
_NAMES = [name.value for name in BadgeName]


def _one_of(known: list[str], what: str) -> AfterValidator:
    """Return a validator for one of the words that are `known`."""

    def validate(value: str) -> str:
        if value not in known:
            raise wrong(f"found {found(value)}; {what}: {listed(known)}", nearest(value, known))
        return value

    return AfterValidator(validate)


def _different(styles: list[str]) -> list[str]:
    if len(set(styles)) < len(styles):
        raise wrong("a style is listed twice")
    return styles


def _falling(numbers: list[float]) -> list[float]:
    if len(numbers) != _STEPS or sorted(set(numbers), reverse=True) != numbers:
        raise wrong("allowed are three numbers, each below the one before: where bright green, green and yellow end")
    return numbers


def _rising(values: object) -> list[float]:
    """Return durations in seconds."""
    if not isinstance(values, list) or len(values) != _STEPS:
        raise wrong("allowed are three durations: where bright green, green and yellow end")
    times = [seconds_between(0.001, 60, what="a response time")(value) for value in values]
    if sorted(set(times)) != times:
        raise wrong("allowed are three durations, each longer than the one before")
    return times


def _as_numbers(values: object) -> object:
    """Let `99` stand for `99.0`: models are strict."""
    if not isinstance(values, list):
        return values
    return [float(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in values]


def _three(least: float, most: float, *examples: float) -> WithJsonSchema:
    number = {"type": "number", "minimum": least, "maximum": most}
    schema = {"type": "array", "items": number, "minItems": 3, "maxItems": 3, "examples": [list(examples)]}
    return WithJsonSchema(schema)


Style = Annotated[str, _one_of(_STYLES, "allowed"), WithJsonSchema({"type": "string", "enum": _STYLES})]
_Name = Annotated[str, _one_of(_NAMES, "badges are")]
Labels = Annotated[
    dict[_Name, Line],
    WithJsonSchema(
        {
            "type": "object",
            "properties": {name: {"type": "string", "minLength": 1, "maxLength": 120} for name in _NAMES},
            "additionalProperties": False,
        }
    ),
]
_Percentages = Annotated[
    list[Annotated[float, Field(ge=0, le=100)]],
    BeforeValidator(_as_numbers),
    AfterValidator(_falling),
    _three(0, 100, 99.9, 99, 95),
]
_Days = Annotated[
    list[Annotated[float, Field(ge=0, le=400)]],
    BeforeValidator(_as_numbers),
    AfterValidator(_falling),
    _three(0, 400, 30, 14, 7),
]
_Times = Annotated[
    list[float],
    PlainValidator(_rising),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string", "pattern": DURATION_PATTERN},
            "minItems": 3,
            "maxItems": 3,
            "examples": [["200ms", "500ms", "1s"]],
        }
    ),
]


class Badges(Model):
    """The badges of a page, its groups and its monitors."""

    style: Style | None = Field(default=None, description="The style of `{badge}.svg`. Default `flat`.")
    styles: Annotated[list[Style], AfterValidator(_different)] | None = Field(
        default=None,
        description="The styles that there are beside it, as `{badge}.{style}.svg`. Default: all four.",
    )
    labels: Labels | None = Field(
        default=None, description="What stands on the left, by badge; `status` is the page's own badge."
    )
    uptime: _Percentages | None = Field(
        default=None, description="The uptime at which bright green, green and yellow end. Default `[99.9, 99, 95]`."
    )
    response_time: _Times | None = Field(
        default=None, description="The response times at which they end: `[200ms, 500ms, 1s]`. Default: always blue."
    )
    certificate: _Days | None = Field(
        default=None, description="The days left of a certificate at which they end. Default `[30, 14, 7]`."
    )
