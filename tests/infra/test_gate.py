"""The function before private pages, run by Node as CloudFront would, and what the stack makes of it."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from configuration.deployment import PublishedPage
from infra.edge.password import BadPasswordError, generate, store_key, stored
from infra.gate import gate_code
from tests.infra.synthesis import Synthesised, Variation

NODE = Path(sys.executable).with_name("node")
PASSWORD = "correct horse: battery ✓"
KEPT = {
    "internal/ada": stored("ada", PASSWORD),
    "other/bob": stored("bob", PASSWORD),
    "internal/odd": "",
    "internal/half": "salt",
}


def basic(name: str, password: str) -> str:
    """Return the header's value."""
    return f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"


def ask(
    authorization: str | None, *, uri: str = "/", kept: Mapping[str, str] | None = None, page: str = "internal"
) -> dict[str, Any]:
    """Return what the function answers: the request that goes on, or a response."""
    head = {} if authorization is None else {"authorization": {"value": authorization}}
    event = {"version": "1.0", "request": {"method": "GET", "uri": uri, "querystring": {}, "headers": head}}
    # What the runtime brings: Node has the modules, but not CloudFront's own.
    store = (
        f"const KEPT = {json.dumps(KEPT if kept is None else kept)};"
        "const cf = {kvs: () => ({get: async (key) => { if (!(key in KEPT)) throw new Error('no such key');"
        " return KEPT[key]; }})};"
    )
    code = gate_code(page).replace("import cf from 'cloudfront';", store)
    done = subprocess.run(
        [NODE, "--input-type=commonjs", "-"],
        input=f"{code}\nhandler({json.dumps(event)}).then((said) => console.log(JSON.stringify(said)));",
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("header", [basic("ada", PASSWORD), basic("ada", PASSWORD).replace("Basic", "basic")])
def test_the_right_password_goes_on(header: str) -> None:
    """With the request as it was; schemes are case-insensitive (RFC 9110)."""
    assert ask(header, uri="/monitors/api")["uri"] == "/monitors/api"


def test_the_status_of_the_page_is_its_file() -> None:
    """`GET /status/{page}` works as everywhere else; the API, which does not know the page, is not asked."""
    assert ask(basic("ada", PASSWORD), uri="/status/internal")["uri"] == "/status.json"
    assert ask(basic("ada", PASSWORD), uri="/status/other")["uri"] == "/status/other"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        "Bearer abc",
        basic("ada", "wrong"),
        basic("ada", PASSWORD + "x"),
        basic("ada", PASSWORD[:-1]),
        basic("ada", ""),
        basic("Ada", PASSWORD),
        basic("bob", PASSWORD),
        basic("../other/bob", PASSWORD),
        basic("", PASSWORD),
        basic("a" * 65, PASSWORD),
        basic("odd", PASSWORD),
        basic("half", PASSWORD),
        basic("__proto__", PASSWORD),
        f"{basic('ada', PASSWORD)} {basic('ada', PASSWORD)}",
        "Basic " + b64encode(b"\xff\xfe:x").decode(),
    ],
)
@pytest.mark.parametrize("uri", ["/", "/status.json", "/badge/internal/status.svg", "/status/internal"])
def test_everything_else_is_refused(header: str | None, uri: str) -> None:
    """Pages, JSON and badges alike; another page's people, broken headers, entries that make no sense."""
    answer = ask(header, uri=uri)
    assert answer["statusCode"] == 401
    assert answer["headers"]["www-authenticate"]["value"].startswith("Basic realm=")
    assert answer["headers"]["cache-control"]["value"] == "no-store"
    assert "uri" not in answer


def test_a_page_for_which_nobody_was_let_in_is_closed() -> None:
    """As after its first deployment."""
    assert ask(basic("ada", PASSWORD), kept={})["statusCode"] == 401


def test_the_code_fits_the_runtime() -> None:
    """At most 10 kB, and nothing that came after what the runtime knows."""
    code = gate_code("internal")
    assert len(code.encode()) < 10_000
    assert "PAGE_ID" not in code
    assert not [feature for feature in ("?.", "??", " of ", "replaceAll") if feature in _without_comments(code)]


def _without_comments(code: str) -> str:
    return "\n".join(line for line in code.splitlines() if not line.strip().startswith("//"))


