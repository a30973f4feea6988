"""What each name server gives."""

from collections.abc import Callable
from functools import partial

import dns.rcode
import pytest

from functions.domain.address import AddressPolicy
from functions.domain.checks.dns import DnsCheck
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.cases import Case, assert_case
from tests.probe.probing import attempt, tools, watching
from tests.targets.dns import garbage, of_another_question, says, served
from tests.targets.lines import nobody


def ask(name: str = "www.shop.test", record: str = "A") -> Callable[[int], DnsCheck]:
    """Return what makes a check of a port."""
    return lambda port: DnsCheck(name=name, type=record, resolver="127.0.0.1", port=port)


up = partial(Case, target=served(), verdict=Verdict.UP)
bad = partial(Case, target=served(), kind=FailureKind.DNS)

CASES = {
    "a name that is there": up(check=ask()),
    "addresses as expected": up(check=ask(), expect={"answers": {"eq": ["192.0.2.1", "192.0.2.2"]}}),
    "an IPv6 address": up(check=ask(record="AAAA"), expect={"answers": {"eq": ["2001:db8::1"]}}),
    "a mail server": up(check=ask("shop.test", "MX"), expect={"answers": {"contains": "10 mail.shop.test"}}),
    "name servers": up(check=ask("shop.test", "NS"), expect={"answers": {"eq": ["ns1.shop.test", "ns2.shop.test"]}}),
    "a text in two pieces": up(
        check=ask("shop.test", "TXT"), expect={"answers": {"contains": "v=spf1 include:mail.test -all"}}
    ),
    "a start of authority": up(
        check=ask("shop.test", "SOA"), expect={"answers": {"each": {"matches": "^ns1.shop.test admin.* 7 "}}}
    ),
    "an authority for certificates": up(
        check=ask("shop.test", "CAA"), expect={"answers": {"contains": '0 issue "ca.test"'}}
    ),
    "an alias": up(check=ask("api.shop.test", "CNAME"), expect={"answers": {"eq": ["www.shop.test"]}}),
    "an address behind an alias": up(check=ask("api.shop.test"), expect={"answers": {"contains": "192.0.2.1"}}),
    "an answer that needs TCP": up(check=ask("big.shop.test", "TXT"), expect={"answers": {"length": {"eq": 20}}}),
    "a datagram that gets lost": up(target=served(lost=1), check=ask()),
    "addresses of somebody else": Case(
        target=served(),
        check=ask(),
        expect={"answers": {"eq": ["203.0.113.9"]}},
        kind=FailureKind.ANSWERS,
        reason='answers: expected ["203.0.113.9"], got ["192.0.2.1", "192.0.2.2"]',
    ),
    "a name that does not exist": bad(check=ask("gone.test"), reason="gone.test does not exist (NXDOMAIN)"),
    "a name that does not exist, in good time": bad(
        check=ask("gone.test"), expect={"latency": {"lt": 1000}}, reason="does not exist"
    ),
    "a name that must not exist, and does not": up(check=ask("gone.test"), expect={"answers": {"length": {"eq": 0}}}),
    "a name without such a record": bad(check=ask(record="MX"), reason="www.shop.test has no MX record"),
    "SERVFAIL": bad(
        target=served(says(dns.rcode.SERVFAIL)),
        check=ask(),
        phase=Phase.DNS,
        reason="the name server answers SERVFAIL for www.shop.test",
    ),
    "REFUSED": bad(
        target=served(says(dns.rcode.REFUSED)), check=ask(), phase=Phase.DNS, reason="the name server answers REFUSED"
    ),
    "a name server that is silent": Case(
        target=served(silent=True),
        check=ask(),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.DNS,
        reason="timed out after 0.4 s, looking up the name",
    ),
    "a name server that answers something else": Case(
        target=served(of_another_question),
        check=ask(),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.DNS,
        reason="looking up the name",
    ),
    "a name server that answers garbage": Case(
        target=served(garbage), check=ask(), kind=FailureKind.PROTOCOL, phase=Phase.DNS, reason="is no DNS message"
    ),
    "a name server that floods with answers to something else": Case(
        target=served(of_another_question, copies=500),
        check=ask(),
        kind=FailureKind.PROTOCOL,
        phase=Phase.DNS,
        reason="100 messages came that answer other questions",
    ),
    "a name server that is not there": Case(
        target=nobody, check=ask(), kind=FailureKind.CONNECT, phase=Phase.CONNECT, reason="nobody listens"
    ),
    "a name server that closes when it comes to TCP": Case(
        target=served(over_tcp=False),
        check=ask("big.shop.test", "TXT"),
        kind=FailureKind.PROTOCOL,
        phase=Phase.DNS,
        reason="closed the connection without an answer",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_each_name_server_gives_its_own_result(case: Case) -> None:
    """Verdict, kind, phase and words are those of the table."""
    await assert_case(case)


async def test_all_the_time_of_a_look_up_is_that_of_the_dns() -> None:
    """There is one phase, and it is the latency."""
    seen = await assert_case(CASES["a name that is there"])
    phases = seen.phases
    assert phases.dns is not None
    assert (phases.connect, phases.tls, phases.first_byte, phases.transfer) == (None, None, None, None)
    assert seen.latency_ms == phases.dns


@pytest.mark.parametrize(
    ("resolver", "policy"),
    [("169.254.169.253", AddressPolicy(allow_private=True)), ("127.0.0.1", AddressPolicy())],
)
async def test_a_name_server_that_is_given_is_vetted(resolver: str, policy: AddressPolicy) -> None:
    """The file does not lead the probe to its own surroundings."""
    seen = await attempt(watching(DnsCheck(name="shop.test", resolver=resolver)), tools(policy=policy))
    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.CONNECT
    assert f"not allowed to connect to {resolver}" in seen.failure.reason
