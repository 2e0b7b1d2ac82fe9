"""Names for records outside the database. No sequence number is ever shown."""

import secrets

# Crockford's base 32: no I, L, O, U, so that a ref survives being read out over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH = 12
# 256 is a multiple of 32, so every letter is as likely as any other.
_LETTER_OF_BYTE = (ALPHABET * 8).encode()


def new_ref() -> str:
    """12 random characters (60 bits): names a record in addresses, files and mails."""
    return new_code(REF_LENGTH)


def new_code(length: int = 16) -> str:
    """`length` random characters of 5 bits each; proof codes take 16 or more (80 bits)."""
    return secrets.token_bytes(length).translate(_LETTER_OF_BYTE).decode()


def new_refs(count: int) -> list[str]:
    """Refs for a whole set of rows at once: as random as `new_ref`, and faster than one by one."""
    letters = secrets.token_bytes(REF_LENGTH * count).translate(_LETTER_OF_BYTE).decode()
    return [letters[start : start + REF_LENGTH] for start in range(0, len(letters), REF_LENGTH)]


def read_code(typed: str) -> str:
    """What a person typed, as we store it: capitals, no dashes or blanks, look-alikes mended."""
    kept = "".join(ch for ch in typed.upper() if ch.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))
