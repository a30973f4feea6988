"""How a page is made to look like its team's: files, colours and templates, and what is wrong with them."""

import struct
from pathlib import Path

import pytest

from configuration import Configuration, ConfigurationError, load
from configuration.brand.contrast import contrast, nearest_readable, readable
from configuration.brand.picture import PictureError, kind_of
from functions.config import decode_config
from functions.domain.brand import FooterLink, Picture
from tests.configuration.texts import ONE, deployed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20">{}</svg>'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 64, 32) + bytes(9) + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def written(folder: Path, brand: str, **files: str | bytes) -> Path:
    """Write a pulseboard.yaml whose page has `brand` in line 5, and the files beside it (`_` for a dot)."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    file = folder / "pulseboard.yaml"
    file.write_text(f"page:\n  id: a\n  title: A\n  brand:\n    {brand}\n{ONE}")
    return file


def loaded(folder: Path, brand: str, **files: str | bytes) -> Configuration:
    """Return what comes of it."""
    return load(written(folder, brand, **files))


def problems(folder: Path, brand: str, **files: str | bytes) -> list[str]:
    """Return what is wrong with it, without the folder."""
    with pytest.raises(ConfigurationError) as raised:
        loaded(folder, brand, **files)
    return [str(problem).replace(f"{folder}/", "") for problem in raised.value.problems]


def test_everything_is_read_and_ships_under_the_pages_folder(tmp_path: Path) -> None:
    """Pictures by content, whatever their names say; paths count from pulseboard.yaml; the functions read the same."""
    (tmp_path / "looks/html").mkdir(parents=True)
    (tmp_path / "looks/html/404.html").write_text("Nothing here, says {{ page.title }}.")
    configuration = loaded(
        tmp_path,
        "{logo: {light: looks/l.svg, dark: d.svg}, favicon: d.svg, css: own.css, templates: looks/html,"
        ' links: [{text: Imprint, url: "https://acme.example/imprint"}, {text: Help, url: /help}]}',
        looks__l_svg=SVG.format(""),
        d_svg=PNG,
        own_css="h1 { color: red }",
    )

    assert configuration.files == {
        "brands/a/assets/logo.svg": SVG.format("").encode(),
        "brands/a/assets/logo-dark.png": PNG,
        "brands/a/assets/favicon.png": PNG,
        "brands/a/brand.css": b"h1 { color: red }",
        "brands/a/templates/404.html": b"Nothing here, says {{ page.title }}.",
    }
    [page] = deployed(configuration).pages
    assert page.brand.logo == Picture(file="logo.svg", width=1000, height=250)
    assert page.brand.logo_dark == Picture(file="logo-dark.png", width=64, height=32)
    assert page.brand.favicon == "favicon.png"
    assert page.brand.links == (
        FooterLink(text="Imprint", url="https://acme.example/imprint"),
        FooterLink(text="Help", url="/help"),
    )


def test_a_page_without_a_brand_has_none(tmp_path: Path) -> None:
    """And nothing ships for it."""
    file = tmp_path / "pulseboard.yaml"
    file.write_text(f"page: {{id: a, title: A}}\n{ONE}")
    configuration = load(file)

    assert configuration.files == {}
    assert decode_config(configuration.runtime).pages[0].brand.logo is None


@pytest.mark.parametrize(
    ("brand", "said"),
    [
        ("logo: none.svg", '5:11: page.brand.logo: there is no file "none.svg"; paths count from the folder'),
        (
            "logo: lgo.svg",
            'no file "lgo.svg"; paths count from the folder of pulseboard.yaml (did you mean `logo.svg`?)',
        ),
        ("logo: {light: logo.svg, dark: big.svg}", '5:35: page.brand.logo.dark: "big.svg" has 100,001 bytes; at most'),
        ("favicon: text.svg", "page.brand.favicon: text.svg: this is neither an SVG nor a PNG by its content"),
        ("logo: .", '"." cannot be read: Is a directory'),
        ("accent: #a00", "put a colour in quotes, since `#` begins a comment in YAML"),
        (
            'accent: "a1005d"',
            '"a1005d" is no colour; allowed: `#` and 3 or 6 hexadecimal digits, in quotes (did you me',
        ),
        (
            'accent: "#ff7a00"',
            "contrast of 2.23 to 1 with `down-wash` (#fce9e5) in the light theme; WCAG AA asks for 4.5",
        ),
        ('accent: "#ff7a00"', "(did you mean `#ac5200`?)"),
        ('accent: {light: "#a1005d", dark: "#a1005d"}', "page.brand.accent.dark: `#a1005d` has a contrast of"),
        ('variables: {ikn: "#000"}', "page.brand.variables: `ikn` is no variable; allowed: `paper`, `surface`, `ink`"),
        ('variables: {paper: "#777"}', "page.brand.variables.paper: `#777` has a contrast of 1."),
        ('variables: {up-bar: "#eee"}', "with `paper` (#fdfcfa) in the light theme; WCAG AA asks for 3 (did you mean"),
        ('variables: {ink: "red; } body { display: none"}', "is no colour"),
        ('variables: {font: "a; } b { c: d"}', "is no list of font families"),
        (
            'links: [{text: x, url: "javascript:alert(1)"}]',
            'page.brand.links[0].url: "javascript:alert(1)" is no address',
        ),
        ('links: [{text: x, url: "acme.example/a"}]', "(did you mean `https://acme.example/a`?)"),
        ('links: [{text: x, url: "//acme.example/a"}]', "is no address for a link"),
        ("css: import.css", "page.brand.css: line 2 of the stylesheet has `@import`: a page refers to nothing outside"),
        (
            "css: url.css",
            "line 1 of the stylesheet has `url(https://x.example/y.png`: a page refers to nothing outside",
        ),
        ("css: escaped.css", "line 2 of the stylesheet has `url(//x.example`: a page refers to nothing outside"),
        ("css: quoted.css", "line 1 of the stylesheet has `@import`: a page refers to nothing outside"),
        ("css: end.css", "line 1 of the stylesheet has `</`: this would end the styles in the page"),
        ("css: latin.css", '"latin.css" is not UTF-8 at byte 3; save it in UTF-8'),
        ("templates: nowhere", 'page.brand.templates: there is no folder "nowhere"'),
        ("loggo: x", "page.brand.loggo: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, brand: str, said: str) -> None:
    """File, line and key, what was found, what is allowed, and what was probably meant."""
    found = problems(
        tmp_path,
        brand,
        logo_svg=SVG.format(""),
        big_svg=b"x" * 100_001,
        text_svg="hello",
        import_css="/* fine:\n*/ @import 'x.css';",
        url_css="a { background: url(https://x.example/y.png) }",
        escaped_css="a { color: red }\nb { background: \\75 rl(//x.example) }",
        quoted_css="a { content: '/*' } @import 'x.css'; b { content: '*/' }",
        end_css="a { content: '</style>' }",
        latin_css=b"a {\xe9}",
    )
    assert len(found) == 1, found
    assert said in found[0]
    assert found[0].startswith("pulseboard.yaml:5:")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<g><ScRiPt/></g>".replace("ScRiPt", "script"), "<script>"),
        ('<rect onclick="x()"/>', "`onclick`"),
        ('<rect onLoad="x()"/>', "`onLoad`"),
        ('<a href="https://x.example"><rect/></a>', "<a>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="https://x.example/y.png"/>', "outside of the file (`href`)"),
        ('<image xmlns:x="http://www.w3.org/1999/xlink" x:href="data:text/html,hi"/>', "outside of the file (`href`)"),
        ('<rect fill="url(https://x.example/#a)"/>', "outside of the file (`fill`)"),
        ("<rect style=\"fill: url( '//x.example')\"/>", "outside of the file (`style`)"),
        ("<style>@import 'x'</style>", "styles refer to something outside"),
        (r"<style>@im\70ort 'x'</style>", "styles refer to something outside"),
        (r'<rect fill="u\72 l(//x.example)"/>', "outside of the file (`fill`)"),
        (r'<rect fill="\url(//x.example)"/>', "outside of the file (`fill`)"),
        ("<rect style=\"fill: image-set('//x.example' 1x)\"/>", "outside of the file (`style`)"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "outside of the file (`to`)"),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "<p>"),
        ("<rect>", "no well-formed SVG"),
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused(inside: str, said: str) -> None:
    """It is served from the page's own address."""
    with pytest.raises(PictureError) as raised:
        kind_of(SVG.format(inside).encode())
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "DOCTYPE"),
        (b'<?xml-stylesheet href="x.css"?>' + SVG.format("").encode(), "stylesheet"),
        (b"<html/>", "no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no viewBox"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', "no area"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' + b"9" * 400 + b' 9"/>', "no area"),
        (PNG[:20], "damaged"),
        (PNG.replace(struct.pack(">II", 64, 32), struct.pack(">II", 9000, 32)), "9000 by 32"),
        (b"\xff\xd8\xff\xe0 a JPEG", "neither"),
        (b"", "neither"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, said: str) -> None:
    """By its content."""
    with pytest.raises(PictureError) as raised:
        kind_of(content)
    assert said in str(raised.value)


