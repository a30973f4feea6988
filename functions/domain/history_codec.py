"""The hours and days of a shard as the bytes that the table keeps.

    {"v": 1, "m": {monitor: [up, degraded, down, [bucket, count, bucket, count, …], maintenance]}}

Seconds, the last only where there are any, and the latency histogram's buckets in ascending order, so that the same
history gives the same bytes.
"""

from collections.abc import Mapping
from itertools import chain

from functions.domain.histogram import Histogram
from functions.domain.history import Span
from functions.domain.packing import FormatError, check_version, pack, unpack

VERSION = 1


def encode_spans(spans: Mapping[str, Span]) -> bytes:
    """Return the spans of one hour or day in the format above."""
    rows = {
        monitor: [
            span.up,
            span.degraded,
            span.down,
            list(chain.from_iterable(sorted(span.latency.buckets.items()))),
            *([span.maintenance] if span.maintenance else []),
        ]
        for monitor, span in sorted(spans.items())
    }
    return pack({"v": VERSION, "m": rows})


def decode_spans(data: bytes) -> dict[str, Span]:
    """Return what `encode_spans` was given; raises FormatError where the bytes are something else."""
    document = unpack(data)
    try:
        check_version(document, VERSION, "a history")
        return {
            monitor: Span(
                up=up,
                degraded=degraded,
                down=down,
                latency=Histogram(dict(zip(flat[::2], flat[1::2], strict=True))),
                maintenance=sum(maintenance),
            )
            for monitor, (up, degraded, down, flat, *maintenance) in document["m"].items()
        }
    except (KeyError, TypeError) as error:
        raise FormatError(f"not a history: {error!r}") from error
