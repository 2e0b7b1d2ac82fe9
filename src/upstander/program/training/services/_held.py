"""What can hold of a member of the Cadre by date, and the rows that say it. Only this part's services call it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.district.people.selectors import person_by_staff_number
from upstander.district.places.policies import known_by
from upstander.district.places.selectors import region_by_ref, site_by_ref
from upstander.district.places.services.dated import supersede, written_again
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.training import policies
from upstander.program.training.models import (
    Credential,
    HomeBase,
    KeptApart,
    MemberRegion,
    MemberUnit,
    Release,
    Skill,
    Unit,
)


@dataclass(frozen=True, slots=True)
class HomeRegion:
    """They belong to the region with this ref."""

    ref: str


@dataclass(frozen=True, slots=True)
class BasedAt:
    """They set out from the site with this ref."""

    ref: str


@dataclass(frozen=True, slots=True)
class FromUnit:
    """They come from the unit with this ref."""

    ref: str


@dataclass(frozen=True, slots=True)
class Credentialed:
    """They hold a credential."""

    issuer: str
    is_certificated: bool


@dataclass(frozen=True, slots=True)
class Released:
    """Their supervisor, known by staff number, releases them."""

    staff_number: str


@dataclass(frozen=True, slots=True)
class Skilled:
    """They may take this part in this kind of session."""

    offering: str
    part: str


@dataclass(frozen=True, slots=True)
class Apart:
    """They do not come to the site with this ref, for a `KeptApart.Reason`."""

    site_ref: str
    reason: str


What = HomeRegion | BasedAt | FromUnit | Credentialed | Released | Skilled | Apart


def row_of(actor: Actor, what: What, at: dt.datetime) -> Any:
    """The row that says it, without member and days, not yet saved."""
    return ROWS[type(what)](actor, what, at)


def hold(row: Any, at: dt.datetime) -> None:
    """Save the row in place of what is known of its kind from its first day on; what protects somebody also stays
    after its last day, since only a word of its own ends it.
    """
    model = type(row)
    same = {name: getattr(row, name) for name in TOLD_APART_BY.get(model, ())}
    known = model.objects.filter(known_by(None), member=row.member, **same).order_by("id")
    changed = [old for old in known if old.ends_on is None or old.ends_on > row.starts_on]
    if model in PROTECTS and row.ends_on:
        changed = [old for old in changed if old.starts_on < row.ends_on]
    supersede(model, changed, at)
    kept = [written_again(old, ends_on=row.starts_on, at=at) for old in changed if _first(old) < row.starts_on]
    if model in PROTECTS and row.ends_on:
        longer = [old for old in changed if old.ends_on is None or old.ends_on > row.ends_on]
        kept += [written_again(old, starts_on=row.ends_on, ends_on=old.ends_on, at=at) for old in longer]
    row.recorded_at = at
    model.objects.bulk_create([*kept, row])


def _first(row: Any) -> dt.date:
    """A row without a first day has held from the beginning."""
    return row.starts_on or dt.date.min


def _region(actor: Actor, what: HomeRegion, _at: dt.datetime) -> MemberRegion:
    return MemberRegion(region=region_by_ref(actor=actor, ref=what.ref))


def _base(actor: Actor, what: BasedAt, at: dt.datetime) -> HomeBase:
    site = site_by_ref(actor=actor, ref=what.ref, on=policies.today(actor, at))
    if site.latitude is None or site.longitude is None:
        raise Invalid(_("This site has no place on the map yet. Please choose another."), "base")
    return HomeBase(site=site, latitude=site.latitude, longitude=site.longitude)


def _unit(_actor: Actor, what: FromUnit, _at: dt.datetime) -> MemberUnit:
    unit = Unit.objects.select_for_update().filter(ref=what.ref).first()  # nobody ends it until the row is there
    if unit is None:
        raise NotFound(what.ref)
    if unit.ended_on is not None:
        raise Invalid(_("This unit has ended meanwhile. Please choose another one."), "unit")
    return MemberUnit(unit=unit)


def _credential(_actor: Actor, what: Credentialed, _at: dt.datetime) -> Credential:
    return Credential(issuer=" ".join(what.issuer.split()), is_certificated=what.is_certificated)


def _release(actor: Actor, what: Released, _at: dt.datetime) -> Release:
    person = person_by_staff_number(actor=actor, staff_number=what.staff_number)
    if person is None:
        raise Invalid(_("Nobody of the staff has this number. Please look at it again."), "staff_number")
    return Release(released_by=person)


def _skill(_actor: Actor, what: Skilled, _at: dt.datetime) -> Skill:
    return Skill(offering=what.offering, part=what.part)


def _apart(actor: Actor, what: Apart, at: dt.datetime) -> KeptApart:
    site = site_by_ref(actor=actor, ref=what.site_ref, on=policies.today(actor, at))
    return KeptApart(site=site, reason=what.reason, account_id=actor.account_id)


ROWS: dict[type[Any], Callable[[Actor, Any, dt.datetime], Any]] = {
    HomeRegion: _region,
    BasedAt: _base,
    FromUnit: _unit,
    Credentialed: _credential,
    Released: _release,
    Skilled: _skill,
    Apart: _apart,
}
PROTECTS = frozenset({KeptApart})
TOLD_APART_BY: dict[type[Any], tuple[str, ...]] = {Skill: ("offering",), KeptApart: ("site",)}  # of one kind many hold
