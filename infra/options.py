"""What `-c name=value` on the CDK's command line says about a deployment.

Plain Python, so that `app.py` can tell of a bad option or pulseboard.yaml before it waits for the CDK.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


class OptionError(Exception):
    """A context value cannot be used; the message says which and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for.

    `config`: the pulseboard.yaml; `local_port`: that of the embedded AWS, None for a real account; `encrypt_alerts`:
    pay $1 a month for a key of the alert topic's own.
    """

    config: Path = ROOT / "pulseboard.yaml"
    local_port: int | None = None
    encrypt_alerts: bool = False


def read_options(environment: Mapping[str, str]) -> Options:
    """Return the options that the CDK hands to its app in `environment`. Raises OptionError."""
    context: dict[str, object] = json.loads(environment.get("CDK_CONTEXT_JSON") or "{}")
    config = context.get("config")
    return Options(
        config=Options().config if config is None else Path(str(config)),
        local_port=_port(context),
        encrypt_alerts=_flag(context, "encrypt_alerts"),
    )


def _port(context: Mapping[str, object]) -> int | None:
    value = context.get("local")
    if value is None:
        return None
    if not str(value).isdecimal():
        raise OptionError(f"-c local={value}: the port of the embedded AWS is expected, such as -c local=4566.")
    return int(str(value))


def _flag(context: Mapping[str, object], name: str) -> bool:
    value = str(context.get(name, False)).lower()
    if value not in (*_YES, *_NO):
        raise OptionError(f"-c {name}={value}: true or false is expected.")
    return value in _YES
