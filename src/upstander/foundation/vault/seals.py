"""Sealing a text with a key that is not in the database, for one row of one table of one district.

A sealed text is `version.key.rest`: which format, which key, and then nonce and cipher text. The key's name is
bound to it, and so is what it is about: moved into another row it does not open.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from upstander.foundation.kernel.models import DistrictModel

VERSION = "1"
NONCE_BYTES = 12


class VaultError(Exception):
    """Base of what can go wrong; its words name a key at most, never anything that was sealed."""


class NoKey(VaultError):
    """This server has no key at all, so nothing is sealed."""


class UnknownKey(VaultError):
    """The key it was sealed with is not among this server's keys."""


class Broken(VaultError):
    """It does not open: changed, moved into another row, or of a version this server does not know."""


@dataclass(frozen=True, slots=True)
class About:
    """The row a text belongs to."""

    table: str
    ref: str
    district_id: int


def about(row: DistrictModel) -> About:
    """A district's row as a sealed text is bound to it. Its ref is known before it is saved."""
    return About(row._meta.db_table, row.ref, row.district_id)


def is_ready() -> bool:
    """Whether this server can seal at all."""
    return bool(settings.VAULT_KEYS)


def seal(plain: str, *, about: About) -> str:
    """The text, sealed with the first of this server's keys. Raises NoKey."""
    key = _first_key()
    name, nonce = _name_of(key), secrets.token_bytes(NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, plain.encode(), _bound(name, about))
    return f"{VERSION}.{name}.{base64.urlsafe_b64encode(nonce + closed).decode()}"


def open_sealed(sealed: str, *, about: About) -> str:
    """The text again. Raises UnknownKey or Broken; neither tells what stood there."""
    version, _, rest = sealed.partition(".")
    name, _, body = rest.partition(".")
    if version != VERSION:
        raise Broken("A sealed value has a version this server does not know.")
    try:
        data = base64.urlsafe_b64decode(body)
        plain = AESGCM(_key_named(name)).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _bound(name, about))
    except (InvalidTag, ValueError):
        raise Broken(f"A sealed value of {about.table} does not open: it was changed or moved.") from None
    return plain.decode()


def current_mark() -> str:
    """How every text begins that is sealed as it would be sealed now. Raises NoKey."""
    return f"{VERSION}.{_name_of(_first_key())}."


def _bound(name: str, about: About) -> bytes:
    return json.dumps([VERSION, name, about.table, about.ref, about.district_id]).encode()


def _first_key() -> bytes:
    keys: list[bytes] = settings.VAULT_KEYS
    if not keys:
        raise NoKey("UPSTANDER_VAULT_KEYS is not set, so nothing can be sealed.")
    return keys[0]


def _key_named(name: str) -> bytes:
    for key in settings.VAULT_KEYS:
        if _name_of(key) == name:
            found: bytes = key
            return found
    raise UnknownKey(f"The key {name} is not among UPSTANDER_VAULT_KEYS.")


def _name_of(key: bytes) -> str:
    """A key is named by its own digest, so that nobody has to number keys, or numbers two alike."""
    return hashlib.sha256(b"upstander vault key:" + key).hexdigest()[:8]
