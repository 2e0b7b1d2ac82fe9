"""The people of the demo whom one can sign in as. Fictional; shown in the terminal and on the demo's sign-in page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPerson:
    """One account: what the person does, and what to type."""

    role: str
    address: str
    password: str


PEOPLE: tuple[DemoPerson, ...] = ()
