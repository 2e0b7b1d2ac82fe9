"""Connecting to a host by an address that was checked, under one deadline for everything."""

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from upstander.foundation.fetching.addresses import is_public
from upstander.foundation.fetching.causes import Cause, FetchFailed

HTTPS_PORT = 443


def resolve(host: str) -> list[str]:
    """Every IP address a name has now."""
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far asking reaches. There is one in the product; tests make their own, and no setting does."""

    resolve: Callable[[str], list[str]] = resolve
    may_ask: Callable[[str], bool] = is_public
    port: int = HTTPS_PORT
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context


PUBLIC = Reach()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which everything is over, on a clock that nobody puts back."""

    moment: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds that are left. Raises FetchFailed when there are none."""
        seconds = self.moment - time.monotonic()
        if seconds <= 0:
            raise FetchFailed(Cause.TOO_SLOW)
        return seconds


class HurriedSocket(ssl.SSLSocket):
    """Reads within a deadline, however few bytes at a time the other side sends."""

    deadline: Deadline | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """One read, in what is left of the time."""
        if self.deadline is not None:
            self.settimeout(self.deadline.left())
        return super().recv_into(*args, **kwargs)


def connect(host: str, reach: Reach, deadline: Deadline) -> http.client.HTTPConnection:
    """A connection to the host, its certificate verified, at an address that `reach` allows. Raises FetchFailed.

    The name is looked up once. All its addresses must be allowed, and the connection goes to one of those: a name that
    answers differently a moment later changes nothing.
    """
    connection = http.client.HTTPConnection(host)
    connection.auto_open = 0  # http.client must never look the name up again by itself
    connection.sock = _secured(_opened(_allowed(host, reach, deadline), reach.port, deadline), host, reach, deadline)
    return connection


def _allowed(host: str, reach: Reach, deadline: Deadline) -> list[str]:
    found = _looked_up(host, reach, deadline)
    if not found:
        raise FetchFailed(Cause.NO_SUCH_HOST)
    if not all(reach.may_ask(each) for each in found):
        raise FetchFailed(Cause.NOT_PUBLIC)
    return found


def _looked_up(host: str, reach: Reach, deadline: Deadline) -> list[str]:
    """In a thread, because looking up has no time limit of its own."""
    answer: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(reach.resolve(host))
        except (OSError, UnicodeError):
            answer.put([])

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answer.get(timeout=deadline.left())
    except queue.Empty:
        raise FetchFailed(Cause.TOO_SLOW) from None


def _opened(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=deadline.left())
        except OSError:
            continue
    deadline.left()
    raise FetchFailed(Cause.NO_ANSWER)


def _secured(plain: socket.socket, host: str, reach: Reach, deadline: Deadline) -> HurriedSocket:
    context = reach.context()
    context.sslsocket_class = HurriedSocket
    try:
        plain.settimeout(deadline.left())
        secured = context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    assert isinstance(secured, HurriedSocket)
    secured.deadline = deadline
    return secured
