"""What can go wrong in an exchange, in the words of a failure."""

from functions.domain.verdict import FailureKind, Phase


class ExchangeError(Exception):
    """An outage as the connection layer saw it: kind, phase and a reason for people."""

    def __init__(self, kind: FailureKind, reason: str, phase: Phase | None = None) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.phase = phase


class ConnectError(ExchangeError):
    """No connection to one address; the next one may do."""

    def __init__(self, reason: str) -> None:
        super().__init__(FailureKind.CONNECT, reason, Phase.CONNECT)


class ProtocolError(ExchangeError):
    """The connection broke, or what came over it is not HTTP."""

    def __init__(self, reason: str, phase: Phase | None = None) -> None:
        super().__init__(FailureKind.PROTOCOL, reason, phase)


class TlsError(ExchangeError):
    """No trustworthy TLS session."""

    def __init__(self, reason: str) -> None:
        super().__init__(FailureKind.TLS, reason, Phase.TLS)


class ClientCertificateError(Exception):
    """The monitor's client certificate cannot be used: our failure, not the target's."""
