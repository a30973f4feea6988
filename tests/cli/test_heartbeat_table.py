"""What `pulseboard heartbeats` shows."""

from io import StringIO

from rich.console import Console

from cli.heartbeat_table import WAITING, Listing, listings, print_listings
from functions.config import Config
from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor
from functions.domain.ping import Pings
from functions.domain.ping_key import KeyRing
from tests.fakes.samples import minute

RING = KeyRing(secret=b"k" * 32)
OUTPUTS = {"PageUrl": "https://status.acme.example", "ApiUrl": "https://id.execute-api.eu-west-1.amazonaws.com"}
CHECKS = {
    "new": Heartbeat(period=3600, grace=300),
    "late": Heartbeat(cron="0 11 * * *", grace=600),
    "well": Heartbeat(period=3600, grace=300),
}


def shown() -> list[Listing]:
    """Return one that is new, one that is late, and one that is well."""
    monitors = {
        name: Monitor(id=name, name=name.title(), check=check, expectations=Expectations.decode(None, None))
        for name, check in CHECKS.items()
    }
    pings = {
        "late": Pings(monitor="late", finished_at=minute(-100), succeeded_at=minute(-100)),
        "well": Pings(monitor="well", finished_at=minute(-5), succeeded_at=minute(-5), duration_ms=61_500.0),
    }
    config = Config(monitors=monitors, pages=(), shards={}, heartbeats=tuple(CHECKS))
    return listings(config, pings, RING, outputs=OUTPUTS, at=minute(0))


def test_each_has_its_address_and_says_how_it_is() -> None:
    """For programs, in the order of the file."""
    new, late, well = (one.document() for one in shown())
    assert new["url"] == f"https://status.acme.example/ping/{RING.key('new')}"
    assert new["api_url"] == f"https://id.execute-api.eu-west-1.amazonaws.com/ping/{RING.key('new')}"
    assert (new["verdict"], new["reason"], new["last_ping_at"]) == (None, WAITING, None)
    assert (late["verdict"], late["schedule"]) == ("down", {"cron": "0 11 * * *", "time_zone": "UTC"})
    assert late["reason"] == "no ping since 10:20 UTC, expected by 11:10 UTC"
    assert (well["verdict"], well["reason"], well["duration_ms"]) == ("up", None, 61_500.0)
    assert well["last_success_at"] == "2026-11-22T11:55:00Z"


def test_an_address_is_never_folded() -> None:
    """It is there to be copied, however narrow the terminal."""
    out = StringIO()
    print_listings(shown(), console=Console(file=out, width=40))
    lines = out.getvalue().splitlines()
    for name in CHECKS:
        assert any(line.endswith(f"https://status.acme.example/ping/{RING.key(name)}") for line in lines)
    assert any("took  61.5s" in line for line in lines)


def test_without_heartbeats_it_says_how_to_have_one() -> None:
    """And no more."""
    out = StringIO()
    print_listings([], console=Console(file=out, width=200))
    assert "heartbeat: {period: 1h}" in out.getvalue()
