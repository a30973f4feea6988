"""What a span knows beside its verdicts: where the time went, and what each region saw."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from struct import Struct

from functions.domain.result import Phases

_PACKED = Struct("5I")
_MOST = 2**32 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSums:
    """The phases of so many timed checks, each the sum in tenths of a millisecond.

    A check that did not have a phase adds nothing to it, so that the means of all phases add up to the mean of the sum.
    """

    checks: int = 0
    dns: int = 0
    connect: int = 0
    tls: int = 0
    first_byte: int = 0
    transfer: int = 0

    @classmethod
    def merge(cls, parts: Iterable["PhaseSums"]) -> "PhaseSums":
        """Return the sum of `parts`."""
        known = [part for part in parts if part.checks]
        if len(known) == 1:
            return known[0]
        return cls(
            checks=sum(p.checks for p in known),
            dns=sum(p.dns for p in known),
            connect=sum(p.connect for p in known),
            tls=sum(p.tls for p in known),
            first_byte=sum(p.first_byte for p in known),
            transfer=sum(p.transfer for p in known),
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return all fields in their order."""
        return self.checks, self.dns, self.connect, self.tls, self.first_byte, self.transfer

    def means(self) -> Phases | None:
        """Return the mean of each phase in milliseconds, None for one that never took time; None without checks."""
        if not self.checks:
            return None
        dns, connect, tls, first_byte, transfer = (
            round(total / self.checks / 10, 1) if total else None for total in self.numbers[1:]
        )
        return Phases(dns=dns, connect=connect, tls=tls, first_byte=first_byte, transfer=transfer)


def pack_phases(phases: Phases) -> bytes:
    """Return one check's phases in as few bytes as will do: an hour of 1,000 monitors in three regions has 180,000.

    Empty for a kind of check that has none.
    """
    seen = (phases.dns, phases.connect, phases.tls, phases.first_byte, phases.transfer)
    if all(phase is None for phase in seen):
        return b""
    return _PACKED.pack(*(min(round(10 * (phase or 0)), _MOST) for phase in seen))


def sum_phases(packed: Iterable[bytes]) -> PhaseSums:
    """Return the sum of what `pack_phases` made."""
    rows = [_PACKED.unpack(row) for row in packed if row]
    if not rows:
        return PhaseSums()
    dns, connect, tls, first_byte, transfer = map(sum, zip(*rows, strict=True))
    return PhaseSums(checks=len(rows), dns=dns, connect=connect, tls=tls, first_byte=first_byte, transfer=transfer)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSums:
    """What one region saw: seconds in each verdict, and the milliseconds that its so many `timed` checks took.

    Its own slots and verdicts, whatever the others saw; maintenance is left out.
    """

    up: int = 0
    degraded: int = 0
    down: int = 0
    timed: int = 0
    milliseconds: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return all fields in their order."""
        return self.up, self.degraded, self.down, self.timed, self.milliseconds


def merge_regions(parts: Iterable[Mapping[str, RegionSums]]) -> dict[str, RegionSums]:
    """Return the sums by region."""
    found: dict[str, list[RegionSums]] = defaultdict(list)
    for part in parts:
        for region, sums in part.items():
            found[region].append(sums)
    return {
        region: RegionSums(
            up=sum(s.up for s in listed),
            degraded=sum(s.degraded for s in listed),
            down=sum(s.down for s in listed),
            timed=sum(s.timed for s in listed),
            milliseconds=sum(s.milliseconds for s in listed),
        )
        for region, listed in sorted(found.items())
    }
