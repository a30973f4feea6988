"""What helps somebody who named something that there is not."""

from collections.abc import Collection

from configuration.nearest import nearest


def hint(word: str, known: Collection[str]) -> str:
    """Return a sentence that helps whoever wrote `word`: the known one that is near, else all that there are."""
    meant = nearest(word, known)
    return f"Did you mean `{meant}`?" if meant else f"There are: {', '.join(known) or 'none'}."
