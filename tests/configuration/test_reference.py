"""docs/configuration.md has every key, and no key that there is not."""

import re
import textwrap
from pathlib import Path

import pytest
from pydantic import BaseModel

from configuration.models.aws import Aws
from configuration.models.badges import Badges
from configuration.models.brand import Accent, Brand, Link, Logo, Variable
from configuration.models.dns import Dns
from configuration.models.document import Alerts, Canary, Document, Retention
from configuration.models.expand import Expand
from configuration.models.expectation import Certificate, Degraded, Expectation
from configuration.models.heartbeat import Heartbeat
from configuration.models.http import Auth, Basic, Http
from configuration.models.kinds import KINDS
from configuration.models.maintenance import Maintenance
from configuration.models.model import models_in
from configuration.models.monitor import Monitor
from configuration.models.page import Domain, Page
from configuration.models.slo import Slo
from configuration.models.spike import Spike
from configuration.models.steps import Step
from configuration.models.tcp import Tcp
from configuration.models.timing import Confirmation, Defaults
from configuration.models.tls import Tls
from configuration.models.upstream import Upstream
from configuration.models.uptime import Uptime
from configuration.models.websocket import Websocket
from tests.configuration.texts import compiled

CHECKS = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
TEXT = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")

SECTIONS: dict[str, type[BaseModel]] = {
    "The top level": Document,
    "page": Page,
    "page.badges": Badges,
    "page.domain": Domain,
    "page.brand": Brand,
    "page.brand, by theme": Logo,
    "page.brand.links": Link,
    "defaults": Defaults,
    "confirmation": Confirmation,
    "monitors": Monitor,
    "http": Http,
    "tcp": Tcp,
    "tls": Tls,
    "heartbeat": Heartbeat,
    "dns": Dns,
    "websocket": Websocket,
    "upstream": Upstream,
    "steps": Step,
    "aws": Aws,
    "auth": Auth,
    "auth.basic": Basic,
    "expect and degraded": Degraded,
    "spike": Spike,
    "expand": Expand,
    "certificate": Certificate,
    "maintenance": Maintenance,
    "canary": Canary,
    "uptime": Uptime,
    "slo": Slo,
    "alerts": Alerts,
    "retention": Retention,
}


def rows(section: str) -> list[tuple[str, str]]:
    """Return key and default of each row of the section's table."""
    body = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    (text,) = [part for part in body if part.partition("\n")[0] == section]
    return re.findall(r"^\| `(\w+)` \| (.*?) \|", text, flags=re.MULTILINE)


def keys(model: type[BaseModel]) -> set[str]:
    """Return the keys of a model as the file has them."""
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize(("section", "model"), SECTIONS.items())
def test_the_reference_has_exactly_the_keys_that_there_are(section: str, model: type[BaseModel]) -> None:
    """A key that is added is documented with it; a monitor's section refers to the defaults for what they share."""
    expected = keys(model) - keys(Defaults) if model is Monitor else keys(model)
    assert {key for key, _ in rows(section)} == expected


@pytest.mark.parametrize(("section", "model"), SECTIONS.items())
def test_the_reference_says_what_is_required(section: str, model: type[BaseModel]) -> None:
    """Required in the models is required in the text."""
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    assert {key for key, default in rows(section) if default == "required"} == required


def test_the_reference_says_what_can_be_asked_of_each_kind() -> None:
    """The table has the claims of every kind, in their order."""
    found = re.findall(r"^\| `(\w+)` \| ((?:`\w+` ?)+)\|$", CHECKS, flags=re.MULTILINE)
    assert dict(found) == {
        kind: " ".join(f"`{c}`" for c in model.claims) + " " for kind, model in KINDS.items() if model.claims
    }


def test_no_model_is_left_out() -> None:
    """A section for each mapping of the file."""
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Document]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            waiting += [inner for field in model.model_fields.values() for inner in models_in(field.annotation)]
    documented = {*SECTIONS.values(), Expectation, Accent, Variable}
    assert seen == documented, "expect is documented with degraded, which has more; what has themes, with the logo"


def test_the_smallest_file_of_the_reference_works() -> None:
    """Who begins there should get no error."""
    block = re.search(r"The smallest file that works:\n\n((?:    .*\n|\n)+)", TEXT)
    assert block is not None
    assert compiled(textwrap.dedent(block[1])).warnings == ()


def test_every_example_of_a_check_works() -> None:
    """Who copies one should not get an error."""
    blocks = re.findall(r"\n\n((?:    .*\n)+)", CHECKS)
    assert len(blocks) > len(KINDS)
    for block in blocks:
        assert compiled("page: {id: a, title: A}\nmonitors:\n" + textwrap.dedent(block)).warnings == ()
