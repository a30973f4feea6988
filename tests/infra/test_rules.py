"""The templates against other people's rules."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from configuration.deployment import AwsAccess, Domain, PublishedPage
from tests.infra.synthesis import FURTHER, HOME, Synthesis, Variation

# The CDK itself writes a DependsOn beside the GetAtt that implies it.
_CFN_LINT_LEFT_OUT = "W3005"

VARIATIONS = {
    "one region": Variation(checked=True),
    "several pages": Variation(
        others=(PublishedPage(id="shop", title="Shop"), PublishedPage(id="internal", title="Internal", private=True)),
        checked=True,
    ),
    "several regions, a certificate elsewhere": Variation(
        regions=(HOME, *FURTHER), domain=Domain(name="status.acme.example", hosted_zone="Z0123456789"), checked=True
    ),
    "a certificate that is given, encrypted alerts": Variation(
        domain=Domain(
            name="status.acme.example", certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/abcd-1234"
        ),
        encrypt_alerts=True,
        checked=True,
    ),
    "heartbeats": Variation(heartbeats=True, checked=True),
    "alarms and queues": Variation(
        aws=(
            AwsAccess(kind="alarm", name="all", region=HOME, unscoped=True),
            AwsAccess(kind="queue", name="jobs", region=HOME, ages=True),
        ),
        checked=True,
    ),
    "local": Variation(local_port=4566, heartbeats=True),
}


@pytest.mark.parametrize("variation", [v for v in VARIATIONS.values() if v.checked])
def test_cdk_nag_finds_nothing_that_is_not_explained(
    synthesised: Callable[[Variation], Synthesis], variation: Variation
) -> None:
    """A finding fails the synthesis as well; the report says that the pack was run at all."""
    report = json.loads((synthesised(variation).folder / "validation-report.json").read_text())

    [pack] = report["pluginReports"]
    assert pack["pluginName"] == "AwsSolutions"
    assert [violation["ruleName"] for violation in pack["violations"]] == []


@pytest.mark.parametrize("variation", VARIATIONS.values(), ids=VARIATIONS)
def test_cfn_lint_finds_nothing(synthesised: Callable[[Variation], Synthesis], variation: Variation) -> None:
    """Types, values and references as CloudFormation's own schemas have them."""
    templates = sorted(synthesised(variation).folder.glob("*.template.json"))
    program = Path(sys.executable).with_name("cfn-lint")

    done = subprocess.run(
        [program, "--ignore-checks", _CFN_LINT_LEFT_OUT, "--", *templates], capture_output=True, text=True, check=False
    )

    assert done.stdout == ""
    assert done.returncode == 0, done.stderr
