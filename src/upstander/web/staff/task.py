"""What a thing to do is, for whatever finds some."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    href: str
    title: str
    text: str
