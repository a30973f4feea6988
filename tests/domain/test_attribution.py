"""Who answered: the gateway, the application or storage, from what an answer looks like."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from functions.domain import public_wording
from functions.domain.answer import Answer
from functions.domain.attribution import attribute
from functions.domain.failure_codec import decode_failure, encode_failure
from functions.domain.finding import MEANINGS, Attribution, Certainty, Finding, Layer
from functions.domain.result import REASON_LIMIT, Failure, Phases
from functions.domain.signs import SIGNS
from functions.domain.verdict import FailureKind, Phase
from tests.targets.recorded import RECORDED, Recorded

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "attribution.md"


def _answer(recorded: Recorded) -> Answer:
    pairs = (header.split(": ", 1) for header in recorded.headers)
    headers = {name.lower(): value for name, value in pairs}
    return Answer(status_code=recorded.code, headers=headers, body=recorded.body, latency_ms=5.0, at=AT)


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda r: r.name)
def test_a_recorded_answer_is_put_down_to_whom_it_came_from(recorded: Recorded) -> None:
    """As surely as its marks allow; an answer without marks is put down to nobody."""
    found = attribute(_answer(recorded))
    if recorded.finding is None:
        assert found is None
    else:
        assert found == Attribution(finding=recorded.finding, certainty=recorded.certainty)
        assert found.layer is recorded.layer


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda r: r.name)
def test_a_good_answer_is_put_down_to_nobody(recorded: Recorded) -> None:
    """Whatever stands in front of it: only an error is anybody's."""
    answer = _answer(recorded)
    good = Answer(status_code=200, headers=answer.headers, body=answer.body, latency_ms=5.0, at=AT)
    assert attribute(good) is None
    assert attribute(Answer(latency_ms=5.0, at=AT)) is None


def test_words_far_down_in_a_body_are_not_looked_for() -> None:
    """An error page is short; a long document may well quote one."""
    body = b" " * 5000 + b"no healthy upstream"
    assert attribute(Answer(status_code=503, body=body, latency_ms=5.0, at=AT)) is None
    assert attribute(Answer(status_code=503, body=body[4000:], latency_ms=5.0, at=AT)) is not None


def test_a_body_of_any_bytes_is_looked_at() -> None:
    """What is no text has no words."""
    assert attribute(Answer(status_code=503, body=bytes(range(256)) * 8, latency_ms=5.0, at=AT)) is None


def test_every_finding_has_signs_and_was_recorded() -> None:
    """None is without a source, and none untried."""
    assert {sign.finding for sign in SIGNS} == set(Finding) == set(MEANINGS)
    assert {recorded.finding for recorded in RECORDED} - {None} == set(Finding)
    assert all(sign.source.startswith("https://") for sign in SIGNS)


@pytest.mark.parametrize("finding", Finding)
@pytest.mark.parametrize("certainty", Certainty)
def test_the_operators_words_say_how_sure_they_are(finding: Finding, certainty: Certainty) -> None:
    """And who answered."""
    words = Attribution(finding=finding, certainty=certainty).words
    assert words.startswith(f"{certainty}: ")
    assert "answered" in words
    assert len(words) <= REASON_LIMIT


def test_the_documentation_lists_every_finding() -> None:
    """With its layer and its words, one row each."""
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    expected = [f"| `{finding}` | `{meaning.layer}` | {meaning.words} |" for finding, meaning in MEANINGS.items()]
    assert [row for row in rows if row.count("`") >= 4] == expected


@pytest.mark.parametrize("layer", Layer)
def test_the_public_sentence_is_labelled_as_likely_and_names_no_product(layer: Layer) -> None:
    """Of an application that answers by itself nothing is said."""
    sentence = public_wording.who_answered(layer)
    if layer is Layer.APPLICATION:
        assert sentence is None
    else:
        assert sentence is not None
        assert "likely" in sentence
        assert not {"API Gateway", "CloudFront", "S3", "Lambda", "Cloudflare"} & set(sentence.split())


@pytest.mark.parametrize("subject", [None, "Stripe"])
@pytest.mark.parametrize("phase", [None, Phase.FIRST_BYTE])
def test_an_attribution_survives_being_stored(subject: str | None, phase: Phase | None) -> None:
    """With and without what stands before it."""
    found = Attribution(finding=Finding.ALB_NO_TARGET, certainty=Certainty.CERTAIN)
    failure = Failure(kind=FailureKind.STATUS, reason="503", phase=phase, subject=subject, attribution=found)
    assert decode_failure(encode_failure(failure)) == failure


@pytest.mark.parametrize("row", [["carrier_pigeon", "certain"], ["alb_timeout", "perhaps"], []])
def test_a_finding_of_a_later_version_is_left_out(row: list[str]) -> None:
    """After a rollback the states must still be readable."""
    assert decode_failure(["status", "503", None, None, row]) == Failure(kind=FailureKind.STATUS, reason="503")


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        (Phases(dns=5, connect=5, tls=10, first_byte=900, transfer=1), Phase.FIRST_BYTE),
        (Phases(dns=900, connect=5, first_byte=80), Phase.DNS),
        (Phases(dns=40, connect=40, first_byte=40), None),
        (Phases(connect=50, first_byte=50), None),
        (Phases(), None),
    ],
)
def test_the_slowest_phase_took_more_than_half_of_the_time(phases: Phases, expected: Phase | None) -> None:
    """Otherwise no phase is to blame."""
    assert phases.slowest is expected
