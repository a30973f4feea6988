"""One kind of check for each monitor, and what can be asked of its answer."""

from configuration.models.expectation import Expectation
from configuration.models.kinds import KINDS
from functions import kinds


def test_the_file_and_the_functions_know_the_same_kinds() -> None:
    """What can be written is what can be executed."""
    assert list(KINDS) == list(kinds.KINDS)


def test_every_claim_of_a_kind_can_be_written() -> None:
    """A kind promises nothing that `expect` does not know."""
    known = {field.alias or name for name, field in Expectation.model_fields.items()}
    assert all(model.claims and known.issuperset(model.claims) for model in KINDS.values())
