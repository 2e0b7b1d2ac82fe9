"""Visits without a browser: to the application in this process, or to a server over one socket."""

import os
import re
import socket
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connection

from upstander.commands.demo.people import DemoPerson
from upstander.commands.measures.readings import CannotRun
from upstander.district.places.selectors import district_for_host
from upstander.foundation.kernel.db import in_district

if TYPE_CHECKING:
    from upstander.district.places.models import District

DISTRICT_HOST = "localhost"
HOST = f"{DISTRICT_HOST}:8000"
PAGES = {"home page": "/en/", "worry page": "/en/guide/", "call screen": "/en/guide/call/"}
READING = {"page to read": "/en/learn/true_or_not/", "list of pages": "/en/learn/", "safety plan": "/en/own/plan/"}
OK, FOUND = 200, 302
SIGN_IN = "/en/account/sign-in/"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PATIENCE_SECONDS = 30


class Visitor:
    """Calls the application as the server would, without a server, and keeps its cookies."""

    def __init__(self, cookie: str = "") -> None:
        self._application: Callable[..., Any] = get_internal_wsgi_application()
        self._cookies: SimpleCookie = SimpleCookie(cookie)
        self.status = 0

    def get(self, path: str) -> bytes:
        """The body of the page; its status is in `status`."""
        return self._call("GET", path, b"")

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        """Send a form as a page of ours would."""
        return self._call("POST", path, urlencode(fields).encode())

    def _call(self, method: str, path: str, sent: bytes) -> bytes:
        address = urlsplit(path)
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if sent else "",
            "CONTENT_LENGTH": str(len(sent)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": f"http://{HOST}",
            "HTTP_ACCEPT_ENCODING": "gzip, br",
            "HTTP_COOKIE": "; ".join(f"{cookie.key}={cookie.coded_value}" for cookie in self._cookies.values()),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(sent),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
        }
        answer = self._application(environ, self._begin)
        try:
            return b"".join(answer)
        finally:
            if hasattr(answer, "close"):  # a kept copy is a plain list
                answer.close()

    def _begin(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.status = int(status.split()[0])
        for name, value in headers:
            if name == "Set-Cookie":
                self._cookies.load(value)


def sign_in(visitor: Visitor, person: DemoPerson) -> None:
    """As one of the demo's people, through the form that people use."""
    hidden = dict(HIDDEN.findall(visitor.get(SIGN_IN).decode()))
    visitor.post(SIGN_IN, {**hidden, "email": person.address, "password": person.password})
    if visitor.status != FOUND:
        raise CannotRun(f"signing in as {person.address} answers {visitor.status}")


def processor_milliseconds(visitor: Visitor, path: str, times: int) -> float:
    """Processor time of this process for one visit, from `times` of them. What PostgreSQL spends is not in it."""
    began = time.process_time()
    for _ in range(times):
        visitor.get(path)
    return (time.process_time() - began) * 1000 / times


def database_milliseconds() -> float | None:
    """Processor time so far of the PostgreSQL process that serves our connection; only Linux tells, in steps of 10."""
    connection.ensure_connection()
    process = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not process.exists():
        return None
    fields = process.read_text().rpartition(")")[2].split()  # the name before may hold spaces
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")  # user and system


class Wire:
    """One kept-open connection to a server of this machine, asking for one path over and over."""

    def __init__(self, port: int, path: str, *, packed: bool = True) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        accepts = ["Accept-Encoding: gzip, br"] if packed else []
        lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", *accepts, "", ""]
        self._question = "\r\n".join(lines).encode()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self) -> bytes:
        """The body of one answer, as packed as it came. Raises ValueError when it is not 200 or has no length."""
        self._connection.sendall(self._question)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = _length(head)
        while len(body) < length:
            body += self._more()
        return body

    def _more(self) -> bytes:
        if not (got := self._connection.recv(65536)):
            raise ValueError("the server hung up")
        return got


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    if not lines[0].endswith(b"200 ok"):
        raise ValueError(f"the server said {lines[0].decode()}")
    return next(int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:"))


def answers_in(port: int, path: str, seconds: float) -> int:
    """How many answers one client got in `seconds`."""
    count, until = 0, time.monotonic() + seconds
    with Wire(port, path) as wire:
        while time.monotonic() < until:
            wire.ask()
            count += 1
    return count


def loaded(port: int, path: str, *, packed: bool = True) -> bytes:
    """One answer's body: as it comes over the wire, or, unpacked, as it reads."""
    with Wire(port, path, packed=packed) as wire:
        return wire.ask()


def port_of(address: str) -> int:
    """The port of an address such as http://localhost:8000."""
    return urlsplit(address).port or 80


def door_code() -> str:
    """The code of a staff door of the demo's first district. Raises CannotRun where none is open."""
    with in_district(first_district().pk), connection.cursor() as cursor:
        cursor.execute("SELECT code FROM guidance_staffdoor WHERE closed_at IS NULL ORDER BY id LIMIT 1")
        found: tuple[str] | None = cursor.fetchone()
    if found is None:
        raise CannotRun("the demo has no open staff door")
    return found[0]


def first_district() -> "District":
    """The demo's first district. Raises CannotRun in a database without the demo."""
    district = district_for_host(DISTRICT_HOST)
    if district is None:
        raise CannotRun(f"no district answers at {DISTRICT_HOST}: the demo is not there")
    return district
