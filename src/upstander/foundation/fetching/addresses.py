"""Which addresses may be asked at all: what somebody typed, and what its name leads to."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from upstander.foundation.fetching.causes import Cause, FetchFailed

LONGEST = 1_000
SCHEMES = {"https", "webcal", "webcals"}  # calendar programs write webcal, and mean https
PRINTABLE = re.compile(r"[\x21-\x7e]+")  # no space, no line end, no letter that only looks like another
NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}")

# What Python's own lists call global, or called so in one of its versions: special uses, and ways from IPv6 to IPv4.
SPECIAL = tuple(
    ipaddress.ip_network(each)
    for each in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """A file at a host. What it is called there may be a secret, so it is shown nowhere."""

    host: str
    target: str = field(repr=False)


def is_host_name(text: str) -> bool:
    """Whether this is a full name of a host, in small letters: no bare word, no address of numbers."""
    return NAME.fullmatch(text) is not None


def read_address(text: str, hosts: Sequence[str]) -> Address:
    """What somebody typed, or a server answered, as an address at one of the named hosts.

    Raises FetchFailed: only https at its usual port, at a host called by name, without a user or a password in it.
    """
    if len(text) > LONGEST or not PRINTABLE.fullmatch(text):
        raise FetchFailed(Cause.NOT_AN_ADDRESS)
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or ""), parts.port
    except ValueError:
        raise FetchFailed(Cause.NOT_AN_ADDRESS) from None
    if parts.scheme not in SCHEMES or port not in {None, 443} or "@" in parts.netloc or not is_host_name(host):
        raise FetchFailed(Cause.NOT_AN_ADDRESS)
    if not any(host.endswith(named) if named.startswith(".") else host == named for named in hosts):
        raise FetchFailed(Cause.HOST_NOT_NAMED)
    return Address(host, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the public internet: not to us, our network, our provider, or a group.

    IPv4 inside IPv6 is judged as the IPv4 it is; what a gateway on the way would turn into one is refused.
    """
    try:
        found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id:
            return False
        found = found.ipv4_mapped or found
    if any(found in network for network in SPECIAL):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
