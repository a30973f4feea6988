"""What the page says of each of several regions."""

from functions.domain.breakdown import RegionSums
from functions.domain.history import Span
from functions.domain.public_figures import Window
from functions.domain.region_view import view_regions
from functions.domain.uptime_policy import UPTIME_POLICY

SEEN = {"eu": RegionSums(up=5999, down=1, timed=10, milliseconds=1005), "ap": RegionSums()}


def test_each_region_has_its_mean_and_its_uptime_by_window() -> None:
    """Cut and never rounded up; None where the region had nothing to tell."""
    spans = {window: Span(regions=SEEN if window is not Window.DAY else {"eu": SEEN["eu"]}) for window in Window}
    silent, eu = view_regions(spans, UPTIME_POLICY)
    assert (eu.region, eu.average) == ("eu", 100.5)
    assert eu.uptime == dict.fromkeys(Window, 99.98)
    assert (silent.region, silent.average) == ("ap", None)
    assert silent.uptime == dict.fromkeys(Window)


def test_one_region_alone_is_not_listed() -> None:
    """Without several there is nothing to compare."""
    assert view_regions({window: Span() for window in Window}, UPTIME_POLICY) == ()
