"""What notify needs of an alert topic, as a protocol; `functions.adapters.sns_topic.SnsTopic` is the real one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What SNS is given. `body` is its `MessageStructure: json`: an object of texts by protocol.

    `attributes` are what filter policies select by; none is empty. Subject, body and attributes are far below SNS's
    256 KB, since every text in them is cut.
    """

    subject: str
    body: str
    attributes: Mapping[str, str]


class Topic(Protocol):
    """Where announcements go."""

    def publish(self, message: Message) -> None:
        """Publish `message`; raises where that did not succeed."""
