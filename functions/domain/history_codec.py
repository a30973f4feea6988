"""The hours and days of a shard as the bytes that the table keeps.

    {"v": 1, "m": {monitor: [up, degraded, down, [bucket, count, bucket, count, …], maintenance]}}

Seconds, the last only where there are any, and the latency histogram's buckets in ascending order, so that the same
history gives the same bytes. Beside it stand, where there is anything to tell, `"p": {monitor: [checks, dns, connect,
tls, first byte, transfer]}` (tenths of a millisecond) and `"r": {monitor: {region: [up, degraded, down, timed,
milliseconds]}}`; readers that do not know them leave them out. An hour has `"e": {monitor: {region: [bucket, count,
…]}}` beside it where there is evidence of what is usual.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from functions.domain.breakdown import PhaseSums, RegionSums
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
        phases, regions = document.get("p", {}), document.get("r", {})
        spans = {
            monitor: Span(
                up=up,
                degraded=degraded,
                down=down,
                latency=_histogram(flat),
                maintenance=sum(maintenance),
                phases=_phases(phases.get(monitor)),
                regions={region: _region(row) for region, row in regions.get(monitor, {}).items()},
            )
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
    document: dict[str, object] = {"v": VERSION, "m": rows}
    phases = {monitor: span.phases.numbers for monitor, span in sorted(spans.items()) if span.phases.checks}
    if phases:
        document["p"] = phases
    regions = {
        monitor: {region: sums.numbers for region, sums in sorted(span.regions.items())}
        for monitor, span in sorted(spans.items())
        if span.regions
    }
    if regions:
        document["r"] = regions
    return document


def _phases(row: Sequence[int] | None) -> PhaseSums:
    if row is None:
        return PhaseSums()
    checks, dns, connect, tls, first_byte, transfer = row
    return PhaseSums(checks=checks, dns=dns, connect=connect, tls=tls, first_byte=first_byte, transfer=transfer)


def _region(row: Sequence[int]) -> RegionSums:
    up, degraded, down, timed, milliseconds = row
    return RegionSums(up=up, degraded=degraded, down=down, timed=timed, milliseconds=milliseconds)


def _flat(histogram: Histogram) -> list[int]:
    return list(chain.from_iterable(sorted(histogram.buckets.items())))


def _histogram(flat: Sequence[int]) -> Histogram:
    return Histogram(dict(zip(flat[::2], flat[1::2], strict=True)))
