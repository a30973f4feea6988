"""`pulseboard replay` from a person's and from a machine's side."""

import gzip
import json
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from tests.fakes.samples import NOON

RUNNER = CliRunner()
Line = dict[str, object]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give a pulseboard.yaml with two monitors and the default confirmation."""
    return written(tmp_path / "pulseboard.yaml")


def written(path: Path, *, failures: int = 1, regions: str = "eu-west-1") -> Path:
    """Write a pulseboard.yaml that believes a failure after so many runs."""
    path.write_text(
        "\n".join(
            [
                "page: {id: test, title: Test}",
                f"regions: [{regions}]",
                f"defaults: {{confirmation: {{failures: {failures}}}}}",
                "monitors:",
                "  - id: api",
                "    http: {url: 'https://api.example/health'}",
                "    expect: {status: 200, json: {$.status: ok}}",
                "    degraded: {latency: {gt: 1s}}",
                "  - {id: shop, http: {url: 'https://shop.example/'}}",
            ]
        )
        + "\n"
    )
    return path


def line(minutes: float, *, monitor: str = "api", region: str = "eu-west-1", **known: object) -> Line:
    """Return a line about a check so many minutes after noon, which answered 200 in 100 ms unless it is said."""
    at = NOON + timedelta(minutes=minutes)
    return {
        "monitor": monitor,
        "region": region,
        "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "latency_ms": 100,
        "status": 200,
        **known,
    }


def replay(lines: Sequence[Line], config: Path, *more: str) -> Result:
    """Replay these lines from the standard input."""
    text = "".join(f"{json.dumps(one)}\n" for one in lines)
    return RUNNER.invoke(app, ["replay", "-", "--config", str(config), *more], input=text)


def events(lines: Sequence[Line], config: Path) -> list[dict[str, Any]]:
    """Return what `--json` prints."""
    done = replay(lines, config, "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert list(document) == ["events"]
    found: list[dict[str, Any]] = document["events"]
    return found


OUTAGE = [line(n, status=503 if 2 <= n < 5 else 200) for n in range(9)]


def test_the_events_are_those_that_the_judge_gives(config: Path) -> None:
    """Opened at the first failing run, resolved with the second good one."""
    assert events(OUTAGE, config) == [
        {
            "event": "opened",
            "monitor": "api",
            "at": "2026-11-22T12:02:00Z",
            "verdict": "down",
            "reason": "status: expected 200, got 503",
        },
        {"event": "resolved", "monitor": "api", "at": "2026-11-22T12:06:00Z", "verdict": "up", "reason": None},
    ]


def test_the_configuration_decides(tmp_path: Path) -> None:
    """The same recording: three failing runs are believed later, four are never seen."""
    later = events(OUTAGE, written(tmp_path / "three.yaml", failures=3))
    assert [(e["event"], e["at"]) for e in later] == [
        ("opened", "2026-11-22T12:04:00Z"),
        ("resolved", "2026-11-22T12:06:00Z"),
    ]
    assert events(OUTAGE, written(tmp_path / "four.yaml", failures=4)) == []


def test_a_recording_in_any_order_and_with_repeats_gives_the_same(config: Path) -> None:
    """As it does when runs come twice or late."""
    shuffled = [*OUTAGE, *OUTAGE[1:4]]
    random.Random(5).shuffle(shuffled)  # noqa: S311 - a repeatable order, nothing secret
    assert events(shuffled, config) == events(OUTAGE, config)


def test_the_first_of_two_that_disagree_counts(config: Path) -> None:
    """The judge knows that minute already when the second comes."""
    later = line(2 + 50 / 60, error="timeout")
    assert events([line(1), later, line(2)], config) == []
    assert [e["event"] for e in events([line(1), line(2 + 55 / 60), later], config)] == ["opened"]


def test_regions_are_a_majority(tmp_path: Path) -> None:
    """One of three that sees it down is not an outage, but degraded; two are."""
    config = written(tmp_path / "pulseboard.yaml", regions="eu-west-1, us-east-1, ap-south-1")
    regions = ("eu-west-1", "us-east-1", "ap-south-1")

    def seen_down_by(count: int) -> list[Line]:
        return [
            line(n, region=region, status=503 if n >= 5 and region in regions[:count] else 200)
            for n in range(10)
            for region in regions
        ]

    assert [(e["event"], e["verdict"]) for e in events(seen_down_by(1), config)] == [("opened", "degraded")]
    assert [e["verdict"] for e in events(seen_down_by(2), config)][-1] == "down"


def test_a_verdict_that_was_recorded_is_believed(config: Path) -> None:
    """Its `error` is the reason."""
    [opened] = events([line(0), line(1, verdict="degraded", error="json: $.status: sad")], config)
    assert (opened["verdict"], opened["reason"]) == ("degraded", "$.status: sad")


def test_people_get_a_table_and_a_sentence(config: Path) -> None:
    """Each event is one whole line when piped; the sentence says how often somebody would have been called."""
    done = replay(OUTAGE, config)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    first, reason = lines[1].split(maxsplit=5)[:5], lines[1].split(maxsplit=5)[5].strip()
    assert first == ["2026-11-22", "12:02", "opened", "api", "down"]
    assert reason == "status: expected 200, got 503"
    assert lines[2].split() == ["2026-11-22", "12:06", "resolved", "api", "up", "lasted", "3m"]
    assert lines[-1] == (
        "This configuration would have paged once in 9 minutes (2026-11-22 12:00 to 2026-11-22 12:09 UTC)."
    )


def test_what_cannot_be_judged_is_said_once_beside_the_output(config: Path) -> None:
    """On the standard error, so that `--json` stays a document."""
    done = replay([line(0), line(1), line(0, monitor="shop")], config, "--json")
    assert json.loads(done.stdout) == {"events": []}
    assert done.stderr == (
        "Note: What is expected of json at `api` cannot be judged from a recording and counts as met.\n"
    )


def test_no_results_are_no_events(config: Path) -> None:
    """And no division by nothing."""
    assert events([], config) == []
    assert replay([], config).stdout == "There are no results in it.\n"


@pytest.mark.parametrize("zipped", [False, True])
def test_a_file_may_be_gzipped(tmp_path: Path, config: Path, *, zipped: bool) -> None:
    """A byte order mark, blank lines and a missing last line end do no harm."""
    content = b"\xef\xbb\xbf" + "\n\n".join(json.dumps(one) for one in OUTAGE).encode()
    path = tmp_path / "results.jsonl.gz"
    path.write_bytes(gzip.compress(content) if zipped else content)
    done = RUNNER.invoke(app, ["replay", str(path), "--config", str(config), "--json"])
    assert json.loads(done.stdout)["events"] == events(OUTAGE, config)


def test_all_problems_are_told_with_file_and_line(tmp_path: Path, config: Path) -> None:
    """And nothing is judged."""
    path = tmp_path / "results.jsonl"
    lines = [line(0), line(1, monitor="ap"), line(2) | {"at": "2026-11-22T12:02:00"}]
    path.write_text("\n".join([*(json.dumps(one) for one in lines), "nonsense"]))
    done = RUNNER.invoke(app, ["replay", str(path), "--config", str(config), "--json"])
    assert done.exit_code == 2
    assert done.stdout == ""
    told = done.stderr.splitlines()
    assert told[0] == f'{path}:2: monitor: there is no monitor "ap" in the configuration. Did you mean `api`?'
    assert told[1].startswith(f"{path}:3: at: found ")
    assert told[1].endswith("Did you mean `2026-11-22T12:02:00Z`?")
    assert told[2].startswith(f"{path}:4: this is not JSON")
    assert told[3] == f"3 problems to mend in {path}."
    assert len(told) == 4


def test_only_the_first_20_problems_are_shown(config: Path) -> None:
    """Whoever writes a wrong form has the same problem in every line."""
    done = replay([line(n, status="200") for n in range(1_500)], config)
    assert done.exit_code == 2
    told = done.stderr.splitlines()
    assert len(told) == 21
    assert told[-1] == "1,500 problems to mend in standard input; the first 20 are shown."


def _nothing(path: Path) -> None:
    assert not path.exists()


def _folder(path: Path) -> None:
    path.mkdir()


def _broken_off(path: Path) -> None:
    path.write_bytes(gzip.compress(json.dumps(line(0)).encode() * 50)[:-20])


def _damaged(path: Path) -> None:
    content = bytearray(gzip.compress(b"".join(f"{n}\n".encode() for n in range(5_000))))
    content[500:600] = bytes(100)
    path.write_bytes(content)


@pytest.mark.parametrize("make", [_nothing, _folder, _broken_off, _damaged])
def test_a_file_that_cannot_be_read_is_exit_status_2(make: Any, tmp_path: Path, config: Path) -> None:  # noqa: ANN401 - one of the makers above
    """One line says why."""
    path = tmp_path / "results.jsonl.gz"
    make(path)
    done = RUNNER.invoke(app, ["replay", str(path), "--config", str(config)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"{path}: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_configuration_that_cannot_be_used_is_exit_status_2(tmp_path: Path) -> None:
    """As for every other command."""
    done = replay(OUTAGE, tmp_path / "nowhere.yaml")
    assert done.exit_code == 2
    assert "there is no such file" in done.stderr
