"""What holds of a member of the Cadre by date, and how much may be asked of them. Coordinators keep it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people.selectors import person_by_staff_number
from upstander.district.places.policies import known_by
from upstander.district.places.selectors import region_by_ref, site_by_ref
from upstander.district.places.services.dated import supersede, written_again
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events, policies
from upstander.program.training.models import (
    CadreMember,
    Credential,
    KeptApart,
    MemberRegion,
    MemberUnit,
    Release,
    Skill,
    Unit,
)
from upstander.program.training.services import _members

MOST_PER_DAY, MOST_PER_WEEK, MOST_KM = 6, 20, 500


@dataclass(frozen=True, slots=True)
class HomeRegion:
    """They belong to the region with this ref."""

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


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked: sessions a day and a week, kilometers one way (None: any), who stands in for them."""

    most_per_day: int
    most_per_week: int
    travel_limit_km: int | None
    languages: tuple[str, ...]
    deputy_ref: str = ""


What = HomeRegion | FromUnit | Credentialed | Released | Skilled | Apart


@transaction.atomic
def hold_fact(
    *,
    actor: Actor,
    member_ref: str,
    what: What,
    starts_on: dt.date,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> None:
    """Let a fact hold of a member from `starts_on` until the day before `ends_on` (None: without end).

    It takes the place of what was known of the same kind from that day on; what was believed before can still be
    told. Needs `training.coordinate` in the member's region. Raises Invalid at `ends_on`, `staff_number`.
    """
    member = _members.coordinated(actor, member_ref, at)
    if ends_on is not None and ends_on <= starts_on:
        raise Invalid(_("The last day lies before the first one. Please look at both."), "ends_on")
    row, same = _row(actor, what, at)
    row.district_id, row.member, row.starts_on, row.ends_on = actor.district_id, member, starts_on, ends_on
    _hold(row, same, at)
    kind = type(row).__name__.lower()
    told = {"kind": kind, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else ""}
    record(events.FACT_HELD, actor=actor, subject=member.ref, at=at, **told)


@transaction.atomic
def let_come_again(*, actor: Actor, member_ref: str, apart_ref: str, at: dt.datetime) -> None:
    """End today that a member is kept from a site. Needs `training.coordinate` in the member's region.

    Raises WrongState where it has ended, or was changed, in the meantime.
    """
    member = _members.coordinated(actor, member_ref, at)
    on = policies.today(actor, at)
    row = KeptApart.objects.filter(known_by(None), member=member, ref=apart_ref).select_related("site").first()
    if row is None or (row.ends_on is not None and row.ends_on <= on):
        raise WrongState(_("This has ended already."))
    supersede(KeptApart, [row], at)
    if row.starts_on < on:
        written_again(row, ends_on=on, at=at).save(force_insert=True)
    record(events.APART_ENDED, actor=actor, subject=member.ref, at=at, site=row.site.ref)


@transaction.atomic
def set_limits(*, actor: Actor, member_ref: str, limits: Limits, at: dt.datetime) -> None:
    """Say how much may be asked of a member. Needs `training.coordinate` in the member's region.

    Raises Invalid at the field with a number that cannot be meant, and for a deputy who is the member or stands in
    for nobody here.
    """
    member = _members.coordinated(actor, member_ref, at)
    _check(limits)
    member.most_per_day, member.most_per_week = limits.most_per_day, limits.most_per_week
    member.travel_limit_km, member.languages = limits.travel_limit_km, list(limits.languages)
    member.deputy = _deputy(member, limits.deputy_ref)
    member.save(update_fields=["most_per_day", "most_per_week", "travel_limit_km", "languages", "deputy"])
    record(events.LIMITS_SET, actor=actor, subject=member.ref, at=at)


@transaction.atomic
def name_unit(*, actor: Actor, name_en: str, name_es: str, at: dt.datetime) -> Unit:
    """Add a unit from which people come into the Cadre. Needs `training.coordinate` in the whole district."""
    require(actor, "training.coordinate", Place(actor.district_id))
    name_en, name_es = " ".join(name_en.split()), " ".join(name_es.split())
    unit, is_new = Unit.objects.get_or_create(
        district_id=actor.district_id, name_en=name_en, defaults={"name_es": name_es or name_en}
    )
    if not is_new:
        raise Invalid(_("This unit stands in the list already."), "name_en")
    record(events.UNIT_NAMED, actor=actor, subject=unit.ref, at=at)
    return unit


def _row(actor: Actor, what: What, at: dt.datetime) -> tuple[Any, dict[str, Any]]:
    """The row that says it, not yet saved, and what makes another row one of the same kind."""
    match what:
        case HomeRegion(ref):
            return MemberRegion(region=region_by_ref(actor=actor, ref=ref)), {}
        case FromUnit(ref):
            unit = Unit.objects.filter(ref=ref).first()
            if unit is None:
                raise NotFound(ref)
            return MemberUnit(unit=unit), {}
        case Credentialed(issuer, is_certificated):
            return Credential(issuer=" ".join(issuer.split()), is_certificated=is_certificated), {}
        case Released(staff_number):
            person = person_by_staff_number(actor=actor, staff_number=staff_number)
            if person is None:
                raise Invalid(_("Nobody of the staff has this number. Please look at it again."), "staff_number")
            return Release(released_by=person), {}
        case Skilled(offering, part):
            return Skill(offering=offering, part=part), {"offering": offering}
        case Apart(site_ref, reason):
            site = site_by_ref(actor=actor, ref=site_ref, on=policies.today(actor, at))
            return KeptApart(site=site, reason=reason, account_id=actor.account_id), {"site": site}


def _hold(row: Any, same: dict[str, Any], at: dt.datetime) -> None:
    model = type(row)
    known = model.objects.filter(known_by(None), member=row.member, **same).order_by("id")
    changed = [old for old in known if old.ends_on is None or old.ends_on > row.starts_on]
    model.objects.filter(pk__in=[old.pk for old in changed]).update(superseded_at=at)
    kept = [written_again(old, ends_on=row.starts_on, at=at) for old in changed if old.starts_on < row.starts_on]
    row.recorded_at = at
    model.objects.bulk_create([*kept, row])


def _check(limits: Limits) -> None:
    for field, most in (("most_per_day", MOST_PER_DAY), ("most_per_week", MOST_PER_WEEK), ("travel_limit_km", MOST_KM)):
        value = getattr(limits, field)
        if value is not None and not 1 <= value <= most:
            raise Invalid(_("Please give a number from 1 to %(most)s.") % {"most": most}, field)
    if not limits.languages:
        raise Invalid(_("Please choose at least one language."), "languages")


def _deputy(member: CadreMember, ref: str) -> CadreMember | None:
    if not ref:
        return None
    found = CadreMember.objects.filter(ref=ref).exclude(pk=member.pk).first()
    if found is None:
        raise Invalid(_("Please choose somebody else of the Cadre."), "deputy")
    return found
