"""Requests in order."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from configuration.address import AddressError, check_url
from configuration.models.expectation import Expectation, json_path
from configuration.models.fields import Line, Timeout, header_name
from configuration.models.http import Http
from configuration.models.model import wrong
from configuration.wording import found, quoted
from functions.domain.jsonpath import is_singular
from functions.domain.template import NAME, origin_of, stand_in

MOST_STEPS = 10


def _url(url: str) -> str:
    if "{{" in url and origin_of(url) is None:
        raise wrong(
            "scheme, host and port stand in the file: what an answer says must not decide where a request goes; "
            "write `https://HOST/{{ name }}`, or `https://HOST{{ name }}` for a value that is a path there"
        )
    try:
        check_url(stand_in(url))
    except AddressError as error:
        raise wrong(error.message, error.suggestion) from error
    return url


def _value_name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise wrong(
            f"{quoted(name)} is no name of a value; allowed: letters, digits and `_`, no digit at the beginning"
        )
    return name


def _source(value: object) -> object:
    """Return a JSON path, or `{"header": name}` with the name in lower case."""
    if isinstance(value, str):
        path = json_path(value)
        if not is_singular(path):
            raise wrong(f"the JSON path {quoted(path)} may match several values; name one: `$.items[0].id`")
        return path
    if isinstance(value, dict) and list(value) == ["header"] and isinstance(value["header"], str):
        return {"header": header_name(value["header"])}
    raise wrong(f"found {found(value)}; allowed: a JSON path (`$.access_token`), or `{{header: NAME}}`")


Source = Annotated[
    object,
    PlainValidator(_source),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^\\$"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["header"],
                    "properties": {"header": {"type": "string"}},
                },
            ]
        }
    ),
]


class Step(Http):
    """One request of several. `{{ name }}` in its texts is what an earlier step extracted."""

    claims: ClassVar = ("latency",)

    name: Line = Field(description="What it does, in public words: `Log in`.")
    url: Annotated[str, AfterValidator(_url)] = Field(
        description="The address to ask. Scheme, host and port are plain; after them, `{{ name }}` is percent-encoded.",
        json_schema_extra={"pattern": "^(https?://|\\$\\{)"},
    )
    expect: Expectation | None = Field(
        default=None, description="What must all hold for the step to be up. Default: as of an `http` monitor."
    )
    degraded: Expectation | None = Field(
        default=None, description="What makes the step degraded where any of it holds, also when `expect` does."
    )
    extract: dict[Annotated[str, AfterValidator(_value_name)], Source] | None = Field(
        default=None,
        min_length=1,
        description="Values for later steps, by name: a JSON path of one value, or `{header: NAME}`.",
    )
    timeout: Timeout | None = Field(
        default=None, description="How long this step may take. Default: what is left of the monitor's timeout."
    )

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:
        """Return the step as `functions.domain.checks.steps` has it: the request apart from what is made of it."""
        own = {"name", "expect", "degraded", "extract", "timeout"}
        fields = super().compiled(asked)
        return {
            "request": {key: value for key, value in fields.items() if key not in own},
            **{key: fields[key] for key in ("name", "extract", "timeout") if key in fields},
            **{
                key: half.model_dump(by_alias=True, exclude_unset=True)
                for key, half in (("expect", self.expect), ("degraded", self.degraded))
                if half is not None
            },
        }


StepList = Annotated[list[Step], Field(min_length=1, max_length=MOST_STEPS)]
