"""Reading the registry of the district's own reporting policy."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from upstander.foundation.kernel.actor import Actor
from upstander.program.law.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the registry lists it; `superseded_by` is the next one, whose first day ends this one."""

    version: PolicyVersion
    superseded_by: PolicyVersion | None
    holds: bool


def policy_on(*, actor: Actor, on: dt.date) -> PolicyVersion | None:
    """The version in force on the day `on`; None where the district has entered none. Public: it is published."""
    known = PolicyVersion.objects.filter(district_id=actor.district_id, starts_on__lte=on)
    return known.order_by("-starts_on", "-id").first()


def policy_history(*, actor: Actor, on: dt.date) -> list[Version]:
    """Every version, the newest first. Of two for one day the later entered one stands, and the other is its past."""
    known = list(PolicyVersion.objects.filter(district_id=actor.district_id).order_by("starts_on", "id"))
    in_force = policy_on(actor=actor, on=on)
    return list(reversed(list(_in_order(known, in_force))))


def _in_order(known: list[PolicyVersion], in_force: PolicyVersion | None) -> Iterator[Version]:
    for version, following in zip_longest(known, known[1:]):
        yield Version(version, following, in_force is not None and version.pk == in_force.pk)
