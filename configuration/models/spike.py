"""Being slower than the monitor's own past."""

from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from configuration.models.fields import duration_schema, seconds_between
from configuration.models.model import Model, wrong
from configuration.wording import found
from functions.domain.spike import SpikeRule

MOST_RUNS = 10


def switched(value: object) -> object:
    """Return the settings that `true` and `false` stand for: all defaults, and none."""
    if isinstance(value, bool):
        return {} if value else None
    if not isinstance(value, dict | Spike):
        raise wrong(f"found {found(value)}; allowed: `true`, or settings such as `{{ratio: 3, floor: 200ms}}`")
    return value


def _runs(value: object) -> tuple[int, int]:
    allowed = f"allowed are two numbers: how many slow runs of how many, such as `[3, 4]`, up to {MOST_RUNS}"
    match value:
        case [int(runs), int(of)] if type(runs) is type(of) is int and 1 <= runs <= of <= MOST_RUNS:
            return runs, of
    raise wrong(f"found {found(value)}; {allowed}")


def _milliseconds(value: object) -> float:
    return seconds_between(0, 60, what="the floor", bare="ms")(value) * 1000


class Spike(Model):
    """What counts as a spike."""

    ratio: float | None = Field(
        default=None, ge=1.2, le=100, description="How many times the usual is slow. Default 2."
    )
    floor: Annotated[float, PlainValidator(_milliseconds), duration_schema("100ms", "1s")] | None = Field(
        default=None, description="How much over the usual it has to be at least. Default 100ms."
    )
    runs: (
        Annotated[
            tuple[int, int],
            PlainValidator(_runs),
            WithJsonSchema(
                {
                    "type": "array",
                    "minItems": 2,
                    "maxItems": 2,
                    "items": {"type": "integer", "minimum": 1, "maximum": MOST_RUNS},
                    "examples": [[3, 4]],
                }
            ),
        ]
        | None
    ) = Field(default=None, description="How many slow runs of how many make a spike. Default [3, 3].")

    @property
    def rule(self) -> SpikeRule:
        """Return it as the judge has it, the defaults filled in."""
        default = SpikeRule()
        runs, of = self.runs or (default.runs, default.of)
        return SpikeRule(
            ratio=default.ratio if self.ratio is None else float(self.ratio),
            floor=default.floor if self.floor is None else self.floor,
            runs=runs,
            of=of,
        )
