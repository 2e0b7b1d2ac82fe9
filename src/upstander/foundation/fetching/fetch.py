"""One file from one address: a few steps aside at most, within a time, up to a size."""

import datetime as dt
import http.client
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin

from upstander.foundation.fetching.addresses import Address, read_address
from upstander.foundation.fetching.causes import Cause, FetchFailed
from upstander.foundation.fetching.reach import PUBLIC, Deadline, Reach, connect

MOST_BYTES = 2_000_000  # unpacked
MOST_SECONDS = 20.0
MOST_STEPS = 3  # from one address to the next
LONGEST_WAIT = dt.timedelta(days=7)
CHUNK = 65_536
MOVED = {301, 302, 303, 307, 308}
GZIP = 16 + zlib.MAX_WBITS
ASKS = {"User-Agent": "Upstander", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip, identity"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; `data` is None where the file is still the one that was got before."""

    data: bytes | None = field(repr=False)
    etag: str = ""
    changed: str = ""


def fetch(
    address: Address,
    hosts: Sequence[str],
    *,
    etag: str = "",
    changed: str = "",
    reach: Reach = PUBLIC,
    seconds: float = MOST_SECONDS,
) -> Fetched:
    """Get the file at the address, or learn that it has not changed since `etag` or `changed`. Raises FetchFailed.

    No cookie, no password, no proxy of the environment. Each step to another address is checked like the first.
    """
    deadline = Deadline(time.monotonic() + seconds)
    known = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", changed)) if value}
    for _ in range(MOST_STEPS + 1):
        found = _ask(address, known, reach, deadline)
        if isinstance(found, Fetched):
            return found
        address = _next(address, found, hosts)
    raise FetchFailed(Cause.LED_ASTRAY)


def _next(address: Address, location: str, hosts: Sequence[str]) -> Address:
    try:
        return read_address(urljoin(f"https://{address.host}{address.target}", location), hosts)
    except FetchFailed:
        raise FetchFailed(Cause.LED_ASTRAY) from None


def _ask(address: Address, known: Mapping[str, str], reach: Reach, deadline: Deadline) -> Fetched | str:
    """The file, or where else it lies; each way in which a network fails has its cause."""
    try:
        with closing(connect(address.host, reach, deadline)) as connection:
            connection.request("GET", address.target, headers={**ASKS, **known, "Connection": "close"})
            with connection.getresponse() as answer:
                return _answered(answer)
    except ssl.SSLCertVerificationError:
        raise FetchFailed(Cause.CERTIFICATE) from None
    except TimeoutError:
        raise FetchFailed(Cause.TOO_SLOW) from None
    except (http.client.HTTPException, zlib.error, ValueError):
        raise FetchFailed(Cause.GARBLED) from None
    except OSError:
        raise FetchFailed(Cause.NO_ANSWER) from None


def _answered(answer: http.client.HTTPResponse) -> Fetched | str:
    if answer.status in MOVED:
        return answer.headers.get("Location", "")
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return Fetched(None)
    if answer.status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        raise FetchFailed(Cause.LATER, _wait(answer))
    if answer.status != HTTPStatus.OK:
        raise FetchFailed(Cause.REFUSED if answer.status < 500 else Cause.NO_ANSWER)
    data = b"".join(_within(_unpacked(answer)))
    return Fetched(data, _mark(answer, "ETag"), _mark(answer, "Last-Modified"))


def _mark(answer: http.client.HTTPResponse, name: str) -> str:
    """A header to be sent back as it came, if it is short and nothing but plain letters."""
    value = answer.headers.get(name, "")
    return value if len(value) <= 200 and value.isascii() and value.isprintable() else ""


def _wait(answer: http.client.HTTPResponse) -> dt.timedelta | None:
    """How long to leave the server alone: in seconds, or until a date, which is measured by the server's own clock."""
    told, here = answer.headers.get("Retry-After", ""), answer.headers.get("Date", "")
    try:
        wait = dt.timedelta(seconds=int(told[:9])) if told.isdecimal() else _moment(told) - _moment(here)
    except (TypeError, ValueError):
        return None
    return max(dt.timedelta(0), min(wait, LONGEST_WAIT))


def _moment(text: str) -> dt.datetime:
    return parsedate_to_datetime(text).astimezone(dt.UTC)


def _unpacked(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body piece by piece, each unpacked piece no larger than one that was not packed."""
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip"}:
        raise FetchFailed(Cause.GARBLED)
    unpack = zlib.decompressobj(GZIP) if packing != "identity" else None
    while piece := answer.read1(CHUNK):
        if unpack is None:
            yield piece
            continue
        while piece and not unpack.eof:
            yield unpack.decompress(piece, CHUNK)
            piece = unpack.unconsumed_tail
    if answer.length or (unpack is not None and not unpack.eof):  # it broke off
        raise FetchFailed(Cause.GARBLED)


def _within(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, up to the most that is taken."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise FetchFailed(Cause.TOO_LARGE)
        yield piece
