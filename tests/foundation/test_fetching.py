"""Asking another server: what may be asked, and what it can do to us."""

import gzip
import itertools
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.factories.calendar_host import NAME, OTHER, CalendarHost, calendar_host, reply
from upstander.foundation.fetching import MOST_BYTES, Address, Cause, FetchFailed, fetch, read_address
from upstander.foundation.fetching.addresses import is_public
from upstander.foundation.fetching.reach import HTTPS_PORT, PUBLIC

HOSTS = [NAME, OTHER]
SECRET = "/private-4711/basic.ics"
HERE = Address(NAME, SECRET)
# fmt: off
INSIDE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::",
    "2001:0:7f00:1::", "2001:db8::1", "100::1", "nonsense",
]
# fmt: on


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarHost]:
    with calendar_host(tmp_path_factory.mktemp("host")) as host:
        yield host


@pytest.fixture
def host(running: CalendarHost) -> CalendarHost:
    """As if it had never been asked anything."""
    running.answers.clear()
    running.asked.clear()
    running.looked_up.clear()
    running.leads_to[:] = ["127.0.0.1"]
    return running


def failure(host: CalendarHost, answer: Any, **more: Any) -> FetchFailed:
    host.answers[SECRET] = answer
    with pytest.raises(FetchFailed) as refused:
        fetch(HERE, HOSTS, reach=more.pop("reach", host.reach), **more)
    assert "4711" not in f"{refused.value!r} {refused.value.__cause__!r}"
    return refused.value


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("http://calendar.example.org/a.ics", Cause.NOT_AN_ADDRESS),
        ("ftp://calendar.example.org/a.ics", Cause.NOT_AN_ADDRESS),
        ("file:///etc/passwd", Cause.NOT_AN_ADDRESS),
        ("calendar.example.org/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://calendar.example.org:8443/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://calendar.example.org:x/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://me:word@calendar.example.org/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://calendar.example.org@127.0.0.1/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://127.0.0.1/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://2130706433/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://0x7f.1/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://[::1]/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://localhost/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://calendar.example.org./a.ics", Cause.NOT_AN_ADDRESS),
        ("https://calendar.example.org/a\r\nHost: b", Cause.NOT_AN_ADDRESS),
        ("https://calendar.example.org\t/a.ics", Cause.NOT_AN_ADDRESS),
        ("https://calendаr.example.org/a.ics", Cause.NOT_AN_ADDRESS),
        (f"https://calendar.example.org/{'a' * 1000}", Cause.NOT_AN_ADDRESS),
        ("https://example.org/a.ics", Cause.HOST_NOT_NAMED),
        ("https://evilcalendar.example.org/a.ics", Cause.HOST_NOT_NAMED),
        ("https://calendar.example.org.evil.example/a.ics", Cause.HOST_NOT_NAMED),
        ("https://below.example/a.ics", Cause.HOST_NOT_NAMED),
    ],
)
def test_what_is_no_address_at_a_named_host_is_refused(text: str, cause: Cause) -> None:
    with pytest.raises(FetchFailed) as refused:
        read_address(text, [NAME, ".below.example"])
    assert refused.value.cause is cause


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://Calendar.Example.org/a.ics?key=1#top", Address(NAME, "/a.ics?key=1")),
        ("webcal://calendar.example.org:443/a.ics", Address(NAME, "/a.ics")),
        ("https://p12.below.example", Address("p12.below.example", "/")),
    ],
)
def test_what_calendar_programs_give_is_an_address_and_its_file_is_not_shown(text: str, address: Address) -> None:
    assert read_address(text, [NAME, ".below.example"]) == address
    assert repr(address) == f"Address(host='{address.host}')"


@pytest.mark.parametrize(
    "inside",
    INSIDE,
)
def test_addresses_inside_are_never_asked(inside: str) -> None:
    assert not is_public(inside)


