"""Which keys the models allow where."""

from typing import TYPE_CHECKING

from configuration.models.document import Document
from configuration.models.model import models_in
from configuration.problem import Location

if TYPE_CHECKING:
    from pydantic import BaseModel


def allowed_keys(location: Location) -> list[str]:
    """Return the keys of the model at `location`, empty where there is none."""
    model: type[BaseModel] | None = Document
    for step in location:
        if isinstance(step, int) or model is None:
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        model = next(models_in(fields[step].annotation), None) if step in fields else None
    return [field.alias or name for name, field in model.model_fields.items()] if model else []
