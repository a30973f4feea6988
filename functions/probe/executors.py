"""What executes the checks of a run, by kind."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from functions.adapters.http.tls import TlsTerms
from functions.adapters.network import Network
from functions.execution import Execute
from functions.kinds import KINDS, load

_OVER_TLS = frozenset({"http", "steps", "upstream", "websocket"})
"""Kinds that nearly always need a context of TLS, which takes 20 ms of a whole CPU to make."""


class Executors(Mapping[str, Execute]):
    """Executors by kind, each imported and made once, when it is first asked for."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._made: dict[str, Execute] = {}

    def __getitem__(self, kind: str) -> Execute:
        if kind not in self._made:
            place = KINDS[kind].executor
            if place is None:
                raise KeyError(kind)
            self._made[kind] = load(place)(self._network)
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return (name for name, kind in KINDS.items() if kind.executor is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def prepare(self, kinds: Iterable[str]) -> None:
        """Make those of `kinds` now: while it starts, a Lambda function has more CPU than afterwards."""
        wanted = frozenset(self) & frozenset(kinds)
        for kind in wanted:
            self[kind]
        if wanted & _OVER_TLS:
            with suppress(OSError):  # roots that cannot be read fail each check, which can say so
                self._network.contexts.context(TlsTerms())
