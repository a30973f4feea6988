"""What is wrong with the YAML itself, and with what it takes from the environment."""

import pytest

from configuration import ConfigurationError
from tests.configuration.texts import HEAD, Expected, assert_problems, compiled, http, page, top, url

SYNTAX = (
    ("empty", "", ((1, 1, "", "the file is empty", None),)),
    ("only a comment", "# nothing yet\n", ((1, 1, "", "the file is empty", None),)),
    ("a list", "- a\n", ((1, 1, "", "the file must hold a mapping with the keys `page` and", None),)),
    ("text", "hello\n", ((1, 1, "", "the file must hold a mapping with the keys `page` and", None),)),
    ("a tab", "page:\n\tid: a\n", ((2, 1, "", "there is a tab here", None),)),
    ("a tab after blanks", "page:\n  \tid: a\n", ((2, 3, "", "there is a tab here", None),)),
    (
        "an open bracket",
        "page: {id: a\n",
        ((2, 1, "", "YAML syntax: while parsing a flow mapping that begins in", None),),
    ),
    ("a colon too many", "page: a: b\n", ((1, 8, "", "YAML syntax: mapping values are not allowed here", None),)),
    (
        "two documents",
        "page: a\n---\npage: b\n",
        ((2, 1, "", "YAML syntax: expected a single document in the stream that", None),),
    ),
    ("an unknown alias", "page: *base\n", ((1, 7, "", "YAML syntax: found undefined alias 'base'", None),)),
    ("an alias in itself", "page: &a [*a]\n", ((1, 7, "", "an alias stands inside the value that it names", None),)),
    ("a control character", "page: \x01\n", ((1, 7, "", "the character U+0001 is not allowed in YAML", None),)),
    ("an unknown version", "%YAML 1.3\n---\npage: a\n", ((1, 1, "", "this is not YAML 1.2 that can be read", None),)),
    (
        "wrong indentation",
        "page:\n   id: a\n  title: b\n",
        ((3, 3, "", "YAML syntax: this does not fit the indentation of the lines", None),),
    ),
    (
        "an open quote",
        'page: {title: "a}\n',
        ((2, 1, "", "YAML syntax: while scanning a quoted scalar that begins in", None),),
    ),
    (
        "a key twice",
        HEAD + "monitors:\n  - id: x\n    id: y\n    http: {url: 'https://x.example'}\n",
        ((4, 5, "monitors[0].id", "this key stands twice in one mapping, first in line 3", None),),
    ),
    ("a mapping as key", top("? {a: b}\n: c"), ((3, 3, "", "this key is a list, a mapping or no text", None),)),
    (
        "a tag",
        page("description: !secret abc"),
        ((4, 16, "page.description", "the tag `!secret` is not supported", None),),
    ),
    (
        "a merge of text",
        page("<<: abc"),
        ((4, 7, "page", "`<<` takes a mapping: an alias such as `*base`, or a list", None),),
    ),
    (
        "half a character",
        page('description: "\\ud800"'),
        ((4, 16, "page.description", "this text holds half of a surrogate pair, which is no", None),),
    ),
    ("half a key", top('"\\udc00": 1'), ((3, 1, "", "this key is a list, a mapping or no text", None),)),
    (
        "deep",
        "a: " + "[" * 80 + "]" * 80 + "\n",
        ((1, 64, "", "the document is nested more than 60 levels deep", None),),
    ),
    ("very deep", "a: " + "[" * 3000 + "]" * 3000 + "\n", ((1, 1, "", "the document is nested too deeply", None),)),
)

ENV = (
    (
        "unset",
        url("${HOST}/health"),
        ((5, 12, "monitors[0].http.url", "the environment variable HOST is not set", None),),
    ),
    (
        "malformed",
        url("https://${a b}.example"),
        ((5, 12, "monitors[0].http.url", "`${a b}` is not a variable", None),),
    ),
    (
        "in a credential",
        http("auth: {bearer: '${TOKEN}'}"),
        ((6, 22, "monitors[0].http.auth.bearer", "the environment variable TOKEN is not set", None),),
    ),
    (
        "a credential in a URL from the environment",
        url("https://x.example/?token=${TOKEN:-abc}"),
        ((5, 12, "monitors[0].http.url", "a credential is never taken from the environment: it would", None),),
    ),
    (
        "default in a credential",
        http("headers: {authorization: 'Bearer ${TOKEN:-abc}'}"),
        (
            (
                6,
                32,
                "monitors[0].http.headers.authorization",
                "a credential is never taken from the environment: it would",
                None,
            ),
        ),
    ),
)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in (*SYNTAX, *ENV)])
def test_every_problem_is_told_with_its_place(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, path, what is wrong, and the nearest known word."""
    assert_problems(text, expected)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("page: {title: ${NAME}}\n", "put a text with `${NAME}` in quotes"),
        ("page: {title: @me}\n", "put a text that begins so in quotes"),
        ("page:\n  title: Acme: the page\n", "put a text that holds `: ` in quotes"),
        ("page:\n  id: a\n   title: b\n", "indent by the same blanks"),
        ("monitors:\n  -id: a\n   name: b\n", "write `- ` with a blank"),
        ('page: {title: "\\d"}\n', "single quotes"),
        ("page: *base\n", "put a text that begins with `*` in quotes"),
        ("page: {title: {{ token }}}\n", "put a text that holds it in quotes"),
    ],
)
def test_what_usually_lies_behind_a_fault_is_said(text: str, hint: str) -> None:
    """The parser's own words say what it met, which is seldom what is to be mended."""
    with pytest.raises(ConfigurationError) as told:
        compiled(text)
    assert any(hint in problem.message for problem in told.value.problems)
