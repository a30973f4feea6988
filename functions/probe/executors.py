"""What executes the checks of a run, by kind."""

from collections.abc import Iterable, Iterator, Mapping

from functions.adapters.network import Network
from functions.execution import Execute
from functions.kinds import KINDS, load


class Executors(Mapping[str, Execute]):
    """Executors by kind, each imported and made once, when it is first asked for."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._made: dict[str, Execute] = {}

    def __getitem__(self, kind: str) -> Execute:
        if kind not in self._made:
            self._made[kind] = load(KINDS[kind].executor)(self._network)
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)

    def prepare(self, kinds: Iterable[str]) -> None:
        """Make those of `kinds` now: while it starts, a Lambda function has more CPU than afterwards."""
        for kind in kinds:
            self[kind]
