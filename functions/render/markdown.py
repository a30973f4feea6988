"""Markdown that people wrote in incidents, as markup in which nothing runs and nothing comes from elsewhere.

CommonMark with tables and strikethrough, by markdown-it-py. HTML is switched off: tags show as text. Links go to http,
https and mailto; images, which would be fetched from other hosts, become links. Headings begin below those of the page.
"""

from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from functions.render.plain_text import allowed, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_DEEPEST: Final = 20
_BELOW: Final = 2
"""The levels of headings that are the page's own: its title, and those of its sections."""


@lru_cache(maxsize=256)
def markdown(text: str) -> Markup:
    """Return `text` as markup: block elements, to stand inside a `div`."""
    return Markup(allowed(_parser().render(allowed(text))))  # noqa: S704 (HTML is off, and what is a link is checked)


@lru_cache(maxsize=256)
def plain(text: str, *, limit: int) -> str:
    """Return the words of `text` on one line, without its marks, cut to `limit` characters."""
    words: list[str] = []
    for token in _parser().parse(allowed(text)):
        if token.type == "inline":
            words.extend(_words(token.children or ()))
        elif token.type in ("fence", "code_block"):
            words.append(token.content)
        words.append(" ")
    return one_line("".join(words), limit=limit)


def _words(tokens: Sequence["Token"]) -> list[str]:
    found = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            found.append(" ")
        elif token.type in ("text", "code_inline", "text_special", "html_inline", "image"):
            found.append(token.content)
    return found


@cache
def _parser() -> "MarkdownIt":
    # A rendering without words of people, which is nearly every one, need not wait for it.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.validateLink = _is_allowed  # type: ignore[method-assign]  # how the library wants to be told
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    parser.add_render_rule("fence", _code)
    for cell in ("th_open", "td_open"):
        parser.add_render_rule(cell, _cell)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _is_allowed(url: str) -> bool:
    """Tell whether a link may go there: the scheme says so, and there is one."""
    try:
        return urlsplit(unescape(url).strip()).scheme.lower() in _SCHEMES
    except ValueError:
        return False


Env = MutableMapping[str, Any]


def _link(_: "RendererHTML", tokens: Sequence["Token"], place: int, __: "OptionsDict", ___: Env) -> str:
    return _opening(str(tokens[place].attrs.get("href", "")))


def _opening(url: str) -> str:
    return f'<a href="{escape(url)}" rel="nofollow ugc noopener">'


def _image(_: "RendererHTML", tokens: Sequence["Token"], place: int, __: "OptionsDict", ___: Env) -> str:
    """Return a link to the image; inside of a link, which may not hold another, only its description."""
    url = str(tokens[place].attrs.get("src", ""))
    shown = escape(tokens[place].content or url)
    depth = sum((t.type == "link_open") - (t.type == "link_close") for t in tokens[:place])
    return str(shown) if depth else f"{_opening(url)}{shown}</a>"


def _heading(_: "RendererHTML", tokens: Sequence["Token"], place: int, __: "OptionsDict", ___: Env) -> str:
    token = tokens[place]
    level = min(6, int(token.tag[1:]) + _BELOW)
    return f"<h{level}>" if token.nesting > 0 else f"</h{level}>\n"


def _code(_: "RendererHTML", tokens: Sequence["Token"], place: int, __: "OptionsDict", ___: Env) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[place].content)}</code></pre>\n'


def _cell(_: "RendererHTML", tokens: Sequence["Token"], place: int, __: "OptionsDict", ___: Env) -> str:
    """Return the cell without its alignment, which would be a style: the page's policy allows none in elements."""
    return f"<{tokens[place].tag}>"


def _table_open(_: "RendererHTML", __: Sequence["Token"], ___: int, ____: "OptionsDict", _____: Env) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(_: "RendererHTML", __: Sequence["Token"], ___: int, ____: "OptionsDict", _____: Env) -> str:
    return "</table></div>\n"
