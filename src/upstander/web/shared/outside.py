"""Ways out: no public page leads straight to somebody else's site, but first to a page that says what to know.

The address of that page holds where it leads, signed: nobody else can make one, and no list has to be kept.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from django.core import signing

from upstander.foundation.kernel.errors import NotFound

SIGNER = signing.Signer(salt="outside")
MOST_KEPT = 2048


@lru_cache(maxsize=MOST_KEPT)
def sealed(address: str) -> str:
    """The outside address as the leaving page's own address holds it."""
    return SIGNER.sign_object(address)


def unsealed(sign: str) -> str:
    """The outside address. Raises NotFound for one that we did not seal."""
    try:
        address = str(SIGNER.unsign_object(sign))
        if urlsplit(address).scheme not in {"http", "https"}:
            raise NotFound(sign)
    except (signing.BadSignature, ValueError):
        raise NotFound(sign) from None
    return address
