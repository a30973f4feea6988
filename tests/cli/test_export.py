"""`pulseboard export` from a real table, and back through `pulseboard replay`."""

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.recording.collecting import Collection, RunReader, collect
from cli.recording.reading import read_recording
from cli.recording.runs import runs_of
from cli.recording.store import ReplayStore
from functions.adapters.dynamo_store import DynamoStore
from functions.config import Config
from functions.domain.event import Event
from functions.domain.result import Failure, Result
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict
from functions.judge.judge_run import judge_run
from functions.store import JudgeStore
from tests.fakes.configs import config
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute, result, run

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient

RUNNER = CliRunner()
REGIONS = ("ap-south-1", "eu-west-1", "us-east-1")
SHARDS = {"60s-0": ("api", "shop"), "60s-1": ("worker",)}
CONFIG = config(SHARDS, regions=REGIONS)
FAILURES = tuple(Failure(kind=kind, reason=f"{kind}: so it was") for kind in FailureKind)


def hours_of_runs(minutes: int) -> list[Run]:
    """Return what three regions saw of three monitors that come and go together, with gaps."""
    chance = random.Random(7)  # noqa: S311 - a repeatable series, nothing secret
    mood = dict.fromkeys((m for monitors in SHARDS.values() for m in monitors), Verdict.UP)
    runs = []
    for n in range(minutes):
        for monitor in mood:
            if chance.random() < 0.1:
                mood[monitor] = chance.choice((Verdict.UP, Verdict.UP, Verdict.DEGRADED, Verdict.DOWN))
        for shard, monitors in SHARDS.items():
            runs += [
                Run(shard=shard, at=minute(n), region=region, results={m: _seen(m, mood[m], chance) for m in monitors})
                for region in REGIONS
                if chance.random() > 0.02
            ]
    return runs


def _seen(monitor: str, mood: Verdict, chance: random.Random) -> Result:
    verdict = mood if chance.random() > 0.01 else Verdict.UP
    return result(verdict, monitor, failure=chance.choice(FAILURES))


def judged(runs: Iterable[Run], store: JudgeStore, config: Config = CONFIG) -> list[tuple[object, ...]]:
    """Return all that a line can carry of the events that judging these runs gives."""
    return [_told(event) for run in runs for event in judge_run(run, config=config, store=store)]


def _told(event: Event) -> tuple[object, ...]:
    failure = event.failure and (event.failure.kind, event.failure.reason)
    times = (event.at, event.started_at, event.resolved_at)
    return event.id, event.monitor, event.verdict, event.previous, failure, event.status_code, *times, event.regions


def exported(store: RunReader, *, minutes: int, monitor: str | None = None) -> tuple[list[str], Collection]:
    """Return the lines of so many minutes after noon, and what was met."""
    collection = Collection()
    lines = collect(store, start=NOON, end=minute(minutes), monitor=monitor, collection=collection)
    return list(lines), collection


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> MemoryStore | DynamoStore:
    """Give each store in turn, empty."""
    if request.param == "memory":
        return MemoryStore()
    return DynamoStore(request.getfixturevalue("dynamodb"), request.getfixturevalue("table"))


def test_an_export_replays_to_the_events_that_the_judge_gave(store: MemoryStore | DynamoStore, tmp_path: Path) -> None:
    """All but what a line does not carry: the phase of a failure and the number of attempts."""
    runs = hours_of_runs(100)
    for each in runs:
        store.put_run(each)
    told = judged(sorted(runs, key=lambda r: (r.at, r.shard, r.region)), store)
    assert len(told) > 10

    lines, collection = exported(store, minutes=100)
    path = tmp_path / "results.jsonl"
    path.write_text("\n".join(lines))
    reading = read_recording(str(path), CONFIG.monitors, advanced=lambda _done, _of: None)

    assert reading.problems == []
    assert collection.results == len(lines) == sum(len(r.results) for r in runs)
    homes = {monitor: shard for shard, monitors in SHARDS.items() for monitor in monitors}
    assert judged(runs_of(reading.recorded, homes), ReplayStore()) == told


def test_the_range_is_half_open_and_monitors_can_be_chosen() -> None:
    """Hours before and after are not read, nor are minutes of the hours at the ends."""
    store = _Counting()
    for n in (-1, 0, 59, 60, 119, 120):
        store.put_run(run(minute(n), Verdict.UP, "api", "shop"))
    lines, collection = exported(store, minutes=120, monitor="shop")
    assert [(json.loads(one)["monitor"], json.loads(one)["at"]) for one in lines] == [
        ("shop", "2026-11-22T12:00:00Z"),
        ("shop", "2026-11-22T12:59:00Z"),
        ("shop", "2026-11-22T13:00:00Z"),
        ("shop", "2026-11-22T13:59:00Z"),
    ]
    assert collection.monitors == {"api", "shop"}
    assert store.asked == [NOON, NOON + timedelta(hours=1)]


