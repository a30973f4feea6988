"""Which keys the models allow where."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from configuration.models.document import Document
from configuration.problem import Location


def allowed_keys(location: Location) -> list[str]:
    """Return the keys of the model at `location`, empty where there is none."""
    model: type[BaseModel] | None = Document
    for step in location:
        if isinstance(step, int) or model is None:
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        model = next(models_in(fields[step].annotation), None) if step in fields else None
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type is made of: `Monitor` for `list[Monitor] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)
