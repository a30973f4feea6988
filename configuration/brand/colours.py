"""A brand's colours in both themes: what is derived, and what cannot be read."""

from collections.abc import Iterator, Mapping
from typing import Final

from configuration.brand.contrast import GRAPHICS, TEXT, contrast, nearest_readable, readable
from configuration.models.brand import PALETTE, Brand
from configuration.problem import Finding, Location

_TEXTS: Final = ("ink", "soft", "accent", "up", "degraded", "down", "maintenance", "no-data")
_BARS: Final = ("up-bar", "degraded-bar", "down-bar", "maintenance-bar", "no-data-bar")
_GROUNDS: Final = ("paper", "wash", "up-wash", "degraded-wash", "down-wash", "maintenance-wash")

Theme = Mapping[str, str]


def themes_of(brand: Brand) -> tuple[dict[str, str], dict[str, str]]:
    """Return the variables that differ from ours in the light theme and in the dark one.

    What is only said for the light theme: a colour that has to be read becomes the nearest that can be read in the dark
    one, the font is the same, and what lies behind stays ours.
    """
    given = dict(brand.variables or {})
    light = {name: _plain(name, variable.light) for name, variable in given.items()}
    dark = {name: _plain(name, variable.dark) for name, variable in given.items() if variable.dark is not None}
    only_light = {name for name, variable in given.items() if variable.dark is None}
    if brand.accent is not None:
        light["accent"] = brand.accent.light
        if brand.accent.dark is not None:
            dark["accent"] = brand.accent.dark
        else:
            only_light.add("accent")
    dark_grounds = [PALETTE.with_own({}, dark).dark[name] for name in _GROUNDS]
    for name in sorted(only_light):
        grounds, least = (dark_grounds, TEXT) if name in _TEXTS else (dark_grounds[:1], GRAPHICS)
        if name in _TEXTS or name in _BARS:
            dark[name] = nearest_readable(light[name], grounds, least) or PALETTE.dark[name]
    return light, dark


def unreadable(brand: Brand, location: Location) -> Iterator[Finding]:
    """Find the brand's colours that cannot be read where they stand, in each theme, with the nearest that can."""
    light, dark = themes_of(brand)
    palette = PALETTE.with_own(light, dark)
    for theme, own, colours in (("light", light, palette.light), ("dark", dark, palette.dark)):
        for name in own:
            yield from _finding(name, colours, own, location=location, theme=theme)


def _finding(name: str, colours: Theme, own: Theme, *, location: Location, theme: str) -> Iterator[Finding]:
    """Yield what is wrong with one colour: as a text or a bar on grounds, or as a ground under our texts."""
    if name in _TEXTS:
        others, least = {ground: colours[ground] for ground in _GROUNDS}, TEXT
    elif name in _BARS:
        others, least = {"paper": colours["paper"]}, GRAPHICS
    elif name in _GROUNDS:
        others, least = {text: colours[text] for text in _TEXTS if text not in own}, TEXT
    else:
        return
    colour = colours[name]
    if readable(colour, list(others.values()), least):
        return
    other = min(others, key=lambda each: contrast(colour, others[each]))
    ratio = int(contrast(colour, others[other]) * 100) / 100
    message = (
        f"`{colour}` has a contrast of {ratio:.2f} to 1 with `{other}` ({others[other]}) in the {theme} theme;"
        f" WCAG AA asks for {least:g}"
    )
    keys = ("accent",) if name == "accent" else ("variables", name)
    yield Finding(
        location=(*location, *keys, theme),
        message=message,
        suggestion=nearest_readable(colour, list(others.values()), least),
    )


def _plain(name: str, value: str) -> str:
    return value if name == "font" else value.strip().lower()
