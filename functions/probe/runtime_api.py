"""Where the Lambda runtime listens, from the environment that it gives."""

from collections.abc import Mapping


def runtime_api(environ: Mapping[str, str]) -> tuple[str, int] | None:
    """Return host and port of AWS_LAMBDA_RUNTIME_API; None outside Lambda."""
    host, _, port = environ.get("AWS_LAMBDA_RUNTIME_API", "").rpartition(":")
    return (host.strip("[]"), int(port)) if host and port.isdigit() else None
