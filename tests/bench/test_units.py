"""DynamoDB's units, against the examples of its developer guide."""

import pytest

from bench.units import get_units, item_bytes, query_units, write_units

KB = 1024


@pytest.mark.parametrize(
    ("size", "transactional", "units"),
    [(1, False, 1), (KB, False, 1), (KB + 1, False, 2), (3 * KB, False, 3), (3 * KB, True, 6), (0, False, 1)],
)
def test_a_write_costs_each_begun_kilobyte_and_twice_in_a_transaction(
    size: int, units: int, *, transactional: bool
) -> None:
    """3 KB are three units, or six."""
    assert write_units(size, transactional=transactional) == units


@pytest.mark.parametrize(
    ("size", "consistent", "units"),
    [(3500, True, 1), (8 * KB, True, 2), (8 * KB, False, 1), (10 * KB, True, 3), (0, False, 0.5)],
)
def test_a_get_costs_each_begun_four_kilobytes_and_half_when_eventually_consistent(
    size: int, units: float, *, consistent: bool
) -> None:
    """8 KB are two units, or one."""
    assert get_units(size, consistent=consistent) == units


@pytest.mark.parametrize(
    ("sizes", "consistent", "units"),
    [([], False, 0.5), ([1500, 6500], False, 1), ([100] * 100, False, 1.5), ([100] * 100, True, 3)],
)
def test_a_query_counts_its_items_together(sizes: list[int], units: float, *, consistent: bool) -> None:
    """100 items of 100 bytes are 10,000 bytes: three times 4 KB."""
    assert query_units(sizes, consistent=consistent) == units


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({"pk": {"S": "RUN"}}, 5),
        ({"pk": {"S": "RÜN"}}, 6),
        ({"data": {"B": bytes(2000)}}, 2004),
        ({"expires": {"N": "1795363200"}}, 7 + 5),  # 17953632 without its trailing zeros: four bytes and one
        ({"n": {"N": "0"}}, 3),
        ({"a": {"BOOL": True}, "b": {"NULL": True}}, 4),
        ({"m": {"M": {"k": {"S": "vv"}}}}, 1 + 3 + 1 + 1 + 2),
        ({"l": {"L": [{"S": "vv"}]}}, 1 + 3 + 1 + 2),
    ],
)
def test_an_item_is_as_large_as_its_names_and_values(item: dict[str, dict[str, object]], size: int) -> None:
    """UTF-8 bytes, raw binary, packed numbers."""
    assert item_bytes(item) == size


def test_a_value_of_an_unknown_type_is_not_counted_as_nothing() -> None:
    """A silent zero would make the bill too small."""
    with pytest.raises(ValueError, match="type BS"):
        item_bytes({"x": {"BS": [b"1"]}})
