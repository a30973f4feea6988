"""Asking for a deployment where AWS cannot even be asked."""

from pathlib import Path

import pytest

from cli.local.deployed import NotDeployedError, find
from cli.local.places import Places

NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("region", "environment", "hint"),
    [
        (None, {}, "--region REGION"),
        ("us-east-1", {}, "Set AWS_PROFILE, or sign in."),
        ("us-east-1", {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}, "Is the region's name right"),
        ("bad region", {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}, "doesn't match a supported format."),
    ],
)
def test_what_is_missing_is_said_with_what_mends_it(
    region: str | None, environment: dict[str, str], hint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No traceback, and nothing that only those understand who know botocore."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    always = {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_ENDPOINT_URL": NOWHERE,
        "AWS_MAX_ATTEMPTS": "1",
    }
    for name, value in (always | environment).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(NotDeployedError, match="CloudFormation cannot be asked") as told:
        find(Places(), stack="Pulseboard-acme", region=region)
    assert hint in str(told.value)
