"""What a path gives a matcher to judge; that paths mean what RFC 9535 says is shown where they are validated."""

import subprocess
import sys

import pytest

from functions.domain.json_value import MISSING
from functions.domain.jsonpath import is_singular, look_up

DOCUMENT = {"a": {"b": [1, None, {"c": "x"}]}, "e": []}


@pytest.mark.parametrize(
    ("path", "singular", "value"),
    [
        ("$", True, DOCUMENT),
        ("$.a.b[0]", True, 1),
        ("$.a.b[1]", True, None),
        ("$.a['b'][-1].c", True, "x"),
        ("$.a.x", True, MISSING),
        ("$.a.b.c", True, MISSING),
        ("$.e", True, []),
        ("$.e[*]", False, MISSING),
        ("$.a.b[*]", False, [1, None, {"c": "x"}]),
        ("$.a.b[0,1]", False, [1, None]),
        ("$.a.b[0:1]", False, [1]),
        ("$..c", False, ["x"]),
        ("$.a.b[?@.c == 'x']", False, [{"c": "x"}]),
        ("$['a','e']", False, [DOCUMENT["a"], []]),
    ],
)
def test_one_value_for_a_singular_path_and_a_list_for_any_other(path: str, singular: bool, value: object) -> None:  # noqa: FBT001 - a column of the table
    """Even where a path that may have several matches has one; where there is none, nothing is there."""
    assert is_singular(path) == singular
    assert look_up(path, DOCUMENT) == value


def test_decoding_expectations_does_not_import_jsonpath_ng() -> None:
    """Only the probe evaluates paths; all functions read the config, and its import would add to their cold start."""
    program = (
        "import sys; from functions.domain.expectation import Expectations; "
        "Expectations.decode({'json': {'$.a': {'eq': 1}}}, None); print('jsonpath_ng' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
