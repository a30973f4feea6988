"""What the page says of a cause."""

import pytest

from functions.domain.finding import Layer
from functions.domain.snapshot import PublicCause
from functions.domain.verdict import FailureKind, Phase
from functions.render.templates import FOLDER
from functions.render.words import load_words

WORDS, _ = load_words("en", FOLDER / "locales")


@pytest.mark.parametrize("kind", FailureKind)
@pytest.mark.parametrize("phase", [None, *Phase])
@pytest.mark.parametrize("layer", [None, *Layer])
def test_every_cause_has_its_sentences(kind: FailureKind, phase: Phase | None, layer: Layer | None) -> None:
    """The layer is a sentence of its own, and always only likely."""
    said = WORDS.cause(PublicCause(kind=kind, phase=phase, layer=layer))
    assert said.endswith(".")
    assert ("likely" in said) == (layer not in (None, Layer.APPLICATION))


@pytest.mark.parametrize(
    ("kind", "phase", "expected"),
    [
        (FailureKind.TIMEOUT, None, "It does not answer in time."),
        (FailureKind.TIMEOUT, "first_byte", "It does not answer in time: it was connected to, and nothing came."),
        (FailureKind.LATENCY, None, "It answers too slowly."),
        (FailureKind.LATENCY, "dns", "It answers too slowly: most of the time goes into looking up its address."),
        (FailureKind.CONNECT, "connect", "It cannot be reached."),
    ],
)
def test_the_phase_is_told_where_time_is_the_matter(kind: FailureKind, phase: str | None, expected: str) -> None:
    """Elsewhere the kind says it already."""
    assert WORDS.cause(PublicCause(kind=kind, phase=phase)) == expected
