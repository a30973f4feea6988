"""What is wrong at the top of a pulseboard.yaml: the page, the regions, retention, alerts."""

import pytest

from tests.configuration.texts import HEAD, Expected, assert_problems, page, top

TOP = (
    ("an unknown key", top("monitor: 5"), ((3, 1, "monitor", 'unknown key "monitor"', "monitors"),)),
    (
        "no page",
        "monitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 1, "", "the key `page` is missing", None),),
    ),
    ("no monitors", HEAD, ((1, 1, "", "the key `monitors` is missing", None),)),
    ("an empty list of monitors", HEAD + "monitors: []\n", ((2, 11, "monitors", "found an empty list", None),)),
    ("monitors as a mapping", HEAD + "monitors: {a: b}\n", ((2, 11, "monitors", "found a mapping", None),)),
    ("monitors with nothing", HEAD + "monitors:\n", ((2, 1, "monitors", "there is nothing after this key", None),)),
    ("a monitor that is text", HEAD + "monitors: [shop]\n", ((2, 12, "monitors[0]", 'found "shop" (text)', None),)),
    (
        "page as text",
        "page: acme\nmonitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 7, "page", 'found "acme" (text)', None),),
    ),
    (
        "id with blanks",
        "page: {id: Acme Corp, title: A}\nmonitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 12, "page.id", '"Acme Corp" is no id', "acme-corp"),),
    ),
    (
        "id as number",
        "page: {id: 5, title: A}\nmonitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 12, "page.id", "found 5 (a number)", '"5"'),),
    ),
    (
        "blank title",
        "page: {id: a, title: ' '}\nmonitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 22, "page.title", "found only blanks", None),),
    ),
    (
        "title of two lines",
        "page: {id: a, title: \"a\\nb\"}\nmonitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 22, "page.title", "found a line break or a control character", None),),
    ),
    (
        "title too long",
        "page: {id: a, title: '" + "a" * 121 + "'}\nmonitors: [{id: x, http: {url: 'https://x.example'}}]\n",
        ((1, 22, "page.title", "found 121 characters", None),),
    ),
    ("language", page("language: pt-PT"), ((4, 13, "page.language", 'found "pt-PT" (text)', "pt-BR"),)),
    ("language unknown", page("language: xx"), ((4, 13, "page.language", 'found "xx" (text)', None),)),
    ("time zone", page("time_zone: Berlin"), ((4, 14, "page.time_zone", '"Berlin" is no time zone', "Europe/Berlin"),)),
    (
        "time zone path",
        page("time_zone: ../etc/passwd"),
        ((4, 14, "page.time_zone", '"../etc/passwd" is no time zone', None),),
    ),
    (
        "domain as url",
        page("domain: {name: 'https://Status.acme.example/'}"),
        ((4, 18, "page.domain.name", '"https://Status.acme.example/" is no domain name', "status.acme.example"),),
    ),
    (
        "certificate elsewhere",
        page("domain: {name: a.example, certificate_arn: 'arn:aws:acm:eu-west-1:123456789012:certificate/ab-1'}"),
        ((4, 46, "page.domain.certificate_arn", "the certificate is in eu-west-1", None),),
    ),
    (
        "certificate wrong",
        page("domain: {name: a.example, certificate_arn: abc}"),
        ((4, 46, "page.domain.certificate_arn", '"abc" is no ACM certificate', None),),
    ),
    (
        "a zone by its name",
        page("domain: {name: status.acme.example, hosted_zone: acme.example}"),
        ((4, 52, "page.domain.hosted_zone", '"acme.example" is no id of a hosted zone', None),),
    ),
    (
        "no certificate and no zone",
        page("domain: {name: status.acme.example}"),
        ((4, 11, "page.domain", "no certificate", None),),
    ),
    ("description empty", page("description: ''"), ((4, 16, "page.description", "found only blanks", None),)),
    (
        "region misspelt",
        top("regions: [eu-cental-1]"),
        ((3, 11, "regions[0]", '"eu-cental-1" is no AWS region', "eu-central-1"),),
    ),
    (
        "region twice",
        top("regions: [eu-west-1, eu-west-1]"),
        ((3, 22, "regions[1]", '"eu-west-1" is listed already', None),),
    ),
    (
        "partitions",
        top("regions: [eu-west-1, cn-north-1]"),
        ((3, 22, "regions[1]", '"cn-north-1" cannot be reached from an account in', None),),
    ),
    ("region number", top("regions: [1]"), ((3, 11, "regions[0]", "found 1 (a number)", '"1"'),)),
    ("no regions", top("regions: []"), ((3, 10, "regions", "found an empty list", None),)),
    (
        "email",
        top("alerts: {emails: [ops, 'a@b.example']}"),
        ((3, 19, "alerts.emails[0]", '"ops" is no e-mail address', None),),
    ),
    ("alerts key", top("alerts: {email: [a@b.example]}"), ((3, 10, "alerts.email", 'unknown key "email"', "emails"),)),
    (
        "retention bare",
        top("retention: {runs: 35}"),
        ((3, 19, "retention.runs", "found 35 (a number), without a unit", "35d"),),
    ),
    ("retention hours", top("retention: {runs: 36h}"), ((3, 19, "retention.runs", "found 36h", None),)),
    ("retention short", top("retention: {days: 30d}"), ((3, 19, "retention.days", "found 30d", None),)),
    ("on_delete", top("on_delete: delete"), ((3, 12, "on_delete", 'found "delete" (text)', None),)),
    (
        "allow private",
        top("allow_private_targets: yes"),
        ((3, 24, "allow_private_targets", 'found "yes" (text)', "true"),),
    ),
    (
        "defaults timeout",
        top("defaults: {timeout: 10}"),
        ((3, 21, "defaults.timeout", "found 10 (a number), without a unit", "10s"),),
    ),
    (
        "defaults key",
        top("defaults: {time_out: 10s}"),
        ((3, 12, "defaults.time_out", 'unknown key "time_out"', "timeout"),),
    ),
    ("group twice", top("groups: [A, A]"), ((3, 13, "groups[1]", '"A" is listed already', None),)),
)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in (*TOP,)])
def test_every_problem_is_told_with_its_place(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, path, what is wrong, and the nearest known word."""
    assert_problems(text, expected)