@pytest.mark.parametrize(
    ("name", "password"),
    [("", PASSWORD), ("a:b", PASSWORD), ("a/b", PASSWORD), ("ada", "short"), ("ada", "x" * 20 + "\n")],
)
def test_what_cannot_be_used_is_refused(name: str, password: str) -> None:
    """Names that the function would not look up, passwords that can be guessed."""

    def entry() -> tuple[str, str]:
        return store_key("internal", name), stored(name, password)

    with pytest.raises(BadPasswordError):
        entry()


def test_the_same_password_is_kept_differently_each_time() -> None:
    """By a salt of its own; made-up passwords are long and new."""
    assert stored("ada", PASSWORD) != stored("ada", PASSWORD)
    assert PASSWORD not in stored("ada", PASSWORD)
    assert len(generate()) >= 24
    assert generate() != generate()


def test_the_embedded_aws_has_a_password_of_its_own_and_no_account_has_it() -> None:
    """Its functions cannot read the store."""
    assert "cloudfront" not in _without_comments(gate_code("internal", local=True))
    assert "local" not in gate_code("internal")


PRIVATE = Variation(others=(PublishedPage(id="internal", title="Internal", private=True),))


def test_a_private_page_is_asked_for_everywhere(synthesised: Synthesised) -> None:
    """All of its behaviours pass the function, and none goes to the API; the main page's are as they were."""
    synthesis = synthesised(PRIVATE)
    configs = {
        d["DistributionConfig"]["Comment"]: d["DistributionConfig"]
        for d in synthesis.properties("AWS::CloudFront::Distribution")
    }
    private, public = configs["Pulseboard status page internal"], configs["Pulseboard status page"]

    behaviours = [private["DefaultCacheBehavior"], *private.get("CacheBehaviors", ())]
    assert [len(behaviour["FunctionAssociations"]) for behaviour in behaviours] == [1]
    assert behaviours[0]["FunctionAssociations"][0]["EventType"] == "viewer-request"
    assert not any("FunctionAssociations" in behaviour for behaviour in public["CacheBehaviors"])
    assert "FunctionAssociations" not in public["DefaultCacheBehavior"]


def test_the_api_knows_nothing_of_a_private_page(synthesised: Synthesised) -> None:
    """Neither its bucket's name nor a right to read it; render and notify know where it is."""
    synthesis = synthesised(PRIVATE)
    functions = {f["Handler"].split(".")[1]: f for f in synthesis.properties("AWS::Lambda::Function")}
    [bucket] = [name for name, _ in synthesis.resources("AWS::S3::Bucket") if name.startswith("Pageinternal")]
    policies = [p for p in synthesis.properties("AWS::IAM::Policy") if bucket in json.dumps(p["PolicyDocument"])]

    assert "OTHER_PAGES" not in functions["api"]["Environment"]["Variables"]
    assert "internal" in json.dumps(functions["render"]["Environment"]["Variables"]["OTHER_PAGES"])
    assert [json.dumps(policy["Roles"]).count("RenderFunction") for policy in policies] == [1]


def test_private_pages_stay_out_of_caches_and_search_engines(synthesised: Synthesised) -> None:
    """Only the visitor's own browser keeps them, and no other site's script reads them."""
    synthesis = synthesised(PRIVATE)
    [private] = [
        policy["ResponseHeadersPolicyConfig"]
        for policy in synthesis.properties("AWS::CloudFront::ResponseHeadersPolicy")
        if "X-Robots-Tag" in json.dumps(policy)
    ]
    said = {item["Header"]: item["Value"] for item in private["CustomHeadersConfig"]["Items"]}

    assert said["Cache-Control"].startswith("private")
    assert said["X-Robots-Tag"] == "noindex, nofollow"
    assert "CorsConfig" not in private
    assert private["SecurityHeadersConfig"]["ContentSecurityPolicy"]["Override"] is True


def test_no_secret_is_in_the_template(synthesised: Synthesised) -> None:
    """The store is made empty, whatever is in the file."""
    synthesis = synthesised(PRIVATE)
    [store] = synthesis.properties("AWS::CloudFront::KeyValueStore")
    assert "ImportSource" not in store
    assert "AccessStore" in synthesis.home["Outputs"]
    assert not synthesised(Variation()).properties("AWS::CloudFront::KeyValueStore")


def test_the_main_page_may_be_private_too(synthesised: Synthesised) -> None:
    """Then workers still ping at its address, which asks them for nothing."""
    synthesis = synthesised(Variation(private=True, heartbeats=True))
    [distribution] = synthesis.properties("AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]
    assert "FunctionAssociations" in config["DefaultCacheBehavior"]
    assert [(b["PathPattern"], "FunctionAssociations" in b) for b in config["CacheBehaviors"]] == [("/ping/*", False)]
