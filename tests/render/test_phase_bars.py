"""Phases as bars."""

from functions.domain.public_figures import Window
from functions.domain.result import Phases
from functions.domain.verdict import Phase
from functions.render.phase_bars import WIDTH, phase_bars


def test_the_slowest_window_is_as_wide_as_the_drawing_and_the_others_in_proportion() -> None:
    """Pieces stand one after the other with a gap; a phase that never took time has none."""
    bars = phase_bars(
        {
            Window.QUARTER: Phases(connect=10.0, first_byte=40.0),
            Window.DAY: Phases(connect=20.0, tls=None, first_byte=80.0),
        }
    )
    assert [bar.window for bar in bars] == [Window.DAY, Window.QUARTER]
    assert bars[0].pieces == ((Phase.CONNECT, 0, 190), (Phase.FIRST_BYTE, 192, 766))
    assert bars[0].pieces[-1][1] + bars[0].pieces[-1][2] + 2 == WIDTH
    assert bars[1].pieces == ((Phase.CONNECT, 0, 94), (Phase.FIRST_BYTE, 96, 382))
    assert dict(bars[0].times)[Phase.TLS] is None
    assert bars[0].total == 100.0


def test_without_any_phase_there_is_no_bar() -> None:
    """Nothing is drawn for kinds of check that have none."""
    assert phase_bars({}) == ()
    assert phase_bars({Window.DAY: Phases()}) == ()
