"""The kinds of check: a line each, under the name that `functions.kinds` knows it by."""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from configuration.models.check import CheckModel
from configuration.models.dns import Dns
from configuration.models.heartbeat import Heartbeat
from configuration.models.http import Http
from configuration.models.model import Model
from configuration.models.tcp import Tcp
from configuration.models.tls import Tls
from configuration.models.upstream import Upstream
from configuration.models.websocket import Websocket


class Kinds(Model):
    """What there is to do; a monitor has exactly one of these (`configuration.rules.kinds` sees to it)."""

    http: Http | None = Field(default=None, description="A request to make.")
    tcp: Tcp | None = Field(default=None, description="A TCP connection to make.")
    tls: Tls | None = Field(default=None, description="A TLS handshake to make.")
    heartbeat: Heartbeat | None = Field(default=None, description="Pings that a worker or a cron job sends.")
    dns: Dns | None = Field(default=None, description="A question to a name server.")
    websocket: Websocket | None = Field(default=None, description="A WebSocket to open.")
    upstream: Upstream | None = Field(default=None, description="Somebody else's status page to read.")


KINDS: Final[Mapping[str, type[CheckModel]]] = {
    name: model
    for name, field in Kinds.model_fields.items()
    for model in (CheckModel, *getattr(field.annotation, "__args__", ()))
    if isinstance(model, type) and issubclass(model, CheckModel) and model is not CheckModel
}
"""The model of each kind."""
