"""What a browser sends for a name and a password."""

from base64 import b64encode


def basic(name: str, password: str) -> str:
    """Return the header `Authorization` (RFC 7617)."""
    return f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"
