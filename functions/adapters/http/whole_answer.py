"""The answer of nearly every health check, read at once: all of it in one piece, and nothing unusual about it.

The grammar is a part of RFC 9112's, narrower than what h11 accepts: what does not fit is left to h11, which then sees
it from its beginning. So this is never the judge of what is valid; it only saves most of the CPU of a plain check.
"""

import re

from functions.adapters.http.codec import Event, Head, Mark

_HEAD = re.compile(
    rb"HTTP/(1\.[01]) ([2-5][0-9]{2}) [\x20-\x7e]*\r\n((?:[-!#$%&'*+.^_`|~0-9a-zA-Z]+:[\x20-\x7e\t]*\r\n)+)\r\n"
)
_LENGTH = re.compile(rb"[0-9]{1,7}")
_WITHOUT_BODY = (204, 304)
_LONGEST_HEAD = 16 * 1024


def whole_answer(method: bytes, data: bytes) -> list[Event] | None:
    """Return the events of the answer that `data` is; None where that takes a real parser, or more data."""
    found = _HEAD.match(data, 0, _LONGEST_HEAD)
    if found is None or method in (b"HEAD", b"CONNECT"):
        return None
    version, status, lines = found.groups()
    headers: list[tuple[bytes, bytes]] = []
    length: bytes | None = None
    for line in lines.split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        value = value.strip(b" \t")
        match name.lower():
            case b"content-length" if length is None and _LENGTH.fullmatch(value):
                length = value
            case b"content-length" | b"transfer-encoding":
                return None
        headers.append((name, value))
    if length is None or int(status) in _WITHOUT_BODY or len(data) - found.end() != int(length):
        return None
    head = Head(status=int(status), headers=headers, version=b"HTTP/" + version)
    return [head, data[found.end() :], Mark.END] if int(length) else [head, Mark.END]
