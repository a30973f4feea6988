"""Tables as they come out of a terminal of some width, and of none."""

import io

import pytest
from rich.console import Console
from rich.table import Table

from cli.check_table import check_table
from cli.local.health import Health, MonitorLine
from cli.status import print_health
from cli.tables import print_table
from functions.domain.verdict import Verdict
from tests.fakes.configs import monitor
from tests.fakes.samples import NOON, run

LONG = "checkout-service-in-production-eu-central-1-prime"


def console(*, terminal: bool, width: int | None) -> Console:
    """Return a console that writes to memory; without a width it has that of a pipe."""
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        color_system=None,
        width=width,
        highlight=False,
        _environ={"TERM": "xterm"},
    )


def told(out: Console) -> str:
    """Return what was printed."""
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def checked(*, terminal: bool, width: int | None) -> list[str]:
    """Return the lines that a check of two monitors prints, one of them with a long id."""
    out = console(terminal=terminal, width=width)
    check_table([monitor(LONG), monitor("api")], run(NOON, Verdict.UP, LONG, "api"), console=out)
    return [line.rstrip() for line in told(out).splitlines()]


def test_a_pipe_gets_each_row_on_one_line() -> None:
    """However long it is: what reads it looks for whole words."""
    table = Table("a", "b", box=None)
    table.add_row("x" * 90, "y" * 90)
    out = console(terminal=False, width=None)
    print_table(table, console=out)
    assert len(told(out).splitlines()) == 2


def test_a_piped_check_has_a_line_for_each_monitor() -> None:
    """With its id whole, and every head of a column beside the others."""
    head, first, second = checked(terminal=False, width=None)
    assert head.split("  ")[0] == "monitor"
    assert head.endswith("total ms")
    assert "first byte" in head
    assert first.split()[:2] == [LONG, "up"]
    assert second.split()[:2] == ["api", "up"]


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_verdicts_stay_whole_on_any_terminal(width: int) -> None:
    """Only the ids are folded, and none of their letters is lost."""
    lines = checked(terminal=True, width=width)
    assert max(map(len, lines)) <= width
    assert not any("…" in line for line in lines)
    assert any(line.split()[1:2] == ["up"] for line in lines if line.startswith("checkout"))
    assert LONG in "".join(line.split(" ")[0] for line in lines)


@pytest.mark.parametrize(("width", "phases"), [(60, False), (80, True)])
def test_a_narrow_terminal_leaves_the_phases_out(width: int, *, phases: bool) -> None:
    """The ids and the verdicts need the room."""
    assert any("transfer" in line for line in checked(terminal=True, width=width)) is phases


def test_a_name_is_no_markup() -> None:
    """What looks like a tag of the terminal's library is printed as it is, closed or not."""
    name = "API [/v1] [bold]"
    line = MonitorLine(id="api", name=name, status="operational", uptime="100 %", response="5 ms")
    health = Health(
        stack="S", page_url="https://status.acme.example", overall="operational", monitors=(line,), last_run=None,
        alarms={}, queues={},
    )  # fmt: skip
    out = console(terminal=False, width=None)
    print_health(health, console=out)
    assert name in told(out)
