"""How long each phase of a check took, and in which one it is."""

from functions.domain.result import Phases
from functions.domain.verdict import Phase

TRUE_WITHIN_MS = 10.0
TRUE_WITHIN_PART = 0.05
"""How far from the truth a time may be, in milliseconds and as a part of itself."""


class Trace:
    """The stopwatch of one attempt; times are `time.perf_counter` seconds, phases add up over redirects.

    The connection layer marks beginnings and ends with the time at which something happened, which is not the time at
    which it came to know of it. `certificate` is the peer's newest, as DER;
    `status_code` that of the final answer, as soon as it is known. `late` is for how many milliseconds something that
    arrived lay unread, `doubt` how many of the milliseconds counted may be the probe's own.
    """

    def __init__(self) -> None:
        self.phase: Phase | None = None
        self.certificate: bytes | None = None
        self.status_code: int | None = None
        self.late = 0.0
        self.doubt = 0.0
        self._since = 0.0
        self._milliseconds: dict[Phase, float] = {}

    def begin(self, phase: Phase, at: float) -> None:
        """Say that `phase` began at `at`; what had begun and not ended is forgotten."""
        self.phase = phase
        self._since = at

    def end(self, at: float) -> None:
        """Say that the present phase ended at `at`."""
        if self.phase is not None:
            self.add(self.phase, (at - self._since) * 1000)
            self.phase = None

    def add(self, phase: Phase, milliseconds: float) -> None:
        """Count `milliseconds` for `phase`."""
        self._milliseconds[phase] = self._milliseconds.get(phase, 0.0) + max(0.0, milliseconds)

    def forget(self) -> None:
        """Drop the present phase: it did not end, and does not count."""
        self.phase = None

    def settle(self, milliseconds: float) -> None:
        """Say that the present phase ended and took `milliseconds`, measured elsewhere."""
        if self.phase is not None:
            self.add(self.phase, milliseconds)
            self.phase = None

    def phases(self) -> Phases:
        """Return what each phase has taken so far."""
        return Phases(**{phase.value: milliseconds for phase, milliseconds in self._milliseconds.items()})

    @property
    def busy(self) -> bool:
        """Tell whether more is in doubt than a time may be off."""
        return self.doubt > TRUE_WITHIN_MS + TRUE_WITHIN_PART * sum(self._milliseconds.values())
