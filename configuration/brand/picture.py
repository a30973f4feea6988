"""Pictures that are served from the page's own address: what they are by content, and nothing in them that runs.

An SVG with a script is refused and not cleaned: what is left of one would be a guess at what was meant. Were one to get
through, the page's Content-Security-Policy would keep its scripts from running, too.
"""

import re
import struct
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from configuration.brand.style import fetches

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = 24  # bytes: signature, length, IHDR, width, height
_LARGEST_SIDE: Final = 4096
_LARGEST_BOX: Final = 1e9
_BOX: Final = 4  # numbers of a viewBox: left, top, width, height
_SVG: Final = "{http://www.w3.org/2000/svg}"
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_REFUSED: Final = frozenset({"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "a"})
_RUNS: Final = re.compile(r"javascript:|expression\(", re.IGNORECASE)
_WITHIN: Final = re.compile(r"#|data:image/(png|jpeg|gif|webp);", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*([0-9.]+)(?:px)?\s*")


class PictureError(Exception):
    """A picture cannot be used; the message says why, and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a picture is: the end of its file's name (`.svg`, `.png`), and its proportions."""

    suffix: str
    width: int
    height: int


def kind_of(content: bytes) -> Kind:
    """Return what `content` is, whatever its file is called. Raises PictureError."""
    if content.startswith(_PNG):
        return _png(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _svg(content)
    raise PictureError("this is neither an SVG nor a PNG by its content; allowed are these two")


def _png(content: bytes) -> Kind:
    if len(content) < _HEADER or content[12:16] != b"IHDR" or b"IEND" not in content[-12:]:
        raise PictureError("this PNG is damaged: its header or its end is missing; export it again")
    width, height = struct.unpack(">II", content[16:_HEADER])
    if not 0 < width <= _LARGEST_SIDE or not 0 < height <= _LARGEST_SIDE:
        raise PictureError(f"this PNG has {width} by {height} pixels; at most {_LARGEST_SIDE} a side are allowed")
    return Kind(suffix=".png", width=width, height=height)


def _svg(content: bytes) -> Kind:
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise PictureError("this SVG has a DOCTYPE or entities; remove them (export it as plain SVG)") from error
    except (ParseError, ValueError, LookupError) as error:
        raise PictureError(f"this is no well-formed SVG: {error}") from error
    if root.tag != f"{_SVG}svg":
        raise PictureError('this is XML, but no SVG: <svg xmlns="http://www.w3.org/2000/svg"> has to be its root')
    if b"<?xml-stylesheet" in content:
        raise PictureError("this SVG refers to a stylesheet; put its styles into the file")
    for element in root.iter():
        _refuse(element)
    return _proportions(root)


def _refuse(element: Element) -> None:
    """Raise PictureError for an element that runs something, or refers to something outside of the file."""
    name = element.tag.rpartition("}")[2]
    if name in _REFUSED or element.tag.startswith(_XHTML):
        raise PictureError(f"this SVG has the element <{name}>; a picture on the page may only draw: remove it")
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2]
        if plain.lower().startswith("on"):
            raise PictureError(f"this SVG has the attribute `{plain}`, which is a script; remove it")
        if plain in ("href", "src") and not _WITHIN.match(value.strip()):
            raise PictureError(f"this SVG refers to something outside of the file (`{plain}`); embed it, or remove it")
        if _RUNS.search(value) or fetches(value):
            raise PictureError(f"this SVG refers to something outside of the file (`{plain}`); embed it, or remove it")
    if name == "style" and fetches("".join(element.itertext())):
        raise PictureError("this SVG's styles refer to something outside of the file; embed it, or remove it")


def _proportions(root: Element) -> Kind:
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = box[2:] if len(box) == _BOX else [root.get("width", ""), root.get("height", "")]
    found = [_LENGTH.fullmatch(side) for side in sides]
    try:
        width, height = (float(match[1]) for match in found if match)
    except ValueError as error:
        raise PictureError("this SVG has no viewBox, nor a width and a height in pixels; add one") from error
    if not 0 < width < _LARGEST_BOX or not 0 < height < _LARGEST_BOX:
        raise PictureError("this SVG has no area; look at its viewBox")
    scale = 1000 / max(width, height)
    return Kind(suffix=".svg", width=max(1, round(width * scale)), height=max(1, round(height * scale)))
