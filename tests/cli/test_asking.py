"""What every command that asks a deployment says where it may find it, and may not ask it."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from typer.testing import CliRunner

from cli.local.stack_file import FUNCTIONS
from cli.main import app

NAME = "Pulseboard-acme"


class Guarded(BaseHTTPRequestHandler):
    """An AWS whose CloudFormation tells of one stack, and which refuses everything else."""

    def do_POST(self) -> None:
        """Answer a request."""
        asked = self.rfile.read(int(self.headers.get("content-length", 0)))
        if b"Action=DescribeStacks" in asked:
            self._answer(200, "text/xml", stacks(f"http://{self.headers['host']}"))
        else:
            self._answer(403, "application/json", '{"__type": "AccessDeniedException", "message": "not for you"}')

    do_GET = do_POST  # noqa: N815 (the name is the parent's)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the parent's)
        """Say nothing."""

    def _answer(self, status: int, content_type: str, text: str) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("x-amzn-errortype", "AccessDeniedException")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


def stacks(url: str) -> str:
    """Return what CloudFormation's DescribeStacks answers."""
    outputs = {
        "PageUrl": url,
        "ApiUrl": url,
        "TableName": "table",
        "AccessStore": "arn:aws:cloudfront::123456789012:key-value-store/x",
        "UndeliveredQueueUrl": f"{url}/undelivered",
        "UnprocessedQueueUrl": f"{url}/unprocessed",
        **{f"{name.title()}Function": name for name in FUNCTIONS},
    }
    members = "".join(
        f"<member><OutputKey>{key}</OutputKey><OutputValue>{value}</OutputValue></member>"
        for key, value in outputs.items()
    )
    return (
        f"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>{NAME}</StackName>"
        f"<Outputs>{members}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>"
    )


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Send AWS's clients to such an AWS."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
        }.items():
            monkeypatch.setenv(name, value)
        yield
        server.shutdown()


@pytest.mark.parametrize(
    "command",
    [["access", "list", "internal"], ["export"], ["heartbeats"], ["logs"], ["status"]],
    ids=lambda words: words[0],
)
@pytest.mark.usefixtures("guarded")
def test_a_missing_right_is_said_in_a_line(command: list[str]) -> None:
    """Exit status 1 and AWS's own words: no traceback, and nothing on the standard output."""
    done = CliRunner().invoke(app, [*command, "--stack", NAME, "--region", "eu-west-1"])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "AccessDenied" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
