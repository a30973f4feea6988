"""The picture beside a shared link, and what a page says of itself there."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from functions.domain.brand import Brand
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict
from functions.render.artefact import Artefact
from functions.render.headers import CACHE_FOR_EVER
from functions.render.publish import Known, publish
from functions.render.share import HEIGHT, WIDTH, share_picture
from functions.render.site import draft_site, draw_site
from functions.render.templates import Templates
from tests.fakes.memory_bucket import MemoryBucket
from tests.fakes.snapshots import healthy, outage

TEMPLATES = Templates(language="en")
COLOURS = TEMPLATES.palette.light


def drawn(title: str = "Acme", sentence: str = "All systems are up", verdict: Verdict = Verdict.UP) -> Image.Image:
    """Return the picture, decoded by somebody else's decoder, which checks the sums of all chunks."""
    body = share_picture(title=title, sentence=sentence, verdict=verdict, colours=COLOURS)
    Image.open(BytesIO(body)).verify()
    return Image.open(BytesIO(body)).convert("RGB")


def marks(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return how many pixels of a part differ from the ground, which is that of the upper left corner."""
    part = picture.crop(box)
    ground = picture.getpixel((0, 0))
    return sum(count for count, colour in part.getcolors(maxcolors=1 << 20) or [] if colour != ground)


TITLE, SHAPE, WORDS = (90, 60, 1200, 200), (90, 250, 290, 450), (350, 200, 1200, 600)


def shares(site: dict[str, Artefact]) -> set[str]:
    """Return the keys of the pictures."""
    return {key for key in site if key.startswith("assets/share.")}


@pytest.mark.parametrize("verdict", Verdict)
def test_it_is_a_picture_of_the_size_that_is_asked_for(verdict: Verdict) -> None:
    """With something in the place of title, shape and words, in each state."""
    picture = drawn(verdict=verdict)

    assert picture.size == (WIDTH, HEIGHT) == (1200, 630)
    assert min(marks(picture, TITLE), marks(picture, SHAPE), marks(picture, WORDS)) > 500


def test_states_differ_by_shape_and_not_by_colour_alone() -> None:
    """Black on white, no two are alike."""
    colours = dict.fromkeys(COLOURS, "#000") | {name: "#fff" for name in COLOURS if name.endswith("wash")}
    pictures = {share_picture(title="", sentence="", verdict=verdict, colours=colours) for verdict in Verdict}
    assert len(pictures) == len(Verdict)


RUSSIAN = "Все системы работают"  # noqa: RUF001 (it is Cyrillic)


@pytest.mark.parametrize("text", ["Größe und Übermaß", "Système dégradé", RUSSIAN, "Ação não concluída"])
def test_latin_and_cyrillic_are_drawn(text: str) -> None:
    """The languages that are written so."""
    assert marks(drawn(sentence=text), WORDS) > 5000


@pytest.mark.parametrize("text", ["すべて正常", "सभी सिस्टम", "모든 시스템", "所有系統", "Up 🎉"])
def test_what_cannot_be_drawn_is_left_out_whole(text: str) -> None:
    """Half of a sentence says something else; the shape stands in the middle then."""
    picture = drawn(sentence=text, title=text)

    assert marks(picture, TITLE) == 0
    assert marks(picture, (500, 250, 700, 450)) > 5000


@pytest.mark.parametrize("text", ["", " ", "W" * 500, "word " * 100, "\x00\u202e<script>", "a\nb"])
def test_any_text_fits(text: str) -> None:
    """Cut where it is too long; nothing is drawn over the margin on the right."""
    picture = drawn(title=text, sentence=text)
    assert marks(picture, (1150, 0, 1200, 600)) == 0


def test_pages_refer_to_pictures_that_are_there() -> None:
    """By their whole address; the index says its headline, others their state."""
    snapshot = outage()
    site = draw_site(snapshot, TEMPLATES)
    used = {
        key: re.findall(
            r'<meta property="og:image" content="https://status\.acme\.example/([^"]+)">', made.body.decode()
        )
        for key, made in site.items()
        if made.content_type.startswith("text/html")
    }

    assert {key for key, found in used.items() if not found} == {"404.html", "offline", "widget"}, "nobody shares these"
    used = {key: found for key, found in used.items() if found}
    assert {key for (key,) in used.values()} == shares(site)
    assert used["index.html"] != used[f"monitors/{snapshot.incidents[0].monitors[0]}"]
    assert {(site[key].content_type, site[key].cache_control) for key in shares(site)} == {
        ("image/png", CACHE_FOR_EVER)
    }
    assert b'<meta property="og:image:alt" content="Checkout is down">' in site["index.html"].body
    for key in used:
        where = "" if key == "index.html" else key
        said = f'<meta property="og:url" content="https://status.acme.example/{where}">'
        assert said in site[key].body.decode(), key


def test_a_hostile_title_stays_text() -> None:
    """In every attribute."""
    snapshot = healthy()
    hostile = replace(snapshot, page=replace(snapshot.page, title='"><script>alert(1)</script>'))
    page = draw_site(hostile, TEMPLATES)["index.html"].body.decode()

    assert "<script>alert" not in page
    assert 'og:site_name" content="&#34;&gt;&lt;script&gt;' in page
    assert 'og:title" content="All systems are up · ' not in page


def test_nothing_is_drawn_twice() -> None:
    """Until the title, the headline or the colours change."""
    bucket, known = MemoryBucket(), Known()
    first = healthy()

    def written(snapshot: Snapshot) -> set[str]:
        before = set(bucket.objects)
        publish(draft_site(snapshot, TEMPLATES), bucket, known, owned=())
        return {key for key in set(bucket.objects) - before if "share" in key}

    later = replace(first, generated_at=first.stale_after)
    assert written(first)
    assert not written(later)
    assert written(replace(first, page=replace(first.page, title="Other")))
    assert written(replace(first, page=replace(first.page, brand=Brand(light={"ink": "#300"}))))
    drafts = draft_site(later, TEMPLATES)
    assert {drafts[key].fingerprint for key in shares(draw_site(later, TEMPLATES))} <= set(known.fingerprints.values())


def test_a_private_page_has_none() -> None:
    """Its picture would say how things are to whoever asks."""
    snapshot = healthy()
    site = draw_site(replace(snapshot, page=replace(snapshot.page, private=True)), TEMPLATES)

    assert shares(site) == set()
    assert b"og:" not in site["index.html"].body
