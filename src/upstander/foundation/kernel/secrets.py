"""Keys derived from the one secret, each for one purpose, and keyed pseudonyms."""

import hashlib
import hmac

from django.conf import settings


def keyed_digest(purpose: str, value: str) -> bytes:
    """HMAC-SHA256 of `value` under a key that serves `purpose` only (32 bytes)."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"upstander:" + purpose.encode(), hashlib.sha256)
    return hmac.digest(key, value.encode(), hashlib.sha256)


def pseudonym(purpose: str, value: str) -> str:
    """A stable stand-in for `value` (32 hex characters) that cannot be turned back without the secret."""
    return keyed_digest(purpose, value).hex()[:32]
