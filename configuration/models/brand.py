"""How a page is made to look like its team's."""

import re
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from configuration.models.fields import Line
from configuration.models.model import Model, wrong
from configuration.nearest import nearest
from configuration.wording import listed, quoted
from functions.render.palette import read_palette, read_variables

SHEET: Final = (Path(__file__).resolve().parents[2] / "site_templates" / "page.css").read_text(encoding="utf-8")
VARIABLES: Final = tuple(read_variables(SHEET))
PALETTE: Final = read_palette(SHEET)

_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_FONT: Final = re.compile(r"[A-Za-z0-9 ,'\"_-]{1,300}")
_LINK: Final = re.compile(r"(https?://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+|/(?!/)|/$)\S*")
_MOST_LINKS: Final = 12


def _colour(value: str) -> str:
    colour = value.strip().lower()
    if _COLOUR.fullmatch(colour):
        return colour
    meant = f"#{colour}" if _COLOUR.fullmatch(f"#{colour}") else None
    raise wrong(f"{quoted(value)} is no colour; allowed: `#` and 3 or 6 hexadecimal digits, in quotes", meant)


Colour = Annotated[str, AfterValidator(_colour)]


def _light_alone(value: object) -> object:
    """Return the mapping that a bare text stands for."""
    return {"light": value} if isinstance(value, str) else value


def _link(url: str) -> str:
    if _LINK.fullmatch(url):
        return url
    meant = f"https://{url}" if _LINK.fullmatch(f"https://{url}") and "." in url and ":" not in url else None
    raise wrong(
        f"{quoted(url)} is no address for a link; allowed: `https://…`, `http://…`, `mailto:…`, or a path `/…`", meant
    )


class Logo(Model):
    """The logo in both themes."""

    light: Line = Field(description="The file for the light theme, an SVG or a PNG of at most 100 kB.")
    dark: Line | None = Field(default=None, description="The file for the dark theme. Default: the same.")


class Accent(Model):
    """The accent colour in both themes."""

    light: Colour = Field(description='In the light theme: `"#3a4aa8"`.')
    dark: Colour | None = Field(default=None, description="In the dark theme. Default: the nearest that can be read.")


class Variable(Model):
    """The value of a variable of the stylesheet, in both themes."""

    light: Line = Field(description="In the light theme.")
    dark: Line | None = Field(default=None, description="In the dark theme. Default: docs/branding.md tells.")


class Link(Model):
    """A link in the footer."""

    text: Line = Field(description="What it says.")
    url: Annotated[Line, AfterValidator(_link)] = Field(description="Where it leads.")


class Brand(Model):
    """How the page is made to look like yours."""

    logo: Annotated[Logo | None, BeforeValidator(_light_alone, json_schema_input_type=str | Logo)] = Field(
        default=None, description="A file that stands for the title, or one for each theme."
    )
    favicon: Line | None = Field(
        default=None, description="A file, SVG or PNG of at most 50 kB, that is shown while all is up."
    )
    accent: Annotated[Accent | None, BeforeValidator(_light_alone, json_schema_input_type=str | Accent)] = Field(
        default=None, description="The colour of links and charts, or one for each theme."
    )
    variables: (
        dict[str, Annotated[Variable, BeforeValidator(_light_alone, json_schema_input_type=str | Variable)]] | None
    ) = Field(default=None, description="Other variables of the stylesheet by name: `paper`, `ink`, `font` ...")
    links: list[Link] | None = Field(
        default=None, min_length=1, max_length=_MOST_LINKS, description="Links in the footer, in this order."
    )
    css: Line | None = Field(default=None, description="A file with styles of your own, at most 20 kB.")
    templates: Line | None = Field(default=None, description="A folder with templates that take the place of ours.")

    @field_validator("*", mode="before")
    @classmethod
    def something_is_there(cls, value: object, info: ValidationInfo) -> object:
        """Refuse `accent: #3a4aa8`, which is nothing and a comment."""
        if value is None and info.field_name == "accent":
            raise wrong("there is nothing after this key; put a colour in quotes, since `#` begins a comment in YAML")
        if value is None:
            raise wrong("there is nothing after this key; give it a value, or leave the key out")
        return value

    @field_validator("variables")
    @classmethod
    def known_variables(cls, value: dict[str, Variable] | None) -> dict[str, Variable] | None:
        """Refuse a variable that the stylesheet does not have, and values that would end its declaration."""
        for name, variable in (value or {}).items():
            if name not in VARIABLES:
                raise wrong(f"`{name}` is no variable; allowed: {listed(list(VARIABLES))}", nearest(name, VARIABLES))
            if name == "accent":
                raise wrong("`accent` has a key of its own, beside `variables`")
            for each in (variable.light, variable.dark):
                if each is not None and name == "font" and not _FONT.fullmatch(each):
                    raise wrong(f"{quoted(each)} is no list of font families; allowed: names, commas and quotes")
                if each is not None and name != "font":
                    _colour(each)
        return value
