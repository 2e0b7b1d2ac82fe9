"""Reading the registry of the district's own reporting policy."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.program.law import policies
from upstander.program.law.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the registry lists it; `superseded_by` is the next one, whose first day ends this one."""

    version: PolicyVersion
    superseded_by: PolicyVersion | None
    holds: bool
    waits: bool = False  # for a second person: nobody else sees it
    can_sign: bool = False


def policy_on(*, actor: Actor, on: dt.date) -> PolicyVersion | None:
    """The signed version in force on the day `on`; None where there is none. Public: it is published."""
    return _signed(actor).filter(starts_on__lte=on).order_by("-starts_on", "-id").first()


def policy_history(*, actor: Actor, on: dt.date) -> list[Version]:
    """Every version: what waits for a second person, then the newest first.

    Of two for one day the later entered one stands, and the other is its past.
    """
    known = list(_signed(actor).order_by("starts_on", "id"))
    in_force = next((version for version in reversed(known) if version.starts_on <= on), None)
    listed = [Version(version, following, version is in_force) for version, following in zip_longest(known, known[1:])]
    return [*_waiting(actor), *reversed(listed)]


def policies_to_sign(*, actor: Actor) -> int:
    """How many versions wait for this very person."""
    return sum(version.can_sign for version in _waiting(actor))


def _signed(actor: Actor) -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.filter(district_id=actor.district_id, signatures__isnull=False)


def _waiting(actor: Actor) -> Iterator[Version]:
    found = PolicyVersion.objects.filter(district_id=actor.district_id, signatures__isnull=True)
    may_sign = policies.may_sign_for_district(actor)
    for version in found.order_by("-id"):
        can_sign = may_sign and version.entered_by_id != actor.account_id
        yield Version(version, None, holds=False, waits=True, can_sign=can_sign)
