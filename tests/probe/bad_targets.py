"""docs/bad-targets.md, from the tables that the tests of the probe run.

`python -m tests.probe.bad_targets > docs/bad-targets.md` writes it anew.
"""

import re
import sys
from collections.abc import Mapping
from typing import Protocol

from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe import (
    test_aws,
    test_bad_answers,
    test_dns,
    test_http2,
    test_steps,
    test_tcp,
    test_tls_check,
    test_websocket,
)


class Row(Protocol):
    """What the rows of all the tables have."""

    @property
    def verdict(self) -> Verdict:
        """Return the verdict."""

    @property
    def kind(self) -> FailureKind | None:
        """Return the kind of the failure."""

    @property
    def phase(self) -> Phase | None:
        """Return the phase in which it happened."""

    @property
    def reason(self) -> str:
        """Return a part of the words."""


TABLES: Mapping[str, Mapping[str, Row]] = {
    "http": test_bad_answers.CASES,
    "http over HTTP/2": test_http2.CASES,
    "tcp": test_tcp.CASES,
    "tls": test_tls_check.CASES,
    "dns": test_dns.CASES,
    "websocket": test_websocket.CASES,
    "steps": test_steps.CASES,
    "aws": test_aws.CASES,
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""What changes with the day on which the tables are made."""

HEAD = """# Bad targets, and what each gives

The tests of the probe run every row of these tables against a real server on loopback, and those of `aws` against an
embedded AWS; this page is made of the very tables (`python -m tests.probe.bad_targets`). Kind and phase are those of
[probe.md](probe.md); the words are a part of the reason that alerts and `pulseboard check` give. Rows that end `up` are
those from which a check gets away. Where it ends `no_data`, nothing was found out: the words are in the run's `unmade`.
"""


def document() -> str:
    """Return the page."""
    sections = [HEAD]
    for kind, rows in TABLES.items():
        lines = [_line(title, row) for title, row in rows.items()]
        sections.append(f"## {kind}\n\n| target | verdict | kind | phase | words |\n| --- | --- | --- | --- | --- |\n")
        sections[-1] += "\n".join(lines) + "\n"
    return "\n".join(sections)


def _line(title: str, row: Row) -> str:
    words = _DAY.sub("(a day)", row.reason.replace("|", "\\|").replace("\n", " "))
    cells = (title, row.verdict, f"`{row.kind}`" if row.kind else "", f"`{row.phase}`" if row.phase else "", words)
    return f"| {' | '.join(cells)} |".replace("  ", " ")


if __name__ == "__main__":
    sys.stdout.write(document())
