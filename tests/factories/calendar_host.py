"""A calendar host on this machine, with TLS: what a server outside could do to us, done on purpose."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from upstander.foundation.fetching.reach import Reach

NAME = "calendar.example.org"
OTHER = "elsewhere.example.org"  # resolves too, and has no certificate
Answer = Callable[[socket.socket, bytes], None]


@dataclass
class CalendarHost:
    """The host: what it was asked, what it answers by target, and how tests reach it."""

    port: int
    authority: str
    answers: dict[str, Answer | bytes] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    leads_to: list[str] = field(default_factory=lambda: ["127.0.0.1"])  # what the name resolves to, one answer a time

    @property
    def reach(self) -> Reach:
        """As far as this host and no further: only tests can make such a thing."""
        return Reach(self._resolve, lambda each: each == "127.0.0.1", self.port, self._context)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.authority)

    def _resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        return [self.leads_to[min(len(self.looked_up), len(self.leads_to)) - 1]]


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; header names are written with underscores."""
    told = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    return "\r\n".join(lines).encode() + body


@contextmanager
def calendar_host(folder: Path) -> Iterator[CalendarHost]:
    """The host, while the block runs."""
    authority, context = _certificate(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = CalendarHost(listener.getsockname()[1], authority)
        thread = threading.Thread(target=_serve, args=(listener, context, host), daemon=True)
        thread.start()
        yield host
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(listener: socket.socket, context: ssl.SSLContext, host: CalendarHost) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        plain.settimeout(5)
        try:
            with context.wrap_socket(plain, server_side=True) as secured:
                _answer(secured, host)
        except OSError:
            plain.close()


def _answer(secured: ssl.SSLSocket, host: CalendarHost) -> None:
    asked = b""
    while b"\r\n\r\n" not in asked and (piece := secured.recv(4096)):
        asked += piece
    host.asked.append(asked)
    answer = host.answers.get(asked.split(b" ")[1].decode(), reply(status="404 Not Found"))
    if callable(answer):
        answer(secured, asked)
    else:
        secured.sendall(answer)


def _certificate(folder: Path) -> tuple[str, ssl.SSLContext]:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    today = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("192.0.2.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(today - dt.timedelta(days=1)).not_valid_after(today + dt.timedelta(days=1))
    made = made.add_extension(names, critical=False).add_extension(x509.BasicConstraints(True, None), critical=True)
    public = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem, raw = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file = folder / "host.pem"
    file.write_bytes(public + key.private_bytes(pem, raw, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return public.decode(), context