def test_an_svg_that_only_draws_is_taken() -> None:
    """Also with gradients, embedded pictures, styles and what editors leave in it."""
    drawn = (
        '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" style="fill: url(\'#g\')"/><use href="#g"/>'
        '<image href="data:image/png;base64,AAAA"/><style>rect { fill: red }</style><metadata><x xmlns="y"/></metadata>'
    )
    assert kind_of(SVG.format(drawn).encode()).suffix == ".svg"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% if %}", "html/404.html:1:1: template: Expected an expression"),
        ("fine\n{{ titel }}", "html/404.html:2:1: template: 'titel' is undefined"),
        ('{% extends "original/404.html" %}\n\n{% block content %}{{ page.nme }}{% endblock %}', "html/404.html:3:1: "),
        ('{% include "nothing.html" %}', "html/404.html:1:1: template: nothing.html"),
    ],
)
def test_a_broken_template_is_told_with_file_and_line(tmp_path: Path, template: str, said: str) -> None:
    """Each page is drawn once: what Jinja2 only notices then is noticed now."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html/404.html").write_text(template)
    [found] = problems(tmp_path, "templates: html")
    assert found.startswith(said)


def test_a_template_that_only_breaks_in_trouble_is_told_as_well(tmp_path: Path) -> None:
    """Not on the day of the outage."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html/incident.html").write_text("{{ incident.title }}\n{{ incident.titel }}")
    [found] = problems(tmp_path, "templates: html")
    assert found.startswith("html/incident.html:2:1: ")


