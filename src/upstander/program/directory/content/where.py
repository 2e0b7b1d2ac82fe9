"""A place as its form, or a file from elsewhere, tells it."""

import hashlib
from dataclasses import dataclass

from upstander.program.directory.content.words import letters_of

ACCESS = frozenset({"step_free", "restroom", "bus", "sign"})  # how it can be reached and used, as entries say it


@dataclass(frozen=True, slots=True)
class Where:
    """A place: of which kind (open, area only, virtual), where it is, and how it can be reached and used."""

    kind: str
    name: str = ""
    street: str = ""
    city: str = ""
    state_code: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: tuple[str, ...] = ()


def address_of(street: str, city: str) -> str:
    """A street of a city as a digest: the same for two ways of writing it, and nothing where there is no street."""
    letters = letters_of(street)
    return hashlib.sha256(f"{letters}|{letters_of(city)}".encode()).hexdigest() if letters else ""
