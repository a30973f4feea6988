"""The target that the simulated hour watches."""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bench.latency import median_s
from bench.services import Target, target
from tests.targets.certificates import authority, trusting


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Target]:
    """Give a running target."""
    with target(tmp_path) as running:
        yield running


@pytest.fixture
def trust() -> ssl.SSLContext:
    """Trust the tests' authority."""
    return trusting(authority())


def test_it_answers_healthy_json_after_a_realistic_while(watched: Target, trust: ssl.SSLContext) -> None:
    """Around the median that the bill is worked out with."""
    with httpx.Client(verify=trust, base_url=f"https://127.0.0.1:{watched.port}") as client:
        start = time.perf_counter()
        answers = [client.get("/m/7") for _ in range(5)]
        mean = (time.perf_counter() - start) / 5

    assert [answer.json()["status"] for answer in answers] == ["healthy"] * 5
    assert 250 <= len(answers[0].content) <= 350
    assert median_s(7) / 2 < mean < median_s(7) * 2 + 0.1


def test_it_breaks_as_told_and_heals(watched: Target, trust: ssl.SSLContext) -> None:
    """Only what was named, until told otherwise."""
    with httpx.Client(verify=trust, base_url=f"https://127.0.0.1:{watched.port}", timeout=1) as client:
        watched.tell(error=[1], hang=[2])
        assert client.get("/m/1").status_code == 500
        with pytest.raises(httpx.ReadTimeout):
            client.get("/m/2")
        assert client.get("/m/3").status_code == 200

        watched.tell()
        assert [client.get(f"/m/{n}").status_code for n in (1, 2)] == [200, 200]
