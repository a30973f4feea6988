"""Executes HTTP requests."""

from functions.adapters.http.fetch import HttpFetch
from functions.adapters.network import Network
from functions.execution import Execute


def http_executor(network: Network) -> Execute:
    """Return what executes an `HttpRequest`."""
    return HttpFetch(network)
