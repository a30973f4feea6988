"""The hours and days of a shard as the bytes that the table keeps.

    {"v": 1, "m": {monitor: [up, degraded, down, [bucket, count, bucket, count, …], maintenance]}}

Seconds, the last only where there are any, and the latency histogram's buckets in ascending order, so that the same
history gives the same bytes. An hour has `"e": {monitor: {region: [bucket, count, …]}}` beside it where there is
evidence of what is usual.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from functions.domain.histogram import Histogram
from functions.domain.history import HourHistory, Span
from functions.domain.packing import FormatError, check_version, pack, unpack

VERSION = 1


def encode_spans(spans: Mapping[str, Span]) -> bytes:
    """Return the spans of one hour or day in the format above."""
    return pack(_document(spans))


def encode_hour(history: HourHistory) -> bytes:
    """Return an hour in the format above. Of one region, evidence costs little: it says nearly what the spans say."""
    document = _document(history.spans)
    if history.evidence:
        document["e"] = {
            monitor: {region: _flat(histogram) for region, histogram in sorted(regions.items())}
            for monitor, regions in sorted(history.evidence.items())
        }
    return pack(document)


def decode_spans(data: bytes) -> dict[str, Span]:
    """Return what `encode_spans` was given; raises FormatError where the bytes are something else."""
    spans, _ = _decode(data)
    return spans


def decode_hour(data: bytes, *, shard: str, hour: datetime) -> HourHistory:
    """Return what `encode_hour` was given; raises FormatError where the bytes are something else."""
    spans, evidence = _decode(data)
    return HourHistory(shard=shard, hour=hour, spans=spans, evidence=evidence)


def _decode(data: bytes) -> tuple[dict[str, Span], dict[str, dict[str, Histogram]]]:
    document = unpack(data)
    try:
        check_version(document, VERSION, "a history")
        spans = {
            monitor: Span(up=up, degraded=degraded, down=down, latency=_histogram(flat), maintenance=sum(maintenance))
            for monitor, (up, degraded, down, flat, *maintenance) in document["m"].items()
        }
        evidence = {
            monitor: {region: _histogram(flat) for region, flat in regions.items()}
            for monitor, regions in document.get("e", {}).items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not a history: {error!r}") from error
    return spans, evidence


def _document(spans: Mapping[str, Span]) -> dict[str, object]:
    rows = {
        monitor: [
            span.up,
            span.degraded,
            span.down,
            _flat(span.latency),
            *([span.maintenance] if span.maintenance else []),
        ]
        for monitor, span in sorted(spans.items())
    }
    return {"v": VERSION, "m": rows}


def _flat(histogram: Histogram) -> list[int]:
    return list(chain.from_iterable(sorted(histogram.buckets.items())))


def _histogram(flat: Sequence[int]) -> Histogram:
    return Histogram(dict(zip(flat[::2], flat[1::2], strict=True)))
