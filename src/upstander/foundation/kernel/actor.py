"""Who acts. Always one of three kinds, always explicit; there is no `None` and no thread-local user."""

import enum
from dataclasses import dataclass, field

# What belongs to no district, such as published facts, is done in the house itself.
HOUSE = 0


class Kind(enum.StrEnum):
    PERSON = "person"
    JOB = "job"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Grant:
    """One capability in one place; without region and site it holds for the whole district."""

    capability: str
    region_id: int | None = None
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person with the grants of one district, a named job, or an anonymous visitor.

    `name` is what the audit keeps: an account's ref, a job's name, or "visitor"; never a person's name.
    """

    kind: Kind
    district_id: int
    name: str
    account_id: int | None = None
    person_id: int | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    display_name: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.kind is Kind.PERSON

    def has(self, capability: str) -> bool:
        """Whether the actor holds the capability anywhere in the district (menus only; rules use `require`)."""
        return any(grant.capability == capability for grant in self.grants)


def visitor(district_id: int) -> Actor:
    """An anonymous visitor of one district's site."""
    return Actor(Kind.VISITOR, district_id, "visitor")


def job(name: str, district_id: int, capabilities: frozenset[str]) -> Actor:
    """A system job or command: named, in one district, with just the capabilities it was given."""
    return Actor(Kind.JOB, district_id, name, grants=frozenset(Grant(word) for word in capabilities))
