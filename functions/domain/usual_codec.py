"""What is usual for a shard's monitors as the bytes that the table keeps.

    {"v": 1, "m": {monitor: {region: [median, tail, [hour of the day, median, hour of the day, median, …]]}}}

Milliseconds in tenths, the tail in hundredths; rounding to these is part of the format.
"""

from collections.abc import Mapping
from itertools import chain

from functions.domain.packing import FormatError, check_version, pack, unpack
from functions.domain.usual import Usual

VERSION = 1

ByRegion = Mapping[str, Usual]


def encode_usual(usual: Mapping[str, ByRegion]) -> bytes:
    """Return it in the format above; 100 monitors from one region take under 10,000 bytes."""
    return pack(
        {
            "v": VERSION,
            "m": {
                monitor: {region: _row(one) for region, one in sorted(regions.items())}
                for monitor, regions in sorted(usual.items())
            },
        }
    )


def decode_usual(data: bytes) -> dict[str, dict[str, Usual]]:
    """Return what `encode_usual` was given; raises FormatError where the bytes are something else."""
    document = unpack(data)
    try:
        check_version(document, VERSION, "what is usual")
        return {
            monitor: {
                region: Usual(
                    median=median / 10,
                    tail=tail / 100,
                    by_hour={hour: ms / 10 for hour, ms in zip(flat[::2], flat[1::2], strict=True)},
                )
                for region, (median, tail, flat) in regions.items()
            }
            for monitor, regions in document["m"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not what is usual: {error!r}") from error


def _row(usual: Usual) -> list[object]:
    hours = chain.from_iterable((hour, round(ms * 10)) for hour, ms in sorted(usual.by_hour.items()))
    return [round(usual.median * 10), round(usual.tail * 100), list(hours)]
