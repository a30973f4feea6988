"""The JSON Schema of pulseboard.yaml: what lets an editor complete and check while somebody writes.

An editor's schema is a little more lenient than `pulseboard validate`: rules that span several keys are not in it.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from configuration import subjects
from configuration.matchers import Subject
from configuration.models.document import Document
from configuration.units import DURATION_PATTERN, SIZE_PATTERN
from functions.domain.operand import OPERAND_SCHEMAS, Operand
from functions.domain.operators import OPERATORS

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest dialect that the YAML language server knows in full."""

JsonSchema = dict[str, Any]

_DURATION: JsonSchema = {"type": "string", "pattern": DURATION_PATTERN}
_COUNT: JsonSchema = {"type": "integer", "minimum": 0}
_SIZE: JsonSchema = {"anyOf": [_COUNT, {"type": "string", "pattern": SIZE_PATTERN}]}
_STATUS: JsonSchema = {
    "anyOf": [{"type": "integer", "minimum": 100, "maximum": 599}, {"type": "string", "pattern": "^[1-5][xX][xX]$"}]
}
_TEXT: JsonSchema = {"type": "string"}

_MATCHERS: Mapping[str, tuple[Subject, JsonSchema]] = {
    "status": (subjects.STATUS, _STATUS),
    "header": (subjects.HEADER, _TEXT),
    "body": (subjects.BODY, _TEXT),
    "latency": (subjects.LATENCY, _DURATION),
    "expires_in": (subjects.EXPIRES_IN, _DURATION),
    "count": (subjects.COUNT, _COUNT),
    "age": (subjects.AGE, _DURATION),
}
"""The subjects that are not JSON, and the schema of one of their values."""


class _Schema(GenerateJsonSchema):
    """Pydantic's schema without `null` for what is optional: a key with nothing after it is refused."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of what is there when something is."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema without its default: the description tells it."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:
        """Tell that no field has a title: its name says as much."""
        del schema
        return False


def json_schema() -> JsonSchema:
    """Return the schema of the whole file."""
    schema = Document.model_json_schema(by_alias=True, schema_generator=_Schema)
    definitions = {_snake(name): _plain(definition) for name, definition in schema.pop("$defs").items()}
    root = _plain(schema)
    definitions |= {f"{name}_matcher": _matcher(subject, value) for name, (subject, value) in _MATCHERS.items()}
    definitions["matcher"] = _json_matcher()
    definitions["json_matcher"] = _any_of({"type": ["string", "number", "boolean", "null", "array"]}, "matcher")
    return {
        "$schema": DIALECT,
        "title": "pulseboard.yaml",
        **{key: value for key, value in root.items() if key != "title"},
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Return the schema as the file `pulseboard.schema.json` has it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _plain(schema: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Return `schema` with references to our names, and without titles that only repeat the name of a class."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("matcher"), str):
        rest = {key: value for key, value in schema.items() if key != "matcher"}
        return _with_reference(rest, f"{schema['matcher']}_matcher")
    if isinstance(schema.get("$ref"), str):
        rest = {key: _plain(value) for key, value in schema.items() if key != "$ref"}
        return _with_reference(rest, _snake(schema["$ref"].rpartition("/")[2]))
    return {key: _plain(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))}


def _with_reference(rest: JsonSchema, name: str) -> JsonSchema:
    """Return a reference beside other words: in draft 7 a bare `$ref` would silence them."""
    reference = {"$ref": f"#/$defs/{name}"}
    return {**rest, "allOf": [reference]} if rest else reference


def _matcher(subject: Subject, value: JsonSchema) -> JsonSchema:
    """Return the schema of a matcher: operators with operands like `value`, or the bare value where it means `eq`."""
    length = _any_of(_SIZE, None, _operators(dict.fromkeys(subjects.SIZE.operators, _SIZE)))
    by_kind: Mapping[Operand, JsonSchema] = {
        Operand.VALUES: {"type": "array", "minItems": 1, "items": value},
        Operand.SIZE: length,
        Operand.FLAG: {"type": "boolean"},
        Operand.PATTERN: {"type": "string", "format": "regex"},
    }
    operators = {name: by_kind.get(OPERATORS[name].operand, value) for name in subject.operators}
    choices = [_operators(operators)]
    if subject.usual is None:
        choices.append(value)
    if subject.list_means_in:
        choices.append(by_kind[Operand.VALUES])
    return {"anyOf": choices}


def _json_matcher() -> JsonSchema:
    """Return the schema of operators on a JSON value, from the table that the probe evaluates them by."""
    return _operators({name: dict(OPERAND_SCHEMAS[operator.operand]) for name, operator in OPERATORS.items()})


def _operators(operators: Mapping[str, JsonSchema]) -> JsonSchema:
    return {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": dict(operators)}


def _any_of(value: JsonSchema, reference: str | None, *others: JsonSchema) -> JsonSchema:
    references = [{"$ref": f"#/$defs/{reference}"}] if reference else []
    return {"anyOf": [value, *references, *others]}


def _snake(name: str) -> str:
    """Return the name of a class as a word of the file: `HttpAuth` is `http_auth`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