class _Counting(MemoryStore):
    """Remembers which hours it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[datetime] = []

    def runs(self, hour: datetime, *, since: datetime | None = None) -> Sequence[Run]:
        """Return the runs of the hour."""
        self.asked.append(hour)
        return super().runs(hour, since=since)


def test_checks_that_were_not_made_are_counted_and_left_out() -> None:
    """They are no data; what a replay makes of a gap is what the judge makes of it."""
    store = MemoryStore()
    store.put_run(Run(shard="60s-0", at=NOON, region="eu", results={}, unmade={"api": "no secret", "shop": "no time"}))
    assert exported(store, minutes=1) == ([], Collection(results=0, unmade=2, monitors={"api", "shop"}))
    assert exported(store, minutes=1, monitor="api")[1].unmade == 1


TEMPLATE = {
    "Resources": {
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ],
                "AttributeDefinitions": [
                    {"AttributeName": "pk", "AttributeType": "S"},
                    {"AttributeName": "sk", "AttributeType": "S"},
                ],
            },
        }
    },
    "Outputs": {
        "TableName": {"Value": {"Ref": "Table"}},
        "PageUrl": {"Value": "https://status.example"},
        "JudgeFunction": {"Value": "judge"},
    },
}
"""As much of a home stack as an export looks at."""


@pytest.fixture
def stack(aws_environment: pytest.MonkeyPatch, dynamodb: "DynamoDBClient") -> str:
    """Give the name of a stack whose table has two runs."""
    del aws_environment
    formation = boto3.client("cloudformation")
    name = "Pulseboard-export"
    table = _table_of(formation, name)
    for n in (0, 30):
        DynamoStore(dynamodb, table).put_run(run(minute(n), Verdict.UP, "api", "shop"))
    return name


def _table_of(formation: "CloudFormationClient", name: str) -> str:
    if not any(stack["StackName"] == name for stack in formation.describe_stacks()["Stacks"]):
        formation.create_stack(StackName=name, TemplateBody=json.dumps(TEMPLATE))
        formation.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    [found] = formation.describe_stacks(StackName=name)["Stacks"]
    return next(o["OutputValue"] for o in found["Outputs"] if o["OutputKey"] == "TableName")


def export(stack: str, *more: str) -> tuple[int, bytes, str]:
    """Return exit status, standard output and standard error."""
    done = RUNNER.invoke(
        app, ["export", "--stack", stack, "--from", "2026-11-22T12:00Z", "--to", "2026-11-22T13:00Z", *more]
    )
    return done.exit_code, done.stdout_bytes, done.stderr


def test_a_deployments_results_are_written(stack: str) -> None:
    """To the standard output, a line each, and nothing else."""
    status, out, err = export(stack)
    assert (status, err) == (0, "")
    assert [json.loads(one)["monitor"] for one in out.splitlines()] == ["api", "shop"] * 2


@pytest.mark.parametrize("name", ["results.jsonl", "results.jsonl.gz"])
def test_or_into_a_file_that_replay_reads(stack: str, name: str, tmp_path: Path) -> None:
    """Gzipped where the name says so; nothing else is left beside it."""
    path = tmp_path / name
    status, out, err = export(stack, "--out", str(path), "--monitor", "api")
    assert (status, out, err) == (0, b"", f"2 results are in {path}.\n")
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    assert len(content.splitlines()) == 2
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_found_is_exit_status_1_and_leaves_the_file_alone(stack: str, tmp_path: Path) -> None:
    """A slip of the pen is met with what was probably meant."""
    path = tmp_path / "results.jsonl"
    path.write_text("from before")
    status, _, err = export(stack, "--out", str(path), "--monitor", "shp")
    assert status == 1
    assert err.endswith("Did you mean `shop`?\n")
    assert path.read_text() == "from before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--from", "last week"], 2, "is no time"),
        (["--to", "2026-11-22T11:00Z"], 2, "must be before"),
        (["--stack", "Elsewhere"], 1, "There is no Pulseboard stack Elsewhere."),
        (["--out", "/nowhere/at/all"], 1, "there is no folder /nowhere/at"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(stack: str, arguments: list[str], status: int, words: str) -> None:
    """No traceback, whatever was asked."""
    found, _, err = export(stack, *arguments)
    assert found == status
    assert words in err
    assert len(err.splitlines()) == 1
