"""The contest: all contestants in turn, on the same target, under the same quota."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.serialization import Encoding

from bench.probe.blackbox import blackbox
from bench.probe.check import Outcome
from bench.probe.nginx import nginx
from bench.probe.process import Spoken, spoken
from bench.probe.quota import Quota, quota_for
from functions.probe.pace import FULL_CPU_MB
from tests.targets.certificates import authority, identity

NAMES = ("this probe", "blackbox-exporter", "plain httpx")
PACED = "this probe, paced"


class Contestant(Protocol):
    """Checks all at once."""

    def ask(self, urls: Mapping[str, str], /) -> Outcome:
        """Return what it took and what it saw, by the names of `urls`."""


class _Process:
    """A contestant that is a process of this repository."""

    def __init__(self, process: Spoken) -> None:
        self._process = process
        self.memory = FULL_CPU_MB

    def ask(self, urls: Mapping[str, str], /) -> Outcome:
        return Outcome(**self._process.ask({"memory": self.memory, "urls": dict(urls)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Milliseconds by which the target delays; `tls` counts for https only."""

    tls: float = 0.0
    first_byte: float = 0.0
    transfer: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was reported and what was true, in milliseconds by phase, of one check."""

    reported: Mapping[str, float]
    truth: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Everything that runs."""

    contestants: Mapping[str, Contestant]
    quotas: Mapping[str, Quota]
    nginx: Mapping[str, int]
    delaying: Mapping[str, int]
    _target: Spoken
    _numbers: Iterator[int]

    def share(self, thousandths: int) -> None:
        """Give each contestant so much of a CPU."""
        for quota in self.quotas.values():
            quota.share(thousandths)
        for contestant in self.contestants.values():
            if isinstance(contestant, _Process):
                contestant.memory = round(FULL_CPU_MB * thousandths / 1000)

    def at_full_speed(self, name: str, scheme: str, checks: int) -> Outcome:
        """Have one contestant check nginx; PACED is this probe as it starts its checks in Lambda, with a whole CPU."""
        ours = self.contestants[NAMES[0]]
        if isinstance(ours, _Process):
            ours.memory = FULL_CPU_MB if name == PACED else 0
        base = f"{scheme}://127.0.0.1:{self.nginx[scheme]}"
        return self.contestants[NAMES[0] if name == PACED else name].ask({str(n): f"{base}/{n}" for n in range(checks)})

    def with_delays(self, name: str, scheme: str, checks: int, delays: Delays) -> tuple[Outcome, Sequence[Seen]]:
        """Have one contestant check the delaying target; checks that failed are not among what was seen."""
        self._target.ask({"tls": delays.tls})
        path = f"{delays.tls:g}/{delays.first_byte:g}/{delays.transfer:g}"
        base = f"{scheme}://127.0.0.1:{self.delaying[scheme]}/{path}"
        urls = {name: f"{base}/{name}" for name in (str(next(self._numbers)) for _ in range(checks))}
        outcome = self.contestants[name].ask(urls)
        served = self._target.ask({"tls": 0})
        seen = []
        for check, reported in outcome.reported.items():
            tls, first_byte, transfer = served[check]
            truth = {"connect": 0.0, "tls": tls, "first_byte": first_byte, "transfer": transfer}
            seen.append(Seen(reported=reported, truth=truth if scheme == "https" else _without_tls(truth)))
        return outcome, seen


@contextmanager
def contest(folder: Path) -> Iterator[Contest]:
    """Start targets and contestants; all end with the `with`."""
    ca, certificate = folder / "ca.pem", folder / "target.pem"
    ca.write_bytes(authority().certificate.public_bytes(Encoding.PEM))
    certificate.write_text(identity("127.0.0.1").pem)
    environment = {**os.environ, "SSL_CERT_FILE": str(ca)}
    with ExitStack() as stack:
        enter = stack.enter_context
        plain_port, tls_port = enter(nginx(folder, certificate))
        target = enter(spoken("bench.probe.delaying", str(certificate), environment=environment))
        ours = enter(spoken("bench.probe.ours", environment=environment))
        plain = enter(spoken("bench.probe.plain", environment=environment))
        exporter = enter(blackbox(folder, ca))
        pids = dict(zip(NAMES, (ours.pid, exporter.pid, plain.pid), strict=True))
        yield Contest(
            contestants=dict(zip(NAMES, (_Process(ours), exporter, _Process(plain)), strict=True)),
            quotas={name: enter(quota_for(pid)) for name, pid in pids.items()},
            nginx={"http": plain_port, "https": tls_port},
            delaying=dict(zip(("http", "https"), target.hello, strict=True)),
            _target=target,
            _numbers=count(),
        )


def _without_tls(truth: Mapping[str, float]) -> Mapping[str, float]:
    return {phase: value for phase, value in truth.items() if phase != "tls"}
