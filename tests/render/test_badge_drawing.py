"""Badges as drawings: the metrics of shields.io, well-formed, with a name for those who cannot see them."""

from xml.etree import ElementTree as ET

import pytest

from functions.domain.badge_look import BadgeStyle
from functions.render.badge_drawing import draw_badge
from functions.render.badges import COLOURS
from functions.render.text_width import VERDANA_10, VERDANA_11, VERDANA_BOLD_10, Face, text_width
from tests.render.badge_figures import HEIGHTS, LOUD, QUIET, Figures

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ("<script>alert(1)</script>", '"><svg onload=alert(1)>', "a & b", "]]>", "'\"`", "{{ 7 }}", "&#60;b&#62;")


def parsed(label: str, message: str, style: BadgeStyle = BadgeStyle.FLAT) -> ET.Element:
    """Return the drawing as a tree."""
    return ET.fromstring(draw_badge(label, message, COLOURS["red"], style))  # noqa: S314 (our own)


def readable(root: ET.Element) -> list[ET.Element]:
    """Return the texts without their shadows."""
    [group] = [child for child in root if child.tag == f"{SVG}g" and child.get("font-family")]
    return group.findall(f"{SVG}text")


@pytest.mark.parametrize("style", list(BadgeStyle))
@pytest.mark.parametrize("number", range(len(QUIET)))
def test_the_metrics_are_those_of_shields(style: BadgeStyle, number: int) -> None:
    """Width, height, base line, and for each text its middle and its length."""
    expected: Figures = (LOUD if style is BadgeStyle.FOR_THE_BADGE else QUIET)[number]
    root = parsed(expected.label, expected.message, style)
    height, baseline = HEIGHTS[style]
    label, message = readable(root)

    assert (float(root.attrib["width"]), float(root.attrib["height"])) == (expected.width, height)
    assert {label.get("y"), message.get("y")} == {str(baseline)}
    assert [float(label.attrib[key]) for key in ("x", "textLength")] == [expected.label_x, expected.label_length]
    assert [float(message.attrib[key]) for key in ("x", "textLength")] == [expected.message_x, expected.message_length]


@pytest.mark.parametrize("style", list(BadgeStyle))
def test_who_cannot_see_it_hears_what_it_says(style: BadgeStyle) -> None:
    """It is an image with a name, in the words as they are written; shadows are not read out."""
    root = parsed("Shop API", "up", style)

    assert (root.get("role"), root.get("aria-label")) == ("img", "Shop API: up")
    assert root.findtext(f"{SVG}title") == "Shop API: up"
    for group in root.iter(f"{SVG}g"):
        if group.get("fill") == "#010101":
            assert group.get("aria-hidden") == "true"


@pytest.mark.parametrize("style", list(BadgeStyle))
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(style: BadgeStyle, text: str) -> None:
    """On either side: the drawing parses, has no element that it should not have, and says what was given."""
    root = parsed(text, text, style)

    assert root.get("aria-label") == f"{text}: {text}"
    shown = text.upper() if style is BadgeStyle.FOR_THE_BADGE else text
    assert [element.text for element in readable(root)] == [shown, shown]
    assert not {"script", "svg", "b"} & {
        element.tag.removeprefix(SVG) for element in root.iter() if element is not root
    }
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_without_a_label_there_is_one_box() -> None:
    """As shields.io draws it: `grown` alone is 45 pixels wide, its middle at 22.5."""
    root = parsed("", "grown")

    assert root.get("width") == "45"
    assert [element.get("x") for element in readable(root)] == ["225"]


@pytest.mark.parametrize("label", ["a", "uptime 30d", "W" * 48, "状态", "👩‍👧"])
def test_both_boxes_fit_their_text(label: str) -> None:
    """Text that shields.io cannot measure either (scripts that Verdana lacks) is still inside of its box."""
    root = parsed(label, "up")
    lengths = [int(text.attrib["textLength"]) / 10 for text in readable(root)]

    assert int(root.attrib["width"]) == sum(lengths) + 20
    for text, length in zip((label, "up"), lengths, strict=True):
        assert abs(length - text_width(text)) <= 1


@pytest.mark.parametrize(
    ("text", "face", "pixels"),
    [
        ("up", VERDANA_11, 13.81),
        ("MTQS", VERDANA_11, 32.23),
        ("99.98%", VERDANA_11, 43.8),
        ("é", VERDANA_11, 6.55),
        ("e\u0301", VERDANA_11, 6.55),
        ("状", VERDANA_11, 11.0),
        ("状", VERDANA_10, 10.0),
        ("\u202e", VERDANA_11, 0.0),
        ("", VERDANA_11, 0.0),
        ("m", VERDANA_11, 10.7),
        ("m", VERDANA_10, 9.73),
        ("m", VERDANA_BOLD_10, 10.58),
        ("W%", VERDANA_BOLD_10, 24.0),
    ],
)
def test_text_is_as_wide_as_in_verdana(text: str, face: Face, pixels: float) -> None:
    """Without kerning; the widths of single letters are those that shields.io measures with."""
    assert text_width(text, face) == pytest.approx(pixels, abs=0.02)
