"""HTML read as strictly as the standard allows."""

import warnings
from xml.etree import ElementTree as ET

import html5lib


def parse_html(body: bytes) -> ET.Element:
    """Return the root; any parse error of the HTML standard raises `html5lib.html5parser.ParseError`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        root: ET.Element = parser.parse(body, transport_encoding="utf-8")
        return root
