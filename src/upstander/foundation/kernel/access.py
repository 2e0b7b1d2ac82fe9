"""The two questions every service and selector asks: may this actor do it here, and which rows are in reach."""

from dataclasses import dataclass, replace

from upstander.foundation.kernel.actor import Actor, Grant
from upstander.foundation.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs: a district, and the region and site in it if it has one."""

    district_id: int
    region_id: int | None = None
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which places a capability reaches for one actor. `everywhere` means the actor's whole district."""

    everywhere: bool
    region_ids: frozenset[int]
    site_ids: frozenset[int]

    @property
    def is_empty(self) -> bool:
        return not (self.everywhere or self.region_ids or self.site_ids)


def require(actor: Actor, capability: str, place: Place) -> None:
    """Raise `NotAllowed` unless a grant of the actor covers this very place.

    There is no role-only check on purpose: who asks about a record names where it is.
    """
    reach = scope(actor, capability)
    inside = (
        reach.everywhere
        or (place.region_id is not None and place.region_id in reach.region_ids)
        or (place.site_id is not None and place.site_id in reach.site_ids)
    )
    if place.district_id != actor.district_id or not inside:
        raise NotAllowed(capability)


def scope(actor: Actor, capability: str) -> Scope:
    """The places in which the actor holds the capability."""
    held = [grant for grant in actor.grants if grant.capability == capability]
    return Scope(
        everywhere=any(grant.region_id is None and grant.site_id is None for grant in held),
        region_ids=frozenset(grant.region_id for grant in held if grant.region_id is not None),
        site_ids=frozenset(grant.site_id for grant in held if grant.site_id is not None),
    )


def lend(actor: Actor, *capabilities: str) -> Actor:
    """The same actor, holding `capabilities` in the whole district for the one call it is handed to.

    A part that has just decided that a step is the actor's lends what the part below asks for: who leads a session
    may close it, and closing writes completions. The audit keeps the person's own name.
    """
    return replace(actor, grants=actor.grants | {Grant(capability) for capability in capabilities})
