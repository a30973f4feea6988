"""The parts that a service says it is made of, as its health body names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from functions.domain.verdict import Verdict

PART_LIMIT = 20
"""Parts of one monitor that are kept and shown; more are judged, and counted in words."""
NAME_LIMIT = 80
"""Characters of a part's name that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How a part is: `up`, `degraded` or `down`, and `no_data` where the body has no word for it that is known.

    In a result `name` is what the body calls it, in a failure what the public calls it.
    """

    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Expand:
    """Which parts of a health body are shown, what they are called, and what they decide.

    `only` and `without` hold names as the body has them; without `only`, all that can be understood are parts. `names`
    is what the public calls them. `failing` is what an answer that is otherwise up comes to when a part has failed:
    `degraded`, `down`, or `up` where the parts decide nothing.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    failing: Verdict = Verdict.DEGRADED

    @classmethod
    def decode(cls, document: Mapping[str, Any]) -> "Expand":
        """Return the settings of config.json, which holds those that are set."""
        return cls(
            only=tuple(document.get("only", ())),
            without=tuple(document.get("without", ())),
            names=document.get("names", {}),
            failing=Verdict(document.get("failing", Verdict.DEGRADED)),
        )

    def wants(self, name: str) -> bool:
        """Tell whether the part that the body calls `name` is one to look at."""
        return name in self.only if self.only else name not in self.without

    def asks_for(self, name: str) -> bool:
        """Tell whether the part is named in pulseboard.yaml, and so one whatever the body says of it."""
        return name in self.only or (name in self.names and name not in self.without)

    def name_of(self, name: str) -> str:
        """Return what the public calls the part: what was chosen, else `message_queue` as `Message queue`."""
        if name in self.names:
            return self.names[name]
        plain = name.replace("_", " ").replace("-", " ").strip()
        return plain[:1].upper() + plain[1:] if plain.replace(" ", "").isalnum() else name


def part_key(monitor: str, part: str) -> str:
    """Return the name under which a part's history is kept; no monitor's id has a slash in it."""
    return f"{monitor}/{part}"


def owner_of(key: str) -> str:
    """Return the monitor that history under `key` belongs to: itself, or the one whose part it is."""
    return key.partition("/")[0]
