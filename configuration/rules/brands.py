"""What a page brings along to look like its team's: files that may be served, and colours that can be read."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from configuration.brand.bundle import findings
from configuration.models.brand import Brand
from configuration.problem import Finding
from configuration.raw import mapping
from configuration.rules.pages import pages_of
from configuration.source import Source


def broken_brands(source: Source) -> Iterator[Finding]:
    """Find all that is wrong with the brands of pages, whatever else is wrong with them."""
    for location, page in pages_of(source):
        raw = mapping(page.get("brand"))
        try:
            brand = Brand.model_validate(raw)
        except ValidationError as error:
            wrong = {details["loc"][0] for details in error.errors() if details["loc"]}
            brand = Brand.model_validate({key: value for key, value in raw.items() if key not in wrong})
        yield from findings(brand, Path(source.file).parent, (*location, "brand"))
