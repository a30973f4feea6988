"""What Pydantic reports, in words that say what was found, what is allowed and what was probably meant."""

from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

from configuration.models.outline import allowed_keys
from configuration.nearest import nearest
from configuration.problem import Finding, Location
from configuration.wording import found, listed, quoted

_KEY = "[key]"
"""What Pydantic puts after a mapping's key where the key itself is wrong."""

_SECRET_KEYS = frozenset({"password", "bearer", "user"})
"""Whoever mistypes a password should not read it in a build's log."""

_Context = Mapping[str, object]

_EXPECTED: Mapping[str, Callable[[_Context], str]] = {
    "string_type": lambda _: "text is needed; put a number, or a word such as true, in quotes",
    "int_type": lambda _: "a whole number is needed",
    "float_type": lambda _: "a number is needed",
    "finite_number": lambda _: "a number is needed, neither infinite nor `.nan`",
    "int_from_float": lambda _: "a whole number is needed",
    "bool_type": lambda _: "`true` or `false` is needed",
    "list_type": lambda _: "a list is needed: lines that begin with `- `",
    "dict_type": lambda _: "a mapping is needed: lines of `key: value`",
    "model_type": lambda _: "a mapping is needed: lines of `key: value`",
    "greater_than_equal": lambda context: f"the least that is allowed is {context['ge']}",
    "less_than_equal": lambda context: f"the most that is allowed is {context['le']}",
    "string_too_short": lambda _: "some text is needed",
    "too_short": lambda _: "at least one entry is needed",
    "too_long": lambda context: f"at most {context['max_length']} entries are allowed",
}
"""What is allowed, by Pydantic's type of error (https://docs.pydantic.dev/latest/errors/validation_errors/)."""


_ALONE: Mapping[str | int, str] = {
    "http": "url",
    "websocket": "url",
    "upstream": "url",
    "canary": "url",
    "tcp": "host",
    "tls": "host",
    "dns": "name",
    "heartbeat": "period",
    "slo": "target",
    "domain": "name",
}
"""The key that somebody meant who wrote its value in the place of the whole mapping: `slo: 99.9`."""


def explain(error: ErrorDetails) -> Finding:
    """Return the finding for one of Pydantic's errors."""
    location: Location = error["loc"]
    at_key = bool(location) and location[-1] == _KEY
    if at_key:
        location = location[:-1]
    context = error.get("ctx", {})
    kind, value = error["type"], error["input"]
    at_key = at_key or value is None  # nothing has no place of its own
    if kind == "pulseboard":
        return _own(location, context, at_key=at_key)
    if kind == "extra_forbidden":
        return _unknown_key(location)
    if kind == "missing":
        return Finding(location=location[:-1], message=f"the key `{location[-1]}` is missing; it has to be there")
    if kind == "literal_error":
        return _not_one_of(location, value, str(context["expected"]))
    expected = _EXPECTED[kind](context) if kind in _EXPECTED else error["msg"]
    if kind == "model_type" and location and location[-1] in _ALONE:
        expected += f", such as `{_ALONE[location[-1]]}: …`"
    what = "a value of another type" if _SECRET_KEYS & set(location) else found(value)
    meant = None if _SECRET_KEYS & set(location) else _meant(kind, value)
    return Finding(location=location, message=f"found {what}; {expected}", suggestion=meant, at_key=at_key)


def _own(location: Location, context: _Context, *, at_key: bool) -> Finding:
    suggestion = context.get("suggestion")
    return Finding(
        location=location,
        message=str(context["message"]),
        suggestion=str(suggestion) if suggestion is not None else None,
        at_key=at_key or bool(context.get("at_key")),
    )


def _unknown_key(location: Location) -> Finding:
    key, allowed = str(location[-1]), allowed_keys(location[:-1])
    above = location[-2] if len(location) > 1 else None
    if isinstance(above, str) and key in allowed_keys(location[:-2]):
        message = f"{quoted(key)} does not belong into `{above}` but beside it: indent it as `{above}` is"
        return Finding(location=location, message=message, at_key=True)
    return Finding(
        location=location,
        message=f"unknown key {quoted(key)}; allowed here: {listed(allowed)}",
        suggestion=nearest(key, allowed),
        at_key=True,
    )


def _not_one_of(location: Location, value: object, expected: str) -> Finding:
    """Explain a wrong word; Pydantic gives the right ones as `'a', 'b' or 'c'`. What reads as a number needs quotes."""
    words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    numbers = all(word.replace(".", "").isdecimal() for word in words)
    meant = nearest(value, words) if isinstance(value, str) else str(value) if str(value) in words else None
    return Finding(
        location=location,
        message=f"found {found(value)}; allowed: {listed([quoted(word) if numbers else word for word in words])}",
        suggestion=quoted(meant) if meant and numbers else meant,
    )


def _meant(kind: str, value: object) -> str | None:
    """Return the value in the type that is needed: a number in quotes, `true` for the `yes` of older YAML."""
    if kind == "bool_type" and isinstance(value, str):
        return _FLAGS.get(value.casefold())
    if kind == "int_type" and isinstance(value, str):
        return value if value.isdecimal() else None
    if kind == "float_type" and isinstance(value, str):
        return value if value.replace(".", "", 1).isdecimal() else None
    if kind == "string_type" and isinstance(value, bool):
        return f'"{str(value).lower()}"'
    return f'"{value}"' if kind == "string_type" and isinstance(value, int | float) else None


_FLAGS = {
    **dict.fromkeys(("yes", "on", "y", "1", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "0", "false"), "false"),
}
