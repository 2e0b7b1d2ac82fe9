"""Reading the Cadre: who belongs to it, how much they carry, what ends soon."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet

from upstander.district.places.models import Region
from upstander.district.places.policies import held_on, known_by
from upstander.district.places.selectors import sites_for
from upstander.engines.matching import Reason
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies
from upstander.program.training.models import (
    Assignment,
    Availability,
    AvailabilityException,
    BusyFile,
    CadreMember,
    Credential,
    HomeBase,
    KeptApart,
    MemberRegion,
    MemberUnit,
    Release,
    Skill,
    TakenBack,
    Unit,
)
from upstander.program.training.selectors.matching import members_on
from upstander.program.training.selectors.misfits import Misfit, coming_of, misfits_of

OUT_OF_POST = (Reason.LEFT, Reason.NOT_YET)
ENDS_SOON = dt.timedelta(days=45)
LOAD_DAYS = 28
Stretch = tuple[int, dt.time, dt.time]  # weekday, from, until


@dataclass(frozen=True, slots=True)
class Ending:
    """Something of a member that ends within weeks, or has ended: a skill, the credential, the release."""

    kind: str  # "skill", "credential", "release"
    name: str  # of a skill's offering
    ends_on: dt.date


@dataclass(slots=True)
class Line:
    """One member as the list of the Cadre shows them."""

    member: CadreMember
    region: Region | None = None
    unit: Unit | None = None
    coming_count: int = 0  # sessions within the next four weeks
    next_on: dt.date | None = None
    skills: list[Skill] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one member: each kind newest first, and what holds on the day asked about."""

    line: Line
    regions: list[MemberRegion]
    bases: list[HomeBase]
    units: list[MemberUnit]
    credentials: list[Credential]
    releases: list[Release]
    skills: list[Skill]
    apart: list[KeptApart]  # without what has ended
    taken_back: list[TakenBack]  # what was entered by mistake
    weekly: list[Any]
    away: list[AvailabilityException]
    busy_file: BusyFile | None


def cadre_for(*, actor: Actor, at: dt.datetime, region_ref: str = "") -> list[Line]:
    """The Cadre in the reach of a coordinator today, by name, with load and what needs attention.

    The number of queries does not depend on the number of members.
    """
    on = policies.today(actor, at)
    members = _reached(actor, on).select_related("person", "deputy__person").order_by("person__sort_key", "id")
    if region_ref:
        members = members.filter(
            pk__in=MemberRegion.objects.filter(held_on(on), region__ref=region_ref).values("member")
        )
    return lines_of(list(members), on=on, at=at)


def gone_for(*, actor: Actor, at: dt.datetime) -> list[Line]:
    """Who no longer belongs to the Cadre and still has sessions to come, by name, each with what is to be given over.

    In the reach of a coordinator: everywhere, or by the sites of the sessions.
    """
    on = policies.today(actor, at)
    left = CadreMember.objects.filter(district_id=actor.district_id).exclude(pk__in=members_on(on).values("pk"))
    coming = coming_of(left, at)
    mine = sites_for(actor=actor, on=on, capability="training.coordinate", active_only=False)
    within = set(mine.filter(pk__in={row.session.site_id for row in coming}).values_list("pk", flat=True))
    there = [row for row in coming if row.session.site_id in within]
    members = left.filter(pk__in={row.member_id for row in there}).select_related("person")
    lines = {member.pk: Line(member) for member in members.order_by("person__sort_key", "id")}
    for misfit in misfits_of([line.member for line in lines.values()], there, on):
        if misfit.found.reason in OUT_OF_POST:
            lines[misfit.assignment.member_id].misfits.append(misfit)
    return [line for line in lines.values() if line.misfits]


def member_for(*, actor: Actor, ref: str, at: dt.datetime) -> CadreMember:
    """The member with this ref, in reach of a coordinator; else NotFound."""
    found = CadreMember.objects.select_related("person", "deputy").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    policies.require_member(actor, found, at)
    return found


def own_membership(*, actor: Actor) -> CadreMember:
    """The actor's own place in the Cadre; NotFound for who has none."""
    found = membership_if_any(actor=actor)
    if found is None:
        raise NotFound(actor.name)
    return found


def membership_if_any(*, actor: Actor) -> CadreMember | None:
    """The same; None for who has none: a post of the Cadre comes first, with the staff list, the place in it later."""
    if actor.person_id is None:
        return None
    return CadreMember.objects.select_related("person", "deputy__person").filter(person_id=actor.person_id).first()


