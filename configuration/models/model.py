"""What all models of pulseboard.yaml share."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from configuration.problem import Finding


class Model(BaseModel):
    """Strict: `"1"` is not `1`; closed: an unknown key is an error; a key with nothing after it is one too."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, validate_by_name=False, validate_by_alias=True)

    @field_validator("*", mode="before")
    @classmethod
    def something_is_there(cls, value: object, info: ValidationInfo) -> object:
        """Refuse `key:` with nothing after it, which is usually a value that is indented wrongly."""
        if value is None and info.field_name not in cls.nullable():
            raise wrong("there is nothing after this key; give it a value, or leave the key out")
        return value

    @classmethod
    def nullable(cls) -> frozenset[str]:
        """Return the fields for which `null` is a value of its own."""
        return frozenset()


def wrong(message: str, suggestion: str | None = None) -> PydanticCustomError:
    """Return the error that tells `message` and `suggestion` as they are."""
    return PydanticCustomError("pulseboard", "{message}", {"message": message, "suggestion": suggestion})


def all_wrong(findings: list[Finding], value: object) -> ValidationError:
    """Return one error for several findings, their locations counted from the value that is validated."""
    return ValidationError.from_exception_data(
        "pulseboard",
        [
            InitErrorDetails(
                type=PydanticCustomError(
                    "pulseboard",
                    "{message}",
                    {"message": finding.message, "suggestion": finding.suggestion, "at_key": finding.at_key},
                ),
                loc=finding.location,
                input=value,
            )
            for finding in findings
        ],
    )


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type is made of: `Monitor` for `list[Monitor] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)
