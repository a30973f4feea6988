"""A name server on loopback, over UDP and TCP on one port, with a zone of its own and every bad habit."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.targets.lines import Target
from tests.targets.server import listening

Answer = Callable[[dns.message.Message], bytes]

ZONE = {
    ("www.shop.test.", "A"): ["192.0.2.2", "192.0.2.1"],
    ("www.shop.test.", "AAAA"): ["2001:db8::1"],
    ("shop.test.", "MX"): ["10 mail.shop.test."],
    ("shop.test.", "NS"): ["ns1.shop.test.", "ns2.shop.test."],
    ("shop.test.", "TXT"): ['"v=spf1 " "include:mail.test -all"', '"other"'],
    ("shop.test.", "SOA"): ["ns1.shop.test. admin.shop.test. 7 3600 600 86400 300"],
    ("shop.test.", "CAA"): ['0 issue "ca.test"'],
    ("api.shop.test.", "CNAME"): ["www.shop.test."],
    ("big.shop.test.", "TXT"): [f'"{n:03} {"x" * 200}"' for n in range(20)],
}


def zone(query: dns.message.Message) -> bytes:
    """Answer from the zone, with the records that an alias leads to."""
    question = query.question[0]
    response = dns.message.make_response(query)
    name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
    if (name, "CNAME") in ZONE and kind != "CNAME":
        response.answer.append(dns.rrset.from_text_list(name, 60, "IN", "CNAME", ZONE[name, "CNAME"]))
        name = ZONE[name, "CNAME"][0]
    if (name, kind) in ZONE:
        response.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, ZONE[name, kind]))
    elif not any(name == known for known, _ in ZONE):
        response.set_rcode(dns.rcode.NXDOMAIN)
    return response.to_wire(max_size=65535)


def says(code: dns.rcode.Rcode) -> Answer:
    """Answer with a code alone."""

    def answer(query: dns.message.Message) -> bytes:
        response = dns.message.make_response(query)
        response.set_rcode(code)
        return response.to_wire()

    return answer


def garbage(_: dns.message.Message) -> bytes:
    """Answer with bytes that are no message."""
    return b"\x00garbage"


def of_another_question(query: dns.message.Message) -> bytes:
    """Answer with a message whose number is another."""
    answer = bytearray(zone(query))
    answer[0] ^= 0xFF
    return bytes(answer)


@asynccontextmanager
async def name_server(
    answer: Answer = zone, *, silent: bool = False, over_tcp: bool = True, lost: int = 0, copies: int = 1
) -> AsyncIterator[int]:
    """Serve and give the port.

    `lost` datagrams are dropped first, what is too long for UDP is cut there, and each answer has so many `copies`.
    """
    left = lost

    class Udp(asyncio.DatagramProtocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = cast("asyncio.DatagramTransport", transport)

        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            nonlocal left
            left -= 1
            if silent or left >= 0:
                return
            query = dns.message.from_wire(data)
            wire = answer(query)
            if len(wire) > 1232:
                response = dns.message.make_response(query)
                response.flags |= dns.flags.TC
                wire = response.to_wire()
            for _ in range(copies):
                self.transport.sendto(wire, addr)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not over_tcp:
            await reader.read(1000)
            return
        (size,) = struct.unpack("!H", await reader.readexactly(2))
        wire = answer(dns.message.from_wire(await reader.readexactly(size)))
        writer.write(struct.pack("!H", len(wire)) + wire)
        await writer.drain()

    async with listening(handle) as port:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Udp, ("127.0.0.1", port))
        try:
            yield port
        finally:
            transport.close()


def served(
    answer: Answer = zone, *, silent: bool = False, over_tcp: bool = True, lost: int = 0, copies: int = 1
) -> Target:
    """Return a name server as a target."""
    return lambda: name_server(answer, silent=silent, over_tcp=over_tcp, lost=lost, copies=copies)
