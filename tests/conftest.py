"""Fixtures that more than one part needs."""

from collections.abc import Iterator

import pytest

from tests.fakes.embedded_aws import embedded_aws


@pytest.fixture(scope="session")
def aws_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an embedded AWS that this test process has for itself (no IAM; `make setup` installs it)."""
    with embedded_aws(tmp_path_factory.mktemp("aws")) as address:
        yield address
