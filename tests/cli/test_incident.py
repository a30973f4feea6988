"""What `pulseboard incident` takes in and prints; tests/e2e has it against a deployment."""

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from cli.incidents.api import IncidentApiError, _words
from cli.incidents.table import print_incident, print_incidents
from cli.incidents.words import InputError, read_monitors, read_words
from functions.domain.people import acknowledge, add_update
from functions.operator.document import incident_document
from tests.fakes.samples import incident, minute, opened


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def _printed(*, one: bool = True, width: int = 140) -> str:
    told = acknowledge(add_update(opened()[0], status=None, body="More.", at=minute(4))[0], by="Payments", at=minute(5))
    assert told is not None
    documents = [
        incident_document(each, names={"api": "Shop API"}, page_url="https://p.example")
        for each in (told[0], incident())
    ]
    console = Console(file=io.StringIO(), width=width, highlight=False)
    if one:
        print_incident(documents[0], console=console)
    else:
        print_incidents(documents, console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_words_come_from_the_option_or_from_a_file(tmp_path: Path) -> None:
    """As they are, but for a byte order mark."""
    file = tmp_path / "words.md"
    file.write_bytes("\ufeffÄ **b**\n".encode())
    assert read_words("Text", None) == "Text"
    assert read_words(None, file) == "Ä **b**\n"


def test_words_come_from_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--file -`, as elsewhere."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"From a pipe.")))
    assert read_words(None, Path("-")) == "From a pipe."


def test_words_come_from_an_editor_that_shows_what_stands_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The user's own, with its arguments."""
    editor = tmp_path / "editor.py"
    editor.write_text("import sys\nf = sys.argv[-1]\ns = open(f).read()\nopen(f, 'w').write(s + 'more')\n")
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setenv("VISUAL", f"{sys.executable} {editor}")
    assert read_words(None, None, draft="Some and ") == "Some and more"


@pytest.mark.parametrize(
    ("text", "file", "editor", "said"),
    [
        ("x", Path("y"), None, "not both"),
        (" \n", None, None, "no words"),
        (None, Path("/nowhere/at/all"), None, "cannot be read"),
        (None, Path(sys.executable), None, "not UTF-8"),
        (None, None, "", "EDITOR"),
        (None, None, "/nowhere/at/all", "cannot be started"),
        (None, None, "false", "nothing was sent"),
        (None, None, "true", "no words"),
    ],
)
def test_without_words_it_says_how_to_give_them(
    monkeypatch: pytest.MonkeyPatch, text: str | None, file: Path | None, editor: str | None, said: str
) -> None:
    """Bad input, and nothing is sent."""
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("VISUAL", editor or "")
    with pytest.raises(InputError, match=said):
        read_words(text, file)


@pytest.mark.parametrize("given", [["api"], ["=down"], ["api="], ["api=down", "api=up"]])
def test_a_monitor_is_named_with_how_it_is(given: list[str]) -> None:
    """Each once."""
    assert read_monitors(["api=down", "b=up"]) == {"api": "down", "b": "up"}
    with pytest.raises(InputError, match="--monitor"):
        read_monitors(given)


def test_an_incident_is_printed_with_its_timeline() -> None:
    """What a person on call looks for."""
    text = _printed()
    for words in (
        "Orders are refused  investigating",
        "api down",
        "Payments, since 2026-11-22 12:05 UTC",
        "We **know**",
        "More.",
    ):
        assert words in text


def test_incidents_are_listed_on_a_line_each() -> None:
    """With whole ids, which are to be copied."""
    lines = _printed(one=False).splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("20261122T120000Z-0badcafe")
    assert "Payments" in lines[1]
    assert "Shop API down" in lines[2]


def test_an_error_says_what_was_found_and_what_was_meant() -> None:
    """From the API's details."""
    details = {"field": "monitors.serch", "found": "serch", "suggestion": "search"}
    assert _words({"message": "No.", "details": details}) == "No. Found: 'serch'. Did you mean `search`?"
    assert _words({"message": "No.", "details": {"allowed": ["a", "b"]}}) == "No. There are: a, b."
    assert _words({"message": "It is one of a, b.", "details": {"allowed": ["a", "b"]}}) == "It is one of a, b."
    assert not IncidentApiError("x").bad_input


def test_an_id_is_printed_whole_on_a_narrow_terminal() -> None:
    """It is what the other commands want, and half of one is none."""
    assert incident().id in _printed(one=False, width=60)
