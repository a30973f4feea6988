"""If-None-Match (RFC 9110, section 13.1.2)."""


def unchanged(if_none_match: str | None, etag: str) -> bool:
    """Tell whether the client already has the representation with `etag`.

    The comparison is the weak one: a CDN that compresses turns a strong tag into a weak one.
    """
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return _opaque(etag) in {_opaque(tag) for tag in if_none_match.split(",")}


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")