@pytest.mark.parametrize("name", ["index.md", "llms.txt"])
def test_what_programs_read_can_be_replaced_as_well(tmp_path: Path, name: str) -> None:
    """File by file, and looked at like the pages."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / name).write_text("# {{ page.title|md }}")
    shipped = loaded(tmp_path, "templates: html").files
    assert shipped == {f"brands/a/templates/{name}": b"# {{ page.title|md }}"}
    (tmp_path / "html" / name).write_text("# {{ page.titel }}")
    [found] = problems(tmp_path, "templates: html")
    assert found.startswith(f"html/{name}:1:1: template: ")


@pytest.mark.parametrize("name", ["indx.html", "page.css", "widget.js"])
def test_a_template_that_replaces_nothing_is_told(tmp_path: Path, name: str) -> None:
    """Its name is probably mistyped."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / name).write_text("")
    [found] = problems(tmp_path, "templates: html")
    assert f'"html/{name}" takes the place of nothing; templates are `404.html`' in found


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """A wrong link hides no wrong colour."""
    found = problems(tmp_path, '{accent: "#ff0", favicon: none.png, links: [{text: x, url: "ftp://x"}]}')
    assert [problem.split(": ")[1] for problem in found] == [
        "page.brand.accent",
        "page.brand.favicon",
        "page.brand.links[0].url",
    ]


def test_the_dark_accent_is_the_nearest_that_can_be_read(tmp_path: Path) -> None:
    """Of the same hue, and not to be chosen by hand."""
    [page] = deployed(loaded(tmp_path, 'accent: "#a1005d"')).pages
    assert page.brand.light == {"accent": "#a1005d"}
    assert contrast(page.brand.dark["accent"], "#121518") >= 4.5
    assert contrast(page.brand.dark["accent"], "#2e1a17") >= 4.5


@pytest.mark.parametrize("colour", ["#ff7a00", "#ffffff", "#7fdc9f", "#000000"])
@pytest.mark.parametrize("ground", ["#ffffff", "#121518", "#000000"])
def test_a_suggestion_can_be_read(colour: str, ground: str) -> None:
    """Whatever the colour and what is behind it; one that can be read stays as it is."""
    suggestion = nearest_readable(colour, [ground], 4.5)
    assert suggestion is not None
    assert readable(suggestion, [ground], 4.5)
    assert (suggestion == colour) == readable(colour, [ground], 4.5)


def test_there_is_no_suggestion_where_nothing_can_be_read() -> None:
    """Black on white and white on black at once."""
    assert nearest_readable("#808080", ["#ffffff", "#000000"], 7) is None
