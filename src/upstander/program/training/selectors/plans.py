"""Reading plans: the list of a year's plans, one plan from every side, how its search goes on."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from upstander.district.places.models import SchoolYear
from upstander.district.places.selectors import facts_of, school_years
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING, whole_of
from upstander.program.training.models import Allowance, CadreMember, Plan, PlanEntry, PlanMove, PlanRun, Request
from upstander.program.training.selectors.matching import members_between

TAKEN_IN = Q(entries__is_left_out=False)
UNPLACED = Q(entries__on__isnull=True, entries__is_left_out=False)


@dataclass(frozen=True, slots=True)
class Load:
    """What a plan asks of one member."""

    member: str  # the ref
    name: str
    sessions: int
    travel_km: int
    by_month: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Figures:
    """A plan in numbers. Kilometres there and back; `busiest` and `least_busy` are sessions of one member.

    A site counts as planned when each of its sessions has a day; the days are counted beside, and what became of them.
    """

    sites: int
    planned: int
    unplaced: int
    left_out: int
    days: int
    accepted: int
    declined: int
    travel_km: int
    busiest: int
    least_busy: int
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of the plan's sites are trained at the end of a day, if it is held as it stands."""

    day: dt.date
    trained: int


def plannable_years(*, actor: Actor, at: dt.datetime) -> list[SchoolYear]:
    """The school years that are not over, the nearest first. Needs `training.plan` in the whole district."""
    _may(actor)
    on = policies.today(actor, at)
    return [year for year in reversed(school_years(actor=actor)) if on < year.ends_on]


def plans_for(*, actor: Actor) -> QuerySet[Plan]:
    """All plans, the newest first, each with its counts. Needs `training.plan` in the whole district."""
    _may(actor)
    counted = Plan.objects.filter(district_id=actor.district_id).defer("problem").select_related("year", "made_by")
    return counted.annotate(
        unplaced_count=Count("entries__site", filter=UNPLACED, distinct=True),
        planned_count=Count("entries__site", filter=TAKEN_IN, distinct=True) - F("unplaced_count"),
    ).order_by("-year__starts_on", "-number")


def plan_by_ref(*, actor: Actor, ref: str) -> Plan:
    """One plan. Raises NotFound; needs `training.plan` in the whole district."""
    plan = plans_for(actor=actor).filter(ref=ref).first()
    if plan is None:
        raise NotFound(ref)
    return plan


def released_plan(*, actor: Actor, year: SchoolYear) -> Plan | None:
    """The plan of the year that holds, if one does."""
    return plans_for(actor=actor).filter(year=year, state=states.Plan.RELEASED).first()


def entries_for(*, actor: Actor, plan: Plan) -> list[PlanEntry]:
    """The plan's entries by day, those without one last, with sites, seats, guests and regions, in six queries."""
    _may(actor)
    found = PlanEntry.objects.filter(district_id=actor.district_id, plan=plan)
    found = found.select_related("site", "session", "host__site")
    in_order = found.order_by(F("on").asc(nulls_last=True), "starts", "site__sort_key", "id")
    entries = list(in_order.prefetch_related("seats__member__person", "guests__site"))
    regions = facts_of(actor=actor, sites=[entry.site for entry in entries], on=plan.year.starts_on).region
    for entry in entries:
        entry.region_name = regions.get(entry.site_id, "")  # type: ignore[attr-defined]
    return entries


def entry_by_ref(*, actor: Actor, ref: str) -> PlanEntry:
    """One entry. Raises NotFound; needs `training.plan` in the whole district."""
    _may(actor)
    found = PlanEntry.objects.filter(district_id=actor.district_id, ref=ref).select_related(
        "site", "session", "plan__year", "host__site"
    )
    people = ("seats__member__person", "host__seats__member__person", "guests__site")
    entry = found.prefetch_related(*people).first()
    if entry is None:
        raise NotFound(ref)
    return entry


def figures_of(*, actor: Actor, plan: Plan, entries: Sequence[PlanEntry]) -> Figures:
    """The numbers of a plan whose entries were read. Takes one query, for members without a session."""
    _may(actor)
    wanted = [entry for entry in entries if not entry.is_left_out]
    sites = by_site(wanted)
    held = Counter(seat.member_id for entry in wanted if entry.on for seat in entry.seats.all())
    loads = [held[pk] for pk in _cadre_of(plan, wanted).values_list("pk", flat=True)]
    agreed = (states.Session.CONFIRMED, states.Session.OPEN, states.Session.CLOSED)  # by a plan or by people
    return Figures(
        sites=len(sites),
        planned=sum(own[-1].on is not None for own in sites),
        unplaced=sum(own[-1].on is None for own in sites),
        left_out=len(entries) - len(wanted),
        days=sum(entry.on is not None for entry in wanted),
        accepted=sum(entry.session is not None and entry.session.state in agreed for entry in wanted),
        declined=sum(entry.answer == PlanEntry.Answer.DECLINED for entry in wanted),
        travel_km=sum(entry.travel_km for entry in wanted),
        busiest=max(loads, default=0),
        least_busy=min(loads, default=0),
        latest=max((entry.on for entry in wanted if entry.on), default=None),
    )


