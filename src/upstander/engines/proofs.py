"""Proofs of a report: a short signed text that anyone can check offline, and that names nobody.

A proof is `UP1.<payload>.<signature>`, both parts base64url. The payload is JSON: `p` the proof's random code, `k` the
key's id, `m` when it was made and `r` when the information came (minutes since 1970, UTC), `e` what was done, each
`[kind, agency, manner, minutes after r]` as places in the tables below. Tables only grow at their end: an old proof
must read the same for ever.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = "UP1"
KINDS = ("attempt", "written", "answer")
AGENCIES = ("child_welfare", "law", "probation", "other")
MANNERS = (
    *("answered", "busy", "on_hold", "cut_off"),
    *("online", "mail", "fax", "in_person", "other"),
    *("confirmed", "result", "question"),
)
LONGEST = 4_000
_FORM = re.compile(rf"{VERSION}\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done, as words of the tables."""

    kind: str
    agency: str
    manner: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """What a proof says. Moments are UTC, to the minute."""

    code: str
    key_id: str
    made_at: datetime
    received_at: datetime
    deeds: tuple[Deed, ...]


def public_key(seed: bytes) -> bytes:
    """The public key (32 bytes) of the private key that `seed` (32 bytes) is."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """Eight hex characters that name a public key."""
    return hashlib.sha256(public).hexdigest()[:8]


def sign(statement: Statement, seed: bytes) -> str:
    """The proof of `statement`, signed with the private key `seed`."""
    text = json.dumps(_packed(statement), separators=(",", ":")).encode()
    signed = f"{VERSION}.{_encoded(text)}"
    return f"{signed}.{_encoded(Ed25519PrivateKey.from_private_bytes(seed).sign(signed.encode()))}"


def find(text: str) -> str | None:
    """The first proof that stands in `text`, such as an address with a proof behind `#`, or a file's text."""
    found = _FORM.search(text)
    return found[0] if found and len(found[0]) <= LONGEST else None


def begins(text: str) -> bool:
    """Whether a proof at least begins in `text`: a number or a word that was typed is no signed text at all."""
    return f"{VERSION}." in text


def verify(proof: str, keys: Mapping[str, bytes]) -> Statement | None:
    """What `proof` says, if one of `keys` (id to public key, retired ones too) signed exactly this; else None."""
    found = _FORM.fullmatch(proof) if len(proof) <= LONGEST else None
    if found is None:
        return None
    try:  # nothing is read before its signature is known to be ours: a stranger's JSON may be built to break a reader
        signer = _signer(proof.rpartition(".")[0].encode(), _decoded(found[2]), keys)
        statement = _read(json.loads(_decoded(found[1]))) if signer else None
    except (binascii.Error, KeyError, ValueError, TypeError, IndexError, OverflowError, RecursionError):
        return None
    return statement if statement and statement.key_id == signer else None


def _signer(signed: bytes, signature: bytes, keys: Mapping[str, bytes]) -> str | None:
    """The id of the key that signed; there are few, for one is added only when the key is changed."""
    for name, public in keys.items():
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
        except InvalidSignature:
            continue
        return name
    return None


def _packed(statement: Statement) -> dict[str, object]:
    start = _minutes(statement.received_at)
    deeds = [
        [KINDS.index(d.kind), AGENCIES.index(d.agency), MANNERS.index(d.manner), _minutes(d.moment) - start]
        for d in statement.deeds
    ]
    return {"p": statement.code, "k": statement.key_id, "m": _minutes(statement.made_at), "r": start, "e": deeds}


def _read(packed: dict[str, object]) -> Statement:
    start = packed["r"]
    if not isinstance(start, int) or not isinstance(packed["m"], int) or not isinstance(packed["e"], list):
        raise ValueError("not a proof's payload")
    deeds = (Deed(_at(KINDS, k), _at(AGENCIES, a), _at(MANNERS, m), _moment(start + t)) for k, a, m, t in packed["e"])
    return Statement(str(packed["p"]), str(packed["k"]), _moment(packed["m"]), _moment(start), tuple(deeds))


def _at(table: tuple[str, ...], place: int) -> str:
    if place < 0:
        raise ValueError("a place in a table is not negative")
    return table[place]


def _minutes(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds() // 60)


def _moment(minutes: int) -> datetime:
    return _EPOCH + timedelta(minutes=minutes)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
