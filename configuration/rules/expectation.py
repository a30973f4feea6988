"""Expectations that let through what nobody meant to let through."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import expecting, look_up
from configuration.source import Source


def any_status(source: Source) -> Iterator[Finding]:
    """Warn of an `expect` that a 500 can meet, since it does not say a word about the status."""
    for location, kinds, asking in expecting(source):
        expect = asking.get("expect")
        if kinds == ["http"] and isinstance(expect, dict) and "status" not in expect:
            message = "nothing is said of the status, so that any is accepted, even 500; add `status: 2xx`"
            yield Finding(location=(*location, "expect"), message=message, at_key=True)


def certificate_without_tls(source: Source) -> Iterator[Finding]:
    """Warn of a certificate that is asked of plain HTTP, where there are none."""
    for location, _, asking in expecting(source):
        url = look_up(asking, "http", "url") or asking.get("url")
        for part in ("expect", "degraded"):
            if isinstance(url, str) and url.startswith("http:") and look_up(asking, part, "certificate"):
                message = "plain HTTP shows no certificate, so this fails unless a redirect leads to https"
                yield Finding(location=(*location, part, "certificate"), message=message, at_key=True)