def by_site(entries: Iterable[PlanEntry]) -> list[list[PlanEntry]]:
    """The entries of each site, by day, one without a day last. Of entries that were read; takes no actor."""
    found: dict[int, list[PlanEntry]] = {}
    for entry in entries:
        found.setdefault(entry.site_id, []).append(entry)
    return [sorted(own, key=lambda entry: entry.on or dt.date.max) for own in found.values()]


def loads_of(*, actor: Actor, plan: Plan, entries: Sequence[PlanEntry]) -> list[Load]:
    """What the plan asks of each member of the Cadre, the busiest first; who has nothing is there too."""
    _may(actor)
    members = _cadre_of(plan, entries).select_related("person")
    told = {member.pk: (member, Counter[tuple[int, int]]()) for member in members}
    km: Counter[int] = Counter()
    for entry in entries:
        seats = list(entry.seats.all())
        for seat in seats:
            if entry.on and not entry.is_left_out:
                told[seat.member_id][1][entry.on.year, entry.on.month] += 1
                km[seat.member_id] += entry.travel_km // len(seats)
    loads = [
        Load(member.ref, member.person.full_name, sum(months.values()), km[pk], dict(months))
        for pk, (member, months) in told.items()
    ]
    return sorted(loads, key=lambda load: (-load.sessions, load.name))


def _cadre_of(plan: Plan, entries: Iterable[PlanEntry]) -> QuerySet[CadreMember]:
    """Who belongs to the Cadre on any day that the plan is about, and whoever has a session of it. Needs the year."""
    seats = (seat for entry in entries for seat in entry.seats.all())
    first = dt.date.fromisoformat(plan.settings["first_on"])
    return members_between(first, plan.year.ends_on, seats).filter(district_id=plan.district_id)


def reached(entries: Iterable[PlanEntry]) -> list[Reached]:
    """Day by day how many sites are trained. Of entries that were read; takes no actor and no query."""
    sites = by_site(entry for entry in entries if not entry.is_left_out)
    through = (own for own in sites if all(entry.answer != "declined" for entry in own))
    counts = Counter(own[-1].on for own in through if own[-1].on)
    trained, days = 0, []
    for day in sorted(counts):
        trained += counts[day]
        days.append(Reached(day, trained))
    return days


def allowance_of(*, actor: Actor, entry: PlanEntry) -> Allowance | None:
    """The exception by which the entry has its day, while it holds."""
    _may(actor)
    rows = Allowance.objects.filter(
        district_id=actor.district_id, year=entry.plan.year_id, site=entry.site, part=entry.part
    )
    found = rows.filter(ended_at__isnull=True).select_related("account").first()
    return found if found is not None and found.on == entry.on else None


def wishes_of(*, actor: Actor, entries: Sequence[PlanEntry]) -> dict[int, Request]:
    """The oldest request of each entry's site that still waits for a session, by the entry's id. Takes one query."""
    _may(actor)
    rows = Request.objects.filter(district_id=actor.district_id, site__in={entry.site_id for entry in entries})
    waiting = list(rows.filter(kind=TRAINING, state=states.Request.WAITING).order_by("requested_at", "id"))
    found: dict[int, Request] = {}
    for entry in entries:
        own = [each for each in waiting if each.site_id == entry.site_id]
        mine = [each for each in own if not entry.part or entry.part in (each.audience, whole_of(each.audience))]
        if mine:
            found[entry.pk] = mine[0]
    return found


def plan_moves(*, actor: Actor, plan: Plan, most: int = 20) -> list[PlanMove]:
    """What happened to a plan, the newest first."""
    moves = PlanMove.objects.filter(district_id=actor.district_id, plan=plan).select_related("entry__site", "account")
    return list(moves.order_by("-at", "-id")[:most])


def latest_run(*, actor: Actor, plan: Plan) -> PlanRun | None:
    """The search that works on the plan, or the last one that did."""
    return PlanRun.objects.filter(district_id=actor.district_id, plan=plan).order_by("-asked_at", "-id").first()


def _may(actor: Actor) -> None:
    require(actor, "training.plan", Place(actor.district_id))


def member_names(*, actor: Actor) -> dict[str, str]:
    """The name of each member of the Cadre by ref."""
    _may(actor)
    members = CadreMember.objects.filter(district_id=actor.district_id).select_related("person")
    return {member.ref: member.person.full_name for member in members}
