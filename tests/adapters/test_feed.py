"""What a status page's feed comes to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from functions.adapters.feed import FeedError, read_feed
from functions.domain.statuspage import Standing
from functions.domain.verdict import Verdict
from tests.fakes.samples import NOON
from tests.targets.status_pages import atom, rss

Feed = Callable[..., bytes]
UP = Standing(verdict=Verdict.UP)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>'
)
OUTSIDE = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>'


def ago(**span: float) -> datetime:
    """Return a time before noon."""
    return NOON - timedelta(**span)


@pytest.mark.parametrize("feed", [rss, atom])
@pytest.mark.parametrize(
    ("title", "text", "verdict"),
    [
        ("Elevated errors", "<strong>Investigating</strong> - We look into it.", "degraded"),
        (
            "Elevated errors",
            "<strong>Monitoring</strong> - A fix is in. <strong>Identified</strong> - Found.",
            "degraded",
        ),
        ("Elevated errors", "<strong>Resolved</strong> - It is over. <strong>Investigating</strong> - Hm.", "up"),
        ("Elevated errors", "We see elevated errors.", "degraded"),
        ("Service is operating normally: [RESOLVED] Elevated errors", "We were investigating errors.", "up"),
        ("Database upgrade", "THIS IS A SCHEDULED EVENT. Scheduled - For tonight.", "up"),
        ("Database upgrade", "Completed - Done. In progress - At work.", "up"),
    ],
)
def test_the_first_word_for_a_stage_decides(feed: Feed, title: str, text: str, verdict: str) -> None:
    """Status pages put their newest update first."""
    escaped = text.replace("<", "&lt;").replace(">", "&gt;")
    standing = read_feed(feed((ago(hours=2), title, escaped)), at=NOON)
    assert (standing.verdict.value, standing.words) == (verdict, title if verdict == "degraded" else "")


@pytest.mark.parametrize("feed", [rss, atom])
def test_only_the_newest_entry_counts_and_only_for_a_day(feed: Feed) -> None:
    """In whatever order they stand."""
    opened, over = (ago(hours=3), "Errors", "Investigating"), (ago(hours=1), "Errors", "Resolved")
    assert read_feed(feed(opened, over), at=NOON) == UP
    assert read_feed(feed(over, opened), at=NOON) == UP
    assert read_feed(feed(opened), at=NOON).verdict is Verdict.DEGRADED
    assert read_feed(feed(opened), at=NOON + timedelta(hours=22)) == UP
    assert read_feed(feed(), at=NOON) == UP


@pytest.mark.parametrize("time", [b"", b"<pubDate>yesterday</pubDate>", b"<pubDate/>"])
def test_an_entry_without_a_time_says_nothing_of_the_present(time: bytes) -> None:
    """It could be of last year."""
    body = b'<rss version="2.0"><channel><item><title>Errors</title>' + time + b"</item></channel></rss>"
    assert read_feed(body, at=NOON) == UP


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (b"", "not XML"),
        (b"<rss>", "not XML"),
        (b'{"status": {}}', "not XML"),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', "not XML"),
        (b"<html/>", "neither an RSS nor an Atom feed"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes, reason: str) -> None:
    """Above all what would fill the memory or read files."""
    with pytest.raises(FeedError, match=reason):
        read_feed(body, at=NOON)
