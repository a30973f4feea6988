"""From runs to hours, and from hours to days.

Both are sums over sets: the order in which runs or hours come, and how often one comes, makes no difference, and
computing them again from the same runs gives the same numbers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from functions.domain.breakdown import RegionSums, sum_phases
from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.maintenance import Maintained, never
from functions.domain.part import PART_LIMIT, owner_of
from functions.domain.run import Run
from functions.domain.run_rows import Rows, rows_of
from functions.domain.slot import DAY, hour_of, interval_of, slot_seconds, slot_start, worst
from functions.domain.verdict import Verdict


def agreed(verdicts: Collection[Verdict]) -> Verdict:
    """Return what the regions that reported one slot (one verdict each) say together.

    A strict majority decides: `down` if it says down, else `degraded` if it says down or degraded, else `up`. A tie
    therefore goes to the better side; with two regions, one failing is not enough. No verdicts at all: `no_data`.
    """
    if not verdicts:
        return Verdict.NO_DATA
    down = failing = 0
    for verdict in verdicts:
        down += verdict is Verdict.DOWN
        failing += verdict.failing
    if 2 * down > len(verdicts):
        return Verdict.DOWN
    return Verdict.DEGRADED if 2 * failing > len(verdicts) else Verdict.UP


@dataclass(slots=True)
class _Tally:
    """What one monitor's checks of one hour amount to; regions' verdicts by slot."""

    votes: dict[int, dict[str, Verdict]] = field(default_factory=lambda: defaultdict(dict))
    seconds: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    maintained: set[int] = field(default_factory=set)
    evidence: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    phases: list[bytes] = field(default_factory=list)
    timed: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def span(self, *, apart: bool) -> Span:
        """Return the sums, with each region's own where they are to be told `apart`."""
        totals = dict.fromkeys((Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.MAINTENANCE), 0)
        for slot, by_region in self.votes.items():
            verdict = Verdict.MAINTENANCE if slot in self.maintained else agreed(by_region.values())
            totals[verdict] += self.seconds[slot]
        return Span(
            up=totals[Verdict.UP],
            degraded=totals[Verdict.DEGRADED],
            down=totals[Verdict.DOWN],
            latency=Histogram.of(self.latencies),
            maintenance=totals[Verdict.MAINTENANCE],
            phases=sum_phases(self.phases),
            regions=self._regions() if apart else {},
        )

    def _regions(self) -> dict[str, RegionSums]:
        """Return what each region saw, where there are several."""
        names = {region for by_region in self.votes.values() for region in by_region}
        if len(names) < 2:  # noqa: PLR2004 (one alone saw what the whole span says)
            return {}
        return {name: self._region(name) for name in sorted(names)}

    def _region(self, name: str) -> RegionSums:
        seconds = dict.fromkeys((Verdict.UP, Verdict.DEGRADED, Verdict.DOWN), 0)
        for slot, by_region in self.votes.items():
            if name in by_region and slot not in self.maintained:
                seconds[by_region[name]] += self.seconds[slot]
        return RegionSums(
            up=seconds[Verdict.UP],
            degraded=seconds[Verdict.DEGRADED],
            down=seconds[Verdict.DOWN],
            timed=len(self.timed[name]),
            milliseconds=sum(map(round, self.timed[name])),
        )


def hour_histories(
    runs: Iterable[Run], maintained: Maintained = never, *, evidence_of: Collection[str] = ()
) -> tuple[HourHistory, ...]:
    """Return the hours that `runs` fall into, by hour and shard; slots of `maintained` monitors count as maintenance.

    The monitors in `evidence_of` have their evidence with them. The parts of a health body are in the spans like
    monitors, under their `part_key`: a row of some 10 bytes compressed for each in an hour and a day.

    `runs` is gone through once, and only verdicts and times are kept of it: an hour of 1,000 monitors fits into the
    smallest function. A run that comes twice counts once. Should one region have made two runs in one slot (somebody
    started the probe by hand), its worse verdict counts. Monitors that a run could not check (`unmade`) have no data.
    """
    return sum_up(rows_of(runs, evidence_of=evidence_of), maintained)


def sum_up(rows: Rows, maintained: Maintained = never) -> tuple[HourHistory, ...]:
    """Return the hours of these rows, as `hour_histories` does of their runs."""
    tallies: dict[tuple[datetime, str], dict[str, _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    for (shard, at, region), results in rows.items():
        interval = interval_of(shard)
        slot = slot_start(at, interval)
        seconds = slot_seconds(slot, interval, at)
        hour = tallies[hour_of(at), shard]
        for monitor, verdict, latency, evident, phases in results:
            tally = hour[monitor]
            tally.seconds[slot] = seconds
            votes = tally.votes[slot]
            votes[region] = worst(verdict, votes[region]) if region in votes else verdict
            if maintained(owner_of(monitor), at):
                tally.maintained.add(slot)
            elif latency is not None and verdict is not Verdict.DOWN:
                tally.latencies.append(latency)
                tally.timed[region].append(latency)
                tally.phases.append(phases)
                if evident:
                    tally.evidence[region].append(latency)
    return tuple(
        HourHistory(
            shard=shard,
            hour=hour,
            spans=_bounded({m: by_id[m].span(apart=owner_of(m) == m) for m in sorted(by_id)}),
            evidence={
                monitor: {region: Histogram.of(latencies) for region, latencies in by_id[monitor].evidence.items()}
                for monitor in sorted(by_id)
                if by_id[monitor].evidence
            },
        )
        for (hour, shard), by_id in sorted(tallies.items(), key=lambda item: item[0])
    )


def day_histories(hours: Iterable[HourHistory]) -> tuple[DayHistory, ...]:
    """Return the UTC days that `hours` fall into, by day and shard; of one hour that comes twice, the last counts."""
    unique = {(history.hour, history.shard): history for history in hours}
    parts: dict[tuple[date, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for (hour, shard), history in unique.items():
        for monitor, span in history.spans.items():
            parts[hour.astimezone(UTC).date(), shard][monitor].append(span)
    return tuple(
        DayHistory(
            shard=shard, day=day, spans=_bounded({m: _within_a_day(Span.merge(by_id[m])) for m in sorted(by_id)})
        )
        for (day, shard), by_id in sorted(parts.items(), key=lambda item: item[0])
    )


def _bounded(spans: Mapping[str, Span]) -> Mapping[str, Span]:
    """Return the spans with no more parts of a monitor than are shown, the best known: a body may invent names."""
    parts: dict[str, list[str]] = defaultdict(list)
    for key in spans:
        if owner_of(key) != key:
            parts[owner_of(key)].append(key)
    excess = {
        key
        for keys in parts.values()
        if len(keys) > PART_LIMIT
        for key in sorted(keys, key=lambda key: (-spans[key].known, key))[PART_LIMIT:]
    }
    return {key: span for key, span in spans.items() if key not in excess} if excess else spans


def _within_a_day(span: Span) -> Span:
    """Return `span` scaled to the length of a day where it is longer, failures rounded up.

    It is longer only where a slot of several hours was reported in two of them, by regions whose schedules are not
    aligned: each hour then counts it.
    """
    if span.known <= DAY:
        return span
    down = -(-span.down * DAY // span.known)
    degraded = min(DAY - down, -(-span.degraded * DAY // span.known))
    maintenance = min(DAY - down - degraded, -(-span.maintenance * DAY // span.known))
    up = DAY - down - degraded - maintenance
    return replace(span, up=up, degraded=degraded, down=down, maintenance=maintenance)
