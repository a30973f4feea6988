"""The stylesheet's variables by theme: read for contrast at synth, and for what is drawn outside of the stylesheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_VARIABLE: Final = re.compile(r"--([a-z-]+): ([^;{}]+);")
_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_DARK: Final = ':root[data-theme="dark"] {'


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Each theme's colours by variable, without the two hyphens, as `#rgb` or `#rrggbb`."""

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def with_own(self, light: Mapping[str, str], dark: Mapping[str, str]) -> "Palette":
        """Return the palette with other values."""
        return Palette(light={**self.light, **_colours(light)}, dark={**self.dark, **_colours(dark)})


def read_variables(sheet: str) -> dict[str, str]:
    """Return all variables of the light theme with their values: what may be set at all."""
    return dict(_VARIABLE.findall(sheet[: sheet.index("}")]))


def read_palette(sheet: str) -> Palette:
    """Return the colours that `sheet` (page.css) gives to its variables: the light theme's stand first."""
    dark = sheet[sheet.index(_DARK) :]
    return Palette(
        light=_colours(read_variables(sheet)), dark=_colours(dict(_VARIABLE.findall(dark[: dark.index("}")])))
    )


def rules_for(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return the rules that give these values to the variables, after the stylesheet's own."""
    rules = []
    if light:
        rules.append(f":root {{ {_declared(light)} }}")
    if dark:
        values = _declared(dark)
        rules.append(
            f'@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {values} }} }}'
        )
        rules.append(f'@media screen {{ :root[data-theme="dark"] {{ {values} }} }}')
    return "\n".join(rules)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == len("#rrggbb") else "".join(2 * digit for digit in colour[1:])
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return red, green, blue


def _colours(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if _COLOUR.fullmatch(value)}


def _declared(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())