@pytest.mark.parametrize("outside", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(outside: str) -> None:
    assert is_public(outside)


def test_the_products_own_reach_asks_public_addresses_at_the_usual_port_only() -> None:
    assert (PUBLIC.may_ask, PUBLIC.port, HTTPS_PORT) == (is_public, 443, 443)
    assert PUBLIC.context().check_hostname
    with pytest.raises(FetchFailed) as refused:
        fetch(HERE, HOSTS, reach=replace(PUBLIC, resolve=lambda _: ["8.8.8.8", "127.0.0.1"]))
    assert refused.value.cause is Cause.NOT_PUBLIC  # one address inside is enough


def test_a_file_comes_with_its_marks_and_unchanged_costs_nothing(host: CalendarHost, monkeypatch: Any) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    since = "Mon, 16 Nov 2026 08:00:00 GMT"
    host.answers[SECRET] = reply(
        gzip.compress(b"BEGIN:VCALENDAR"),
        Content_Encoding="gzip",
        ETag='"a1"',
        Last_Modified=since,
        Set_Cookie="who=you",
    )
    found = fetch(HERE, HOSTS, reach=host.reach)
    assert (found.data, found.etag, found.changed) == (b"BEGIN:VCALENDAR", '"a1"', since)
    assert "BEGIN" not in repr(found)
    host.answers[SECRET] = reply(status="304 Not Modified")
    assert fetch(HERE, HOSTS, etag=found.etag, changed=found.changed, reach=host.reach).data is None
    first, second = (asked.decode() for asked in host.asked)
    assert f"GET {SECRET} HTTP/1.1\r\nHost: {NAME}\r\nUser-Agent: Upstander\r\n" in first
    assert 'If-None-Match: "a1"' in second and "If-Modified-Since: Mon" in second
    assert "Cookie" not in first + second and "None" not in first


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (reply(status="404 Not Found"), Cause.REFUSED),
        (reply(status="401 Unauthorized"), Cause.REFUSED),
        (reply(status="500 Internal Server Error"), Cause.NO_ANSWER),
        (b"not http at all\r\n\r\n", Cause.GARBLED),
        (b"", Cause.GARBLED),
        (reply(b"x", Content_Encoding="br"), Cause.GARBLED),
        (reply(gzip.compress(b"x" * 100)[:-9], Content_Encoding="gzip"), Cause.GARBLED),
        (reply(b"x", Content_Length="9"), Cause.GARBLED),
        (reply(b"x" * (MOST_BYTES + 1)), Cause.TOO_LARGE),
        (reply(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip"), Cause.TOO_LARGE),
        (reply(status="302 Found", Location="https://127.0.0.1/a.ics"), Cause.LED_ASTRAY),
        (reply(status="302 Found", Location="http://calendar.example.org/a.ics"), Cause.LED_ASTRAY),
        (reply(status="302 Found", Location="https://stranger.example/a.ics"), Cause.LED_ASTRAY),
        (reply(status="302 Found", Location=SECRET), Cause.LED_ASTRAY),  # round and round
        (reply(status="302 Found", Location=f"https://{OTHER}/a.ics"), Cause.CERTIFICATE),
    ],
    ids=itertools.count(),
)
def test_a_bad_answer_ends_with_its_cause(host: CalendarHost, answer: bytes, cause: Cause) -> None:
    assert failure(host, answer).cause is cause
    assert len(host.asked) <= 4


def test_a_server_that_asks_to_be_left_alone_is_heard(host: CalendarHost) -> None:
    seconds = failure(host, reply(status="503 Service Unavailable", Retry_After="7200"))
    assert (seconds.cause, seconds.wait and seconds.wait.total_seconds()) == (Cause.LATER, 7200)
    now, later = "Mon, 16 Nov 2026 08:00:00 GMT", "Mon, 16 Nov 2026 09:00:00 GMT"
    until = failure(host, reply(status="429 Too Many Requests", Date=now, Retry_After=later))
    assert until.wait and until.wait.total_seconds() == 3600
    assert failure(host, reply(status="429 Too Many Requests", Retry_After="soon")).wait is None
    longest = failure(host, reply(status="429 Too Many Requests", Retry_After="9" * 50)).wait
    assert longest and longest.days == 7


def test_a_name_that_answers_differently_a_moment_later_changes_nothing(host: CalendarHost) -> None:
    host.leads_to[:] = ["127.0.0.1", "127.0.0.2"]
    host.answers[SECRET] = reply(b"BEGIN:VCALENDAR")
    assert fetch(HERE, HOSTS, reach=host.reach).data == b"BEGIN:VCALENDAR"
    assert host.looked_up == [NAME]
    host.looked_up.clear()
    host.answers["/first"] = reply(status="302 Found", Location=SECRET)  # a step is looked up again, and checked again
    with pytest.raises(FetchFailed) as refused:
        fetch(Address(NAME, "/first"), HOSTS, reach=host.reach)
    assert (refused.value.cause, host.looked_up) == (Cause.NOT_PUBLIC, [NAME, NAME])


def drip(secured: socket.socket, _asked: bytes) -> None:
    """A header that never ends, a letter at a time: each read is quick, the whole is not."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
        secured.sendall(bytes([letter]))
        time.sleep(0.02)


def test_a_server_that_drips_is_left_when_the_time_is_over(host: CalendarHost) -> None:
    began = time.monotonic()
    assert failure(host, drip, seconds=0.3).cause is Cause.TOO_SLOW
    assert time.monotonic() - began < 1


def test_a_name_that_takes_for_ever_or_leads_nowhere(host: CalendarHost) -> None:
    slow = replace(host.reach, resolve=lambda _: time.sleep(0.5) or [])  # type: ignore[func-returns-value]
    assert failure(host, b"", reach=slow, seconds=0.1).cause is Cause.TOO_SLOW
    assert failure(host, b"", reach=replace(host.reach, resolve=lambda _: [])).cause is Cause.NO_SUCH_HOST
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert failure(host, b"", reach=replace(host.reach, port=port)).cause is Cause.NO_ANSWER
