"""What all words on a page are made of: one language's catalogue and its forms."""

from collections.abc import Sequence
from gettext import NullTranslations

from markupsafe import Markup, escape

from functions.render.formats import Formats


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for it: extraction tools look for it)
    """Mark `message` for extraction; it is translated where it is used."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 (as above, with a plural)
    """Mark a message and its plural for extraction."""
    return one, many


class Speech:
    """Says messages in one language. All methods are pure."""

    def __init__(self, translations: NullTranslations, formats: Formats) -> None:
        self._gettext = translations.gettext
        self._ngettext = translations.ngettext
        self.formats = formats

    def names(self, names: Sequence[str]) -> Markup:
        """Return names in a sentence, each keeping its own reading direction."""
        return self.formats.names(names)

    def say(self, message: str, **values: object) -> str:
        """Return a message that was marked with `N_`, with its values: plain text, not markup."""
        return self._gettext(message) % values

    def _sentence(self, message: str, **values: object) -> Markup:
        return escape(self._gettext(message)) % values

    def _count(self, one: str, many: str, n: int) -> str:
        return self._ngettext(one, many, n) % {"n": n}
