"""No configuration, redirect or DNS answer leads the probe into its own surroundings."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.address import AddressPolicy, refusal

STRICT = AddressPolicy()
PRIVATE = AddressPolicy(allow_private=True)
IN_LAMBDA = AddressPolicy(allow_private=True, runtime_api=("127.0.0.1", 9001))

NEVER = {
    "169.254.169.254": "link-local",
    "169.254.170.2": "link-local",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fd00:ec2::254": "metadata",
    "fd00:ec2::23": "metadata",
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "::": "unspecified",
    "224.0.0.1": "multicast",
    "ff02::1": "multicast",
    "255.255.255.255": "broadcast",
    "240.0.0.1": "reserved",
    "::ffff:169.254.169.254": "holds 169.254.169.254",
    "::169.254.169.254": "holds 169.254.169.254",
    "::ffff:0:169.254.169.254": "holds 169.254.169.254",
    "64:ff9b::a9fe:a9fe": "holds 169.254.169.254",
    "64:ff9b:1::1": "NAT64",
    "2002:a9fe:a9fe::1": "holds 169.254.169.254",
    "2001:0:a9fe:a9fe::1": "holds 169.254.169.254",
    "2001:0:808:808:0:0:5601:5601": "holds 169.254.169.254",
    "2001:4860::5efe:a9fe:a9fe": "holds 169.254.169.254",
    "localhost": "not an IP address",
    "": "not an IP address",
}
PRIVATE_ONLY = {
    "127.0.0.1": "loopback",
    "127.9.9.9": "loopback",
    "::1": "loopback",
    "::ffff:127.0.0.1": "holds 127.0.0.1",
    "10.0.0.1": "private",
    "172.31.255.255": "private",
    "192.168.1.1": "private",
    "100.64.0.1": "private",
    "fd12:3456::1": "private",
    "::ffff:10.0.0.1": "holds 10.0.0.1",
    "2002:a00:1::1": "holds 10.0.0.1",
    "64:ff9b::a00:1": "holds 10.0.0.1",
    "192.0.2.1": "not on the internet",
    "2001:db8::1": "not on the internet",
}


@pytest.mark.parametrize("policy", [STRICT, PRIVATE, IN_LAMBDA], ids=["strict", "private allowed", "in Lambda"])
@pytest.mark.parametrize(("address", "words"), NEVER.items())
def test_the_surroundings_are_out_of_reach_under_every_policy(address: str, words: str, policy: AddressPolicy) -> None:
    """Metadata and its disguises are refused, and the reason says what was seen."""
    reason = refusal(address, 80, policy)
    assert reason is not None
    assert words in reason


@pytest.mark.parametrize(("address", "words"), PRIVATE_ONLY.items())
def test_private_ranges_need_the_word_of_the_configuration(address: str, words: str) -> None:
    """Refused by default with the key that allows them, and allowed with it."""
    reason = refusal(address, 80, STRICT)
    assert reason is not None
    assert words in reason
    assert "allow_private_targets" in reason
    assert refusal(address, 80, PRIVATE) is None


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "172.32.0.1"])
def test_the_internet_is_reachable(address: str) -> None:
    """Public addresses are allowed under every policy."""
    assert refusal(address, 443, STRICT) is None
    assert refusal(address, 443, IN_LAMBDA) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
def test_the_runtime_api_is_out_of_reach_on_every_loopback_address(address: str) -> None:
    """Its port is refused on loopback whatever the policy; a neighbour's port is not."""
    reason = refusal(address, 9001, IN_LAMBDA)
    assert reason is not None
    assert "Lambda runtime" in reason
    assert refusal(address, 8000, IN_LAMBDA) is None


def test_the_runtime_api_is_out_of_reach_where_it_is_not_on_loopback() -> None:
    """Whatever address the runtime is told to use, that address and port are refused."""
    policy = AddressPolicy(allow_private=True, runtime_api=("10.1.2.3", 9001))
    assert refusal("10.1.2.3", 9001, policy) == "10.1.2.3 is the address of the Lambda runtime"
    assert refusal("10.1.2.3", 80, policy) is None


@given(st.ip_addresses(v=4, network="169.254.0.0/16"))
def test_no_disguise_opens_a_link_local_address(metadata: IPv4Address) -> None:
    """Each way of writing an IPv4 address inside an IPv6 one is seen through."""
    number = int(metadata)
    disguises = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(number),
        IPv6Address(0x64FF9B << 96 | number),
        IPv6Address(0x2002 << 112 | number << 80 | 1),
        IPv6Address(0x20010000 << 96 | number << 64 | 0x77777777),
        IPv6Address(0x20010000 << 96 | 0x08080808 << 64 | number ^ 0xFFFFFFFF),
    ]
    assert all(refusal(str(disguise), 80, PRIVATE) for disguise in disguises)
