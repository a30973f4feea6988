"""DynamoDB's units, computed from the bytes of what goes over the wire. Pure.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

import math
from collections.abc import Iterable, Mapping

WRITE_UNIT_BYTES = 1024
READ_UNIT_BYTES = 4096
EMPTY_READ_BYTES = 1
"""A query that finds nothing costs what a small one costs."""


def item_bytes(item: Mapping[str, Mapping[str, object]]) -> int:
    """Return the size of an item in botocore's low-level form: names and values together."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in item.items())


def value_bytes(value: Mapping[str, object]) -> int:
    """Return the size of one typed value ({"S": "text"}, {"N": "1"}, {"B": b"..."} ...)."""
    ((kind, content),) = value.items()
    match kind, content:
        case "S", str():
            size = len(content.encode())
        case "B", bytes() | bytearray():
            size = len(content)
        case "N", str():
            # Two digits a byte, one byte for sign and exponent, leading and trailing zeros trimmed.
            size = math.ceil(len(content.strip("-").replace(".", "").strip("0") or "0") / 2) + 1
        case "BOOL" | "NULL", _:
            size = 1
        case "M", Mapping():
            size = 3 + sum(1 + len(name.encode()) + value_bytes(each) for name, each in content.items())
        case "L", list():
            size = 3 + sum(1 + value_bytes(each) for each in content)
        case _:
            raise ValueError(f"no size is known for a DynamoDB value of type {kind}")
    return size


def write_units(size: int, *, transactional: bool = False) -> int:
    """Return the units of writing, deleting or checking one item: each begun KB counts, twice in a transaction."""
    return max(1, math.ceil(size / WRITE_UNIT_BYTES)) * (2 if transactional else 1)


def get_units(size: int, *, consistent: bool) -> float:
    """Return the units of getting one item; getting nothing costs the least."""
    return max(1, math.ceil(size / READ_UNIT_BYTES)) * (1.0 if consistent else 0.5)


def query_units(sizes: Iterable[int], *, consistent: bool) -> float:
    """Return the units of one page of a query or scan: its items count together, not each by itself."""
    return get_units(max(EMPTY_READ_BYTES, sum(sizes)), consistent=consistent)
