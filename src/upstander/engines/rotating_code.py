"""A code for a room that changes every minute: six consonants to read from a screen and type on a phone.

The alphabet leaves out vowels, so that no word can appear, and the consonants people confuse with a digit or with
another letter: G (6, C), L and Q (1, 0), S (5), V and Y (U). Fifteen letters give 15**6, over eleven million codes.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

ALPHABET = "BCDFHJKMNPRTWXZ"
LENGTH = 6
SECONDS = 60


def minute_of(at: datetime) -> int:
    """The number of the minute in which a moment with an offset lies."""
    return int(at.timestamp()) // SECONDS


def seconds_left(at: datetime) -> int:
    """How long the code of this minute still stands, 1 to 60 seconds."""
    return SECONDS - int(at.timestamp()) % SECONDS


def code_of(secret: bytes, minute: int) -> str:
    """The code for one minute. `secret` is 32 random or derived bytes that belong to one room only."""
    number = int.from_bytes(hmac.digest(secret, minute.to_bytes(8, "big"), hashlib.sha256), "big")
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def read_typed(typed: str) -> str:
    """What a person typed, as codes are written: capitals, without blanks and dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def stands(secret: bytes, typed: str, at: datetime) -> bool:
    """Whether `typed` is the code of this minute or the last one; compared in constant time."""
    minute, given = minute_of(at), read_typed(typed).encode()
    now, before = (hmac.compare_digest(code_of(secret, each).encode(), given) for each in (minute, minute - 1))
    return now or before


def proof_of(code: str, told: str) -> str:
    """What a phone without a network keeps instead of the code: a MAC of what it will tell, keyed by the code.

    It shows that whoever noted `told` knew the code then, serves for nothing else, and gives the code to nobody who
    finds the phone. 64 hex characters.
    """
    return hmac.digest(code.encode(), told.encode(), hashlib.sha256).hex()


def proven_minute(secret: bytes, told: str, proof: str, around: datetime) -> int | None:
    """The minute near `around` whose code the proof was made with; None for none of them.

    Near is one minute later (our clocks may differ by seconds) and, since a code stands for two minutes, two earlier.
    """
    middle = minute_of(around)
    for minute in range(middle - 2, middle + 2):
        if hmac.compare_digest(proof_of(code_of(secret, minute), told).encode(), proof.encode()):
            return minute
    return None


def span_of(minute: int) -> tuple[datetime, datetime]:
    """From when until when the code of a minute stands."""
    begins = datetime.fromtimestamp(minute * SECONDS, UTC)
    return begins, begins + 2 * timedelta(seconds=SECONDS)
