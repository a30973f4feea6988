"""What a team puts on its page so that it looks like theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by the name of its file among the page's assets, and its proportions."""

    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterLink:
    """A link in the footer; `url` is an address of the web, of mail, or a path of this site."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """`logo` stands for the title; `logo_dark` is the one for the dark theme, where that is another.

    `favicon` is shown while all is up: in trouble, the state's own icon is. `light` and `dark` are the variables of the
    stylesheet that differ from ours, by theme: `{"accent": "#a1005d"}`, without the two hyphens.
    """

    logo: Picture | None = None
    logo_dark: Picture | None = None
    favicon: str | None = None
    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)
    links: tuple[FooterLink, ...] = ()


NO_BRAND = Brand()
