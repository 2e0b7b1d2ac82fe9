"""What people may type where everyone reads it: numbers, names, addresses. Nothing here has room for a message."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

# A number of the North American plan: ten digits, the country's 1 before them or not, and no area or exchange that is
# sold by the minute; the three digits that a whole country or county shares (211, 911, 988); an extension.
PHONE = re.compile(
    r"(\+?1[ .\-]?)?(?!\(?(900|.11))(\([2-9]\d\d\) ?|[2-9]\d\d[ .\-/]?)(?!976)[2-9]\d\d[ .\-]?\d{4}"
    r"( ?(x|ext\.?) ?\d{1,6})?|[2-9]11|988",
    re.ASCII | re.IGNORECASE,
)
NAME = re.compile(r"[^\W_][\w .,’'()&/\-]*")
NUMBER_OF_POLICY = re.compile(r"[a-z0-9][a-z0-9 ./\-]*", re.ASCII | re.IGNORECASE)
LIKE_A_PHONE = re.compile(r"\d{7}")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w]+(?=\d)")
HOST = re.compile(r"([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,}", re.ASCII | re.IGNORECASE)
is_https = URLValidator(schemes=["https"])

# "Unified Police" alone may be a county's own force; after a name it is a school district's.
_SCHOOL = r"schools?|campus|district|\w*(?:isd|usd|uhsd)|\w+ unified|unified school|escolar(?:es)?|escuelas?|distrito"
_POLICE = r"police|policial|polic[ií]as?|p ?d"
SCHOOL_POLICE = re.compile(
    rf"\b(?:{_SCHOOL})\b.*\b(?:{_POLICE})\b|\b(?:{_POLICE})\b.*\b(?:{_SCHOOL})\b|\b(?:\w*(?:isd|usd|uhsd)|las)pd\b",
    re.IGNORECASE,
)


def is_phone(text: str) -> bool:
    """Whether the text is a phone number and nothing else."""
    return PHONE.fullmatch(text) is not None


def is_mail(text: str) -> bool:
    """Whether the text is an e-mail address and nothing else."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_name(text: str) -> bool:
    """Whether the text can name a person, a post, an office or a policy, and holds no number that could be called."""
    return NAME.fullmatch(text) is not None and not _holds_a_phone(text)


def is_policy_number(text: str) -> bool:
    """Whether the text can be what a policy is filed under, for instance "BUL-1347.5"."""
    return NUMBER_OF_POLICY.fullmatch(text) is not None and not _holds_a_phone(text)


def is_school_police(text: str, excluded: Iterable[str] = ()) -> bool:
    """Whether a name is a school's or a district's own police, or one of the names that the law pack excludes."""
    plain = " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text)).split())
    return SCHOOL_POLICE.search(plain) is not None or any(name.casefold() in plain.casefold() for name in excluded)


def is_public_address(text: str) -> bool:
    """Whether the text is the https address of a named host: no account, no port, no bare network number in it."""
    try:
        is_https(text)
        parts = urlsplit(text)
        given = (parts.username, parts.password, parts.port)
    except (ValidationError, ValueError):
        return False
    host = parts.hostname or ""
    is_plain = not any(given) and "@" not in parts.netloc and ":" not in parts.netloc and "\\" not in text
    return is_plain and HOST.fullmatch(host) is not None and "xn--" not in host.lower() and not _is_ip(host)


def _holds_a_phone(text: str) -> bool:
    return LIKE_A_PHONE.search(BETWEEN_DIGITS.sub("", text)) is not None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
