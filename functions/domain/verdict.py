"""The words for what a check found."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a check, or a monitor's state, says; a check is only ever `up`, `degraded` or `down`."""

    UP = "up"
    DEGRADED = "degraded"
    DOWN = "down"
    MAINTENANCE = "maintenance"
    NO_DATA = "no_data"

    @property
    def failing(self) -> bool:
        """Tell whether somebody should hear of it."""
        return self in (Verdict.DEGRADED, Verdict.DOWN)


class Phase(StrEnum):
    """The parts of one HTTP exchange, in the order in which they happen."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    FIRST_BYTE = "first_byte"
    TRANSFER = "transfer"


class FailureKind(StrEnum):
    """The first thing that went wrong in a check."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    STATUS = "status"
    JSON = "json"
    SCHEMA = "schema"
    HEADER = "header"
    BODY = "body"
    LATENCY = "latency"
    CERTIFICATE = "certificate"
    HEARTBEAT = "heartbeat"
    LATE = "late"
    ANSWERS = "answers"
    UPSTREAM = "upstream"
    ALARM = "alarm"
    QUEUE = "queue"
