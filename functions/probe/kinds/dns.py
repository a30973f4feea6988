"""Executes DNS checks: dnspython reads and writes messages, the sockets are our own."""

import asyncio
import errno
import time
from functools import partial

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.resolver

from functions.adapters.datagram import Datagram
from functions.adapters.http.errors import ConnectError, ExchangeError, ProtocolError
from functions.adapters.http.seeing import Reply, seeing
from functions.adapters.http.trace import Trace
from functions.adapters.network import Network
from functions.domain.address import refusal
from functions.domain.checks.dns import DnsCheck
from functions.domain.verdict import FailureKind, Phase
from functions.execution import Execute, Sighting, UnmadeError

MAX_STRAY_ANSWERS = 100
"""Messages that answer another question, or none: reading more of them would keep the other checks from theirs."""
AGAIN_SECONDS = 1.0
"""After this, the question is asked again: a lost datagram is no outage."""


def dns_executor(network: Network) -> Execute:
    """Return what executes a `DnsCheck`."""
    return _Dns(network)


class _Dns:
    def __init__(self, network: Network) -> None:
        self._policy = network.policy

    async def __call__(self, check: DnsCheck, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        return await seeing(partial(self._reply, check), timeout=timeout)

    async def _reply(self, check: DnsCheck, trace: Trace, deadline: float) -> Reply:
        servers = self._servers(check)
        try:
            question = dns.message.make_query(check.name, check.type, use_edns=0, payload=1232)
        except dns.exception.DNSException as error:
            raise UnmadeError(f"{check.name} is not a name that can be asked for") from error
        loop = asyncio.get_running_loop()
        trace.begin(Phase.DNS, time.perf_counter())
        for left in range(len(servers), 1, -1):
            try:
                async with asyncio.timeout((deadline - loop.time()) / left):
                    return _read(check, await _ask(question, servers[-left], check.port, trace))
            except (TimeoutError, ConnectError):
                trace.begin(Phase.DNS, time.perf_counter())
        return _read(check, await _ask(question, servers[-1], check.port, trace))

    def _servers(self, check: DnsCheck) -> list[str]:
        """Return the addresses to ask; the system's own are ours, and need no leave."""
        if check.resolver is None:
            try:
                return [str(server) for server in dns.resolver.Resolver().nameservers]
            except dns.exception.DNSException as error:
                raise UnmadeError("this system names no name server") from error
        reason = refusal(check.resolver, check.port, self._policy)
        if reason:
            raise ConnectError(f"not allowed to connect to {check.resolver}: {reason}")
        return [check.resolver]


async def _ask(question: dns.message.Message, server: str, port: int, trace: Trace) -> dns.message.Message:
    """Return the answer of one server, over UDP, and over TCP where it does not fit."""
    to = f"[{server}]:{port}" if ":" in server else f"{server}:{port}"
    wire = question.to_wire()
    try:
        sock = Datagram(server, port)
        try:
            sock.send(wire)
            answer = await _answer(sock, question, wire, trace)
        finally:
            sock.close()
        if answer.flags & dns.flags.TC:
            trace.begin(Phase.DNS, time.perf_counter())
            answer = await dns.asyncquery.tcp(question, server, port=port)
            trace.end(time.perf_counter())
    except ConnectionResetError as error:
        raise ProtocolError(f"{to} reset the connection before an answer came", Phase.DNS) from error
    except OSError as error:
        words = "nobody listens" if error.errno == errno.ECONNREFUSED else error.strerror or str(error)
        raise ConnectError(f"no answer from {to}: {words}") from error
    except EOFError as error:
        raise ProtocolError(f"{to} closed the connection without an answer", Phase.DNS) from error
    except dns.exception.DNSException as error:
        raise ProtocolError(f"what {to} answers is no DNS message: {error}", Phase.DNS) from error
    return answer


async def _answer(sock: Datagram, question: dns.message.Message, wire: bytes, trace: Trace) -> dns.message.Message:
    strays = 0
    while True:
        try:
            async with asyncio.timeout(AGAIN_SECONDS):
                data, at = await sock.receive()
        except TimeoutError:
            sock.send(wire)
            continue
        answer = dns.message.from_wire(data, ignore_trailing=True, raise_on_truncation=False)
        # Another question's answer, or a forgery: the right one may follow.
        if question.is_response(answer):
            trace.end(at)
            return answer
        strays += 1
        if strays > MAX_STRAY_ANSWERS:
            raise ProtocolError(f"{MAX_STRAY_ANSWERS} messages came that answer other questions", Phase.DNS)
        await asyncio.sleep(0)  # what has arrived is received at once: without this, nobody else would have a turn


def _read(check: DnsCheck, answer: dns.message.Message) -> Reply:
    code = answer.rcode()
    if code not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        reason = f"the name server answers {dns.rcode.to_text(code)} for {check.name}"
        raise ExchangeError(FailureKind.DNS, reason, Phase.DNS)
    wanted = dns.rdatatype.from_text(check.type)
    records = sorted(_text(record) for rrset in answer.answer if rrset.rdtype == wanted for record in rrset)
    if records:
        return Reply(answers=tuple(records))
    missing = "does not exist (NXDOMAIN)" if code == dns.rcode.NXDOMAIN else f"has no {check.type} record"
    return Reply(answers=(), shortfall=f"{check.name} {missing}")


def _text(record: dns.rdata.Rdata) -> str:
    """Return the record as text: names without their last dot, TXT in one piece and without quotes."""
    strings: tuple[bytes, ...] | None = getattr(record, "strings", None)
    if strings is not None:
        return b"".join(strings).decode("utf-8", errors="replace")
    return " ".join(word.rstrip(".") or word for word in record.to_text().split(" "))