def facts_of(*, actor: Actor, member: CadreMember, at: dt.datetime) -> Facts:
    """Everything known of a member whom the caller has found by one of the functions above."""
    policies.require_own_or_coordinated(actor, member, at)
    on = policies.today(actor, at)

    def known(model: Any, *with_: str) -> list[Any]:
        newest_first = F("starts_on").desc(nulls_last=True)
        return list(model.objects.filter(known_by(None), member=member).select_related(*with_).order_by(newest_first))

    return Facts(
        line=lines_of([member], on=on, at=at)[0],
        regions=known(MemberRegion, "region"),
        bases=known(HomeBase, "site"),
        units=known(MemberUnit, "unit"),
        credentials=known(Credential),
        releases=known(Release, "released_by"),
        skills=known(Skill),
        apart=[row for row in known(KeptApart, "site", "account") if row.ends_on is None or row.ends_on > on],
        taken_back=list(member.taken_back.select_related("account").order_by("-at", "-id")),
        weekly=list(member.weekly.order_by("weekday", "starts")),
        away=list(member.away.filter(ends_on__gt=on).order_by("starts_on")),
        busy_file=member.busy_files.first(),
    )


def week_of(rows: Iterable[Availability]) -> tuple[Stretch, ...]:
    """The weekly pattern as these rows tell it, by day and hour."""
    return tuple(sorted((row.weekday, row.starts, row.ends) for row in rows))


def colleagues_of(*, actor: Actor, member: CadreMember, on: dt.date) -> list[CadreMember]:
    """Everyone else of the Cadre on a day, by name."""
    others = members_on(on).filter(district_id=actor.district_id).exclude(pk=member.pk)
    return list(others.select_related("person").order_by("person__sort_key", "id"))


def units_for(*, actor: Actor) -> QuerySet[Unit]:
    """The units people come from, by name."""
    return Unit.objects.filter(district_id=actor.district_id).order_by("name_en")


def unit_by_ref(*, actor: Actor, ref: str) -> Unit:
    """One of them. Raises NotFound."""
    unit = units_for(actor=actor).filter(ref=ref).first()
    if unit is None:
        raise NotFound(ref)
    return unit


def people_by_unit(*, actor: Actor, on: dt.date) -> dict[int, int]:
    """How many people of the Cadre come from each unit on a day, by the unit's id; one query."""
    rows = MemberUnit.objects.filter(held_on(on), district_id=actor.district_id, member__in=members_on(on))
    return dict(rows.values_list("unit_id").annotate(Count("id")))


def lines_of(members: list[CadreMember], *, on: dt.date, at: dt.datetime) -> list[Line]:
    """A line for each member, in their order, in a fixed number of queries. Takes no actor: callers have asked."""
    lines = {member.pk: Line(member) for member in members}
    for row in MemberRegion.objects.filter(held_on(on), member__in=lines).select_related("region"):
        lines[row.member_id].region = row.region
    for unit in MemberUnit.objects.filter(held_on(on), member__in=lines).select_related("unit"):
        lines[unit.member_id].unit = unit.unit
    _tell_endings(lines, on)
    coming = coming_of(list(lines), at)
    _tell_load(lines, coming, on)
    for misfit in misfits_of(members, coming, on):
        lines[misfit.assignment.member_id].misfits.append(misfit)
    return list(lines.values())


def _reached(actor: Actor, on: dt.date) -> QuerySet[CadreMember]:
    reach = scope(actor, "training.coordinate")
    if reach.everywhere:
        return members_on(on)
    homes = MemberRegion.objects.filter(held_on(on), region__in=reach.region_ids)
    return members_on(on).filter(pk__in=homes.values("member"))


def _tell_load(lines: dict[int, Line], coming: list[Assignment], on: dt.date) -> None:
    for row in coming:
        line = lines[row.member_id]
        line.next_on = line.next_on or row.session.on
        line.coming_count += row.session.on < on + dt.timedelta(days=LOAD_DAYS)


def _tell_endings(lines: dict[int, Line], on: dt.date) -> None:
    """Each kind of fact by its last known end: what is followed by a later row has not ended."""
    skills = Skill.objects.filter(known_by(None), member__in=lines).order_by("starts_on")
    for skill in skills:
        if skill.starts_on <= on and (skill.ends_on is None or skill.ends_on > on):
            lines[skill.member_id].skills.append(skill)
    last: dict[tuple[int, str, str], dt.date | None] = {}
    for row in skills:
        last[row.member_id, "skill", row.get_offering_display()] = row.ends_on
    for kind, model in (("credential", Credential), ("release", Release)):
        for each in model.objects.filter(known_by(None), member__in=lines).order_by("starts_on"):
            last[each.member_id, kind, ""] = each.ends_on
    for (member, kind, name), ends_on in last.items():
        if ends_on is not None and ends_on <= on + ENDS_SOON:
            lines[member].endings.append(Ending(kind, str(name), ends_on))
