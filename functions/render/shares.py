"""Which pictures the pages of a site refer to; each is drawn once, and is there for ever under a name of its own."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256

from functions.domain.page import Page
from functions.domain.verdict import Verdict
from functions.render.artefact import PNG, Artefact, Draft, Stage
from functions.render.headers import CACHE_FOR_EVER
from functions.render.share import share_picture


class Shares:
    """The pictures of one page: one for what its headline says, and one for each verdict that a page of it has.

    `colours` are those of the light theme by variable; `version` stands for all that decides how they are drawn. An old
    one stays where it is: a message that was sent yesterday still refers to it.
    """

    def __init__(self, page: Page, colours: Mapping[str, str], *, version: str) -> None:
        self._page = page
        self._colours = colours
        self._version = version
        self._keys: dict[tuple[Verdict, str], str] = {}

    def key(self, verdict: Verdict, sentence: str) -> str:
        """Return the key of the picture that says `sentence`, and remember that it is needed."""
        if (verdict, sentence) not in self._keys:
            inputs = (self._version, self._page.title, sentence, verdict.value, sorted(self._colours.items()))
            self._keys[verdict, sentence] = f"assets/share.{sha256(repr(inputs).encode()).hexdigest()[:12]}.png"
        return self._keys[verdict, sentence]

    @property
    def drafts(self) -> dict[str, Draft]:
        """Return a draft for each picture that was asked for; the key is the fingerprint."""
        return {
            key: Draft(draw=partial(self._draw, verdict, sentence), fingerprint=key, stage=Stage.ASSETS)
            for (verdict, sentence), key in self._keys.items()
        }

    def _draw(self, verdict: Verdict, sentence: str) -> Artefact:
        body = share_picture(title=self._page.title, sentence=sentence, verdict=verdict, colours=self._colours)
        return Artefact(body=body, content_type=PNG, cache_control=CACHE_FOR_EVER)
