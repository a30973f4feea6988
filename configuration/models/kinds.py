"""The kinds of check: a line each, under the name that `functions.kinds` knows it by."""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from configuration.models.aws import Aws
from configuration.models.check import CheckModel
from configuration.models.dns import Dns
from configuration.models.heartbeat import Heartbeat
from configuration.models.http import Http
from configuration.models.model import Model, models_in
from configuration.models.steps import StepList
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
    steps: StepList | None = Field(
        default=None, description="Requests to make in order, 1 to 10, with values of one in the next."
    )
    aws: Aws | None = Field(default=None, description="A CloudWatch alarm or an SQS queue to look at.")


KINDS: Final[Mapping[str, type[CheckModel]]] = {
    name: model
    for name, field in Kinds.model_fields.items()
    for model in models_in(field.annotation)
    if issubclass(model, CheckModel)
}
"""The model of each kind; of steps, that of each."""
