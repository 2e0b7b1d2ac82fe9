"""Names for records outside the database. No sequence number is ever shown."""

import secrets

# Crockford's base 32: no I, L, O, U, so that a ref survives being read out over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH = 12


def new_ref() -> str:
    """12 random characters (60 bits): names a record in addresses, files and mails."""
    return new_code(REF_LENGTH)


def new_code(length: int = 16) -> str:
    """`length` random characters of 5 bits each; proof codes take 16 or more (80 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """What a person typed, as we store it: capitals, no dashes or blanks, look-alikes mended."""
    kept = "".join(ch for ch in typed.upper() if ch.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))
