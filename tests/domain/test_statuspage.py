"""What a Statuspage summary comes to."""

import json

import pytest

from functions.domain.statuspage import NoSuchComponentError, Standing, SummaryError, read_summary
from functions.domain.verdict import Verdict
from tests.targets.status_pages import statuspage


@pytest.mark.parametrize(
    ("indicator", "verdict", "words"),
    [
        ("none", Verdict.UP, ""),
        ("maintenance", Verdict.UP, ""),
        ("minor", Verdict.DEGRADED, "Trouble (Elevated API errors)"),
        ("major", Verdict.DEGRADED, "Trouble (Elevated API errors)"),
        ("critical", Verdict.DOWN, "Trouble (Elevated API errors)"),
    ],
)
def test_the_indicator_decides(indicator: str, verdict: Verdict, words: str) -> None:
    """And the words are the page's own, with its open incidents."""
    assert read_summary(statuspage(indicator, "Trouble")) == Standing(verdict=verdict, words=words)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("operational", Verdict.UP),
        ("under_maintenance", Verdict.UP),
        ("degraded_performance", Verdict.DEGRADED),
        ("partial_outage", Verdict.DEGRADED),
        ("major_outage", Verdict.DOWN),
    ],
)
@pytest.mark.parametrize("component", ["Api", "api", "api-b13yz5g2cw10"])
def test_one_component_can_be_what_matters(status: str, verdict: Verdict, component: str) -> None:
    """By name in any case or by id, whatever the rest of the page says."""
    standing = read_summary(statuspage("critical", api=status), component=component)
    assert standing.verdict is verdict
    assert standing.words.startswith("" if verdict is Verdict.UP else f"Api: {status.replace('_', ' ')}")


def test_a_component_that_is_not_there_is_told_with_those_that_are() -> None:
    """Whoever mistyped it learns what to write."""
    with pytest.raises(NoSuchComponentError, match="no component Checkout; it has Api, Webhooks"):
        read_summary(statuspage(), component="Checkout")
    many = statuspage(**{f"c{n}": "operational" for n in range(9)})
    with pytest.raises(NoSuchComponentError, match="Api, Webhooks, C0, C1, C2 and 6 more"):
        read_summary(many, component="Checkout")
    with pytest.raises(NoSuchComponentError, match="it has none"):
        read_summary(b"{}", component="Checkout")


@pytest.mark.parametrize(
    ("body", "component"),
    [
        (b"<html>", None),
        (b"[" * 100_000, None),
        (b"\xff", None),
        (b"[]", None),
        (b"{}", None),
        (b'{"status": "none"}', None),
        (b'{"status": {"indicator": 5}}', None),
        (b'{"status": {"indicator": ["none"]}}', None),
        (b'{"status": {"indicator": "purple"}}', None),
        (b'{"components": [{"name": "Api", "status": "purple"}]}', "Api"),
        (b'{"components": [{"name": "Api", "status": {}}]}', "Api"),
    ],
)
def test_anything_else_is_no_summary(body: bytes, component: str | None) -> None:
    """Whatever it is, the answer is one error."""
    with pytest.raises(SummaryError):
        read_summary(body, component=component)


def test_odd_parts_of_a_summary_do_no_harm() -> None:
    """A list that is none, an incident without a name."""
    odd = {"status": {"indicator": "minor", "description": None}, "incidents": [7, {"name": None}], "components": 5}
    assert read_summary(json.dumps(odd).encode()) == Standing(verdict=Verdict.DEGRADED, words="minor")
