"""What `-c name=value` on the CDK's command line says about a deployment."""

from dataclasses import dataclass, field
from pathlib import Path

from constructs import Node

from infra.dependencies import ROOT
from infra.variant import Variant

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


class OptionError(Exception):
    """A context value cannot be used; the message says which and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`config`: the pulseboard.yaml; `encrypt_alerts`: pay $1 a month for a key of the alert topic's own."""

    config: Path = ROOT / "pulseboard.yaml"
    variant: Variant = field(default_factory=Variant)
    encrypt_alerts: bool = False


def read_options(node: Node) -> Options:
    """Return the options in `node`'s context. Raises OptionError."""
    config = node.try_get_context("config")
    return Options(
        config=Options().config if config is None else Path(config),
        variant=Variant(local_port=_port(node)),
        encrypt_alerts=_flag(node, "encrypt_alerts"),
    )


def _port(node: Node) -> int | None:
    value = node.try_get_context("local")
    if value is None:
        return None
    if not str(value).isdecimal():
        raise OptionError(f"-c local={value}: the port of the embedded AWS is expected, such as -c local=4566.")
    return int(value)


def _flag(node: Node, name: str) -> bool:
    value = str(node.try_get_context(name) or "false").lower()
    if value not in (*_YES, *_NO):
        raise OptionError(f"-c {name}={value}: true or false is expected.")
    return value in _YES
