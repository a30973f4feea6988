"""The JSON Schema that editors use."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from configuration.models.document import Document
from configuration.models.model import models_in
from configuration.schema import json_schema, schema_text
from functions.domain.operators import OPERATORS
from tests.configuration.test_loading import ACME
from tests.configuration.texts import compiled, expect, http, monitor, page, top

ROOT = Path(__file__).parents[2]


def errors(text: str) -> list[str]:
    """Return the paths at which the schema refuses `text`."""
    document = YAML(typ="safe", pure=True).load(text)
    return [error.json_path for error in Draft7Validator(json_schema()).iter_errors(document)]


def test_the_file_is_current() -> None:
    """`pulseboard schema > pulseboard.schema.json` makes it so."""
    assert (ROOT / "pulseboard.schema.json").read_text(encoding="utf-8") == schema_text()


def test_it_is_a_schema() -> None:
    """Whatever reads it knows every word in it."""
    Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("text", [ACME, (ROOT / "pulseboard.yaml").read_text(encoding="utf-8")])
def test_what_validates_fits(text: str) -> None:
    """The examples are fine for an editor, too."""
    compiled(text)
    assert errors(text) == []


FITTING = (
    expect("status: [200, 2XX]"),
    expect("status: {in: [200, 201], ne: 204}"),
    expect("status: {ge: 200}"),
    expect(
        "json: {$.a: {each: {any: {eq: {b: [null]}}}, length: {gt: 1}, type: [string, 'null']}, $.b: null, $.c: [1]}"
    ),
    expect("json: {$.a: {contains: 1, not_contains: a, exists: true, matches: '^a$', in: [1, a]}}"),
    expect("headers: {a: b, c: {exists: false}, d: {in: [a], length: {lt: 1kB}}}"),
    expect("body: {length: 5, contains: a, matches: b}"),
    expect("latency: {lt: 1.5s, ge: 1ms}"),
    expect("certificate: {expires_in: {gt: 2w}}"),
    http("redirects: none"),
    http("redirects: false"),
    http("method: POST\n      json: null"),
    http("auth: {basic: {user: a, password: 'secret:b'}}"),
    monitor("regions: [eu-west-1]\nregions: [eu-west-1, us-east-1]"),
    page("domain: {name: status.acme.example, hosted_zone: Z0123456789ABC}"),
    top("alerts: {emails: [a@b.example]}\nretention: {runs: 30d, days: 2w}\non_delete: destroy".replace("2w", "100d")),
    top("allow_private_targets: true\ngroups: [A]"),
)


@pytest.mark.parametrize("text", FITTING)
def test_everything_that_may_be_written_fits_both(text: str) -> None:
    """The schema refuses nothing that validation lets through."""
    compiled(text)
    assert errors(text) == []


REFUSED = (
    (top("monitor: 5"), "$"),
    (top("on_delete: delete"), "$.on_delete"),
    (page("language: english"), "$.page.language"),
    (monitor("interval: 60"), "$.monitors[0].interval"),
    (monitor("name:"), "$.monitors[0].name"),
    (monitor("attempts: 6"), "$.monitors[0].attempts"),
    (http("method: get"), "$.monitors[0].http.method"),
    (http("headers: {a: 1}"), "$.monitors[0].http.headers.a"),
    (expect("status: 99"), "$.monitors[0].expect.status"),
    (expect("status: {contains: 5}"), "$.monitors[0].expect.status"),
    (expect("latency: 2s"), "$.monitors[0].expect.latency"),
    (expect("json: {a: {equals: 1}}"), "$.monitors[0].expect.json.a"),
    (expect("body: 5"), "$.monitors[0].expect.body"),
)


@pytest.mark.parametrize(("text", "path"), REFUSED)
def test_an_editor_marks_what_is_wrong_by_itself(text: str, path: str) -> None:
    """Unknown keys, wrong words, wrong types and wrong units."""
    assert errors(text) == [path]


def described(model: Any, seen: set[str]) -> list[str]:  # noqa: ANN401 (a class of models)
    """Return the fields below `model` that have no description."""
    if model.__name__ in seen:
        return []
    seen.add(model.__name__)
    return [
        f"{model.__name__}.{name}"
        for name, field in model.model_fields.items()
        if not (field.description or "").strip()
    ] + [
        missing
        for field in model.model_fields.values()
        for inner in models_in(field.annotation)
        for missing in described(inner, seen)
    ]


def test_every_key_is_described() -> None:
    """An editor shows the description when the pointer rests on the key."""
    assert described(Document, set()) == []


def test_every_operator_is_offered_for_json() -> None:
    """An operator that is added to the table is in the schema by that alone."""
    assert list(json_schema()["$defs"]["matcher"]["properties"]) == list(OPERATORS)


def test_the_schema_says_nothing_of_null_but_for_json() -> None:
    """A key with nothing after it is refused, so no key is offered `null`."""
    definitions = {name: value for name, value in json_schema()["$defs"].items() if "matcher" not in name}
    assert '"null"' not in json.dumps(definitions)
