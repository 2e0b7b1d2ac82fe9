"""Ways out: no public page leads straight to somebody else's site, but first to a page that says what to know.

The address of that page holds where it leads, signed: nobody else can make one, and no list has to be kept. It is
signed for one district: what one names in its directory leads nowhere by the name of another on the same server.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from django.core import signing

from upstander.foundation.kernel.errors import NotFound

MOST_KEPT = 2048


@lru_cache(maxsize=MOST_KEPT)
def sealed(address: str, district: str) -> str:
    """The outside address as the leaving page's own address holds it on the site of a district, given by its ref."""
    return _signer(district).sign_object(address)


def unsealed(sign: str, district: str) -> str:
    """The outside address. Raises NotFound for one that was not sealed for this district."""
    try:
        address = str(_signer(district).unsign_object(sign))
        if urlsplit(address).scheme not in {"http", "https"}:
            raise NotFound(sign)
    except (signing.BadSignature, ValueError):
        raise NotFound(sign) from None
    return address


def _signer(district: str) -> signing.Signer:
    return signing.Signer(salt=f"outside:{district}")
