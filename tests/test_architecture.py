"""Who may import whom (docs/architecture.md): decisions stay pure, and what ships imports only what ships."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from infra.options import ROOT

FUNCTIONS: Final = ("probe", "judge", "notify", "render", "api", "operator", "rollup")
CLIENTS: Final = ("boto3", "botocore", "httpx", "httpcore")
"""What reaches other machines."""

PURE: Final = (
    "base64", "collections", "contextlib", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "hashlib", "hmac", "io", "ipaddress", "itertools", "json", "math", "operator", "re", "struct",
    "typing", "unicodedata", "urllib.parse", "uuid", "warnings", "zlib", "zoneinfo",
    "cronsim", "dateutil", "jsonpath_ng", "functions.domain",
)  # fmt: skip
"""What decisions may lean on: nothing of it reads a file, a socket, a clock or the environment by being imported."""

CLOCKS: Final = frozenset({("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")})

SHARED: Final = {"api": {"render"}, "operator": {"api"}, "adapters": {"render"}}
"""What is one thing for two: the headers of the site, the form of answers and errors, the artefact that is stored."""


def sources(folder: str) -> list[Path]:
    """Return the Python files under a folder of the project."""
    return sorted((ROOT / folder).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports when it runs, wherever in it that stands."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def within(module: str, *packages: str) -> bool:
    """Tell whether a module is one of `packages`, or in one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def named(file: Path) -> str:
    """Return a file's path from the root of the project."""
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", sources("functions/domain"), ids=named)
def test_decisions_have_no_clock_and_do_nothing(file: Path) -> None:
    """Only what computes is imported, and nobody asks what time it is: `at` is a parameter."""
    assert [module for module in imported(file) if not within(module, *PURE)] == []
    asked = {
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert asked & CLOCKS == set()


def test_only_adapters_and_handlers_reach_other_machines() -> None:
    """A handler wires: it makes the clients that its collaborators are given."""
    reaching = {
        named(file)
        for file in sources("functions")
        if any(within(module, *CLIENTS) for module in imported(file))
        and "adapters" not in file.parts
        and file.name != "handler.py"
    }
    assert reaching == set()


def test_nothing_that_ships_imports_what_does_not() -> None:
    """The asset holds `functions` and its dependencies: neither the configuration's models nor the CDK."""
    outside = ("configuration", "infra", "cli", "bench", "localisation", "examples", "tests", "aws_cdk", "pydantic")
    assert {
        named(file) for file in sources("functions") if any(within(module, *outside) for module in imported(file))
    } == set()


@pytest.mark.parametrize("part", [*FUNCTIONS, "adapters"])
def test_functions_know_nothing_of_each_other(part: str) -> None:
    """They meet in the table and the stream; what several need is the domain's, or stands beside their folders."""
    others = [f"functions.{other}" for other in FUNCTIONS if other != part and other not in SHARED.get(part, ())]
    assert {
        (named(file), module)
        for file in sources(f"functions/{part}")
        for module in imported(file)
        if within(module, *others)
    } == set()


@pytest.mark.parametrize(("part", "above"), [("configuration", ("infra", "cli")), ("infra", ("cli",))])
def test_imports_go_one_way(part: str, above: tuple[str, ...]) -> None:
    """The command line knows the stacks and the configuration, the stacks the configuration, and none the reverse."""
    known = (*above, "bench", "tests")
    assert {
        (named(file), module) for file in sources(part) for module in imported(file) if within(module, *known)
    } == set()
