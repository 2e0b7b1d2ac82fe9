"""A place as its form, or a file from elsewhere, tells it."""

from dataclasses import dataclass

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
