"""What stands there after `cdk deploy`: the page, its edges, its headers, and who is called when it stops."""

import json
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from cli.local.health import examine
from functions.render.headers import SECURITY_HEADERS
from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.subscriber import Subscriber


def test_the_page_is_live_and_knows_of_every_monitor(deployment: Deployment) -> None:
    """`up` returns only when this is so."""
    page = deployment.page()

    assert page.status == HTTPStatus.OK
    assert page.headers["content-type"].startswith("text/html")
    assert "Shop" in page.text
    assert deployment.monitor("well")["status"] == "operational"


def test_the_security_headers_come_with_every_answer(deployment: Deployment) -> None:
    """CloudFront adds them, to the page and to the API."""
    for path in ("/", "/status.json", "/status/e2e"):
        headers = deployment.page(path).headers
        assert {name: headers.get(name.lower()) for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS), path


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/index.md", "text/markdown"),
        ("/llms.txt", "text/plain"),
        ("/robots.txt", "text/plain"),
        ("/sitemap.xml", "application/xml"),
    ],
)
def test_what_agents_and_search_engines_look_for_is_there(deployment: Deployment, path: str, content_type: str) -> None:
    """At the addresses where they look."""
    found = deployment.page(path)

    assert (found.status, found.headers["content-type"].partition(";")[0]) == (HTTPStatus.OK, content_type)


def test_what_is_absent_is_the_pages_own_404(deployment: Deployment) -> None:
    """The bucket says 403 for it, since nobody may list it."""
    absent = deployment.page("/there-is-no-such-page")

    assert absent.status == HTTPStatus.NOT_FOUND
    assert absent.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/status/e2e", "/health/live", "/health/ready", "/openapi.json"])
def test_the_api_answers_under_both_addresses(deployment: Deployment, path: str) -> None:
    """One domain serves all, and the API has an address of its own as well."""
    own, under_page = deployment.api(path), deployment.page(path)

    assert own.status == under_page.status == HTTPStatus.OK, (own.text, under_page.text)
    assert json.loads(own.body).keys() == json.loads(under_page.body).keys()


def test_an_error_of_the_api_comes_through_the_cdn_as_it_is(deployment: Deployment) -> None:
    """The page's 404 must not take the place of the API's error document."""
    for answer in (deployment.page("/status/nobody"), deployment.api("/status/nobody"), deployment.api("/nothing")):
        assert answer.status == HTTPStatus.NOT_FOUND
        assert {"error_code", "message", "details", "request_id"} == json.loads(answer.body).keys()


def test_the_bucket_is_closed_to_everybody_else(deployment: Deployment) -> None:
    """Files are reached through CloudFront only."""
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{deployment.stack.endpoint_url}/{deployment.stack.bucket}/index.html", timeout=10)  # noqa: S310 (loopback)

    assert refused.value.code == HTTPStatus.FORBIDDEN
    refused.value.close()


def test_status_tells_of_alarms_and_queues(deployment: Deployment) -> None:
    """What `pulseboard status` prints."""
    health = examine(deployment.deployed)

    assert any("NoRuns" in name for name in health.alarms)
    assert health.queues == {"undelivered": 0, "unprocessed": 0}
    assert health.last_run is not None


def test_the_dead_mans_switch_reaches_those_who_are_alerted(deployment: Deployment, subscriber: Subscriber) -> None:
    """When no run is judged, the alarm publishes to the topic itself: none of our functions is needed for it.

    The embedded CloudWatch does not evaluate missing data, so the state is set, as AWS documents for such a test; that
    missing data counts as an alarm is asserted on the template.
    """
    [name] = [name for name in examine(deployment.deployed).alarms if "NoRuns" in name]
    cloudwatch = deployment.clients.cloudwatch()

    cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="The test stops the probes.")

    [message] = wait_until(
        lambda: [m for m in subscriber.messages() if m["Message"].get("AlarmName") == name],
        within=10,
        what="the alarm at the subscriber",
    )
    assert message["Message"]["NewStateValue"] == "ALARM"
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="The test is over.")
