"""Writing a plan's rows: entries from an answer, and the ledger of what happened. Only this part's services call it."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.engines.planning import Answer, Assigned, Placement, Problem, Site, Stage, answer_to_dict
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.training import states
from upstander.program.training.models import CadreMember, Plan, PlanEntry, PlanMove, PlanSeat, Request
from upstander.program.training.planning.agreed import ELSEWHERE
from upstander.program.training.planning.calendar import time_of
from upstander.program.training.planning.problems import Source
from upstander.program.training.planning.ways import RoundTrips

PLACED = ("on", "starts", "ends", "travel_km", "lacking")


def locked_plan(actor: Actor, ref: str) -> Plan:
    """The plan, locked until the transaction ends. Raises NotFound; needs `training.plan`."""
    require(actor, "training.plan", Place(actor.district_id))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("year").filter(ref=ref).first()
    if plan is None:
        raise NotFound(ref)
    return plan


def await_release() -> None:
    """Wait for a release that goes on, and let none begin before the transaction ends.

    For whoever writes into the plan that holds: asked before anything is read, it is the next plan they find, or the
    release finds what they wrote. Comes before all other locks.
    """
    held = Plan.objects.select_for_update(of=("self",), no_key=True).filter(state=states.Plan.RELEASED)
    list(held.order_by("pk").values_list("pk", flat=True))


def move_plan(plan: Plan, move: str, at: dt.datetime) -> None:
    """Take the plan to the state to which `move` leads. Raises WrongState."""
    plan.state, plan.state_since = states.after(states.PLAN_MOVES, plan.state, move), at
    plan.save(update_fields=["state", "state_since"])


def note(plan: Plan, step: PlanMove.Step, actor: Actor, at: dt.datetime, entry: PlanEntry | None = None) -> None:
    """A line of the ledger."""
    PlanMove.objects.create(
        district_id=plan.district_id,
        plan=plan,
        entry=entry,
        step=step,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=at,
    )


def new_entries(plan: Plan, source: Source) -> None:
    """One entry for each session that the problem asks for, still without a day; a guest's names its host's."""
    sites = [site for site in source.problem.sites if not site.ref.startswith(ELSEWHERE)]
    made = PlanEntry.objects.bulk_create(
        PlanEntry(
            district_id=plan.district_id,
            plan=plan,
            site=source.sites[site.ref].site,
            part=source.sites[site.ref].part,
            session=source.sessions.get(site.ref),
            request=source.request_of(site.ref),
            **_asked(site),
        )
        for site in sites
    )
    by_ref = {entry.key: entry for entry in made}
    guests = [site for site in sites if site.together not in {"", site.ref}]
    for site in guests:
        by_ref[site.ref].host = by_ref[site.together]
    PlanEntry.objects.bulk_update([by_ref[site.ref] for site in guests], ["host"], batch_size=500)


def place_entries(plan: Plan, problem: Problem, answer: Answer, entries: list[PlanEntry]) -> None:
    """Write the answer into the entries it speaks of, in four statements; the others stay as they are."""
    placements = {ref: placement for placement in answer.placements for ref in placement.sites}
    lacking = {ref: each for each in answer_to_dict(answer)["unplaced"] for ref in each["sites"]}
    changed = [entry for entry in entries if entry.key in placements or entry.key in lacking]
    trips = RoundTrips(problem)
    for entry in changed:
        _place(entry, trips, placements.get(entry.key), lacking.get(entry.key, {}))
    PlanEntry.objects.bulk_update(changed, PLACED, batch_size=500)
    held = [entry for entry in changed if entry.key in placements and entry.host_id is None]
    seat(plan, [(entry, placements[entry.key].members) for entry in held])
    plan.proof = proof_of(answer)
    plan.moved = [ref for ref in answer.moved if not ref.startswith(ELSEWHERE)]
    plan.save(update_fields=["proof", "moved"])


def seat(plan: Plan, teams: list[tuple[PlanEntry, tuple[Assigned, ...]]]) -> None:
    """Put these teams in the place of whoever sat there."""
    PlanSeat.objects.filter(entry__in=[entry.pk for entry, _ in teams]).delete()
    members = {member.ref: member for member in CadreMember.objects.all()}
    PlanSeat.objects.bulk_create(
        PlanSeat(district_id=plan.district_id, entry=entry, member=members[each.member], role=each.role)
        for entry, team in teams
        for each in team
    )


def proof_of(answer: Answer) -> dict[str, Any]:
    """How good the plan is proven to be, as JSON; `stage` and `latest` beside it."""
    told = answer_to_dict(answer)
    return {**told["proof"], "stage": told["stage"], "latest": told["latest"], "is_whole": answer.stage is Stage.DONE}


def _asked(site: Site) -> dict[str, Any]:
    return {
        "audience": site.audience,
        "minutes": site.minutes,
        "head_count": site.head_count,
        "languages": sorted(site.languages),
        "mode": site.mode,
        "room": site.room,
        "seat_count": site.seats,
    }


def _place(entry: PlanEntry, trips: RoundTrips, placement: Placement | None, lacking: dict[str, Any]) -> None:
    if placement is None:
        entry.on = entry.starts = entry.ends = None
        entry.travel_km, entry.lacking = 0, lacking
        return
    entry.on, entry.starts, entry.ends = placement.day, time_of(placement.starts), time_of(placement.ends)
    entry.travel_km = trips.km(entry.key, placement.members, placement.day) if entry.host_id is None else 0
    entry.lacking = {}


def follow(host: PlanEntry) -> None:
    """Give the host's guests its day."""
    times = {"on": host.on, "starts": host.starts, "ends": host.ends, "lacking": host.lacking}
    PlanEntry.objects.filter(host=host, is_left_out=False).update(**times)


def keep_seats(request: Request) -> None:
    """Have the plan that holds say as many seats as the request. After `await_release`."""
    held = PlanEntry.objects.filter(request=request, plan__state=states.Plan.RELEASED)
    held.update(seat_count=request.seat_count)


def require_quiet(plan: Plan) -> None:
    """Raise WrongState while a search works on the plan."""
    if plan.runs.exclude(state=states.Run.ENDED).exists():
        raise WrongState(_("The planner is working on this plan. Stop it first, or wait until it has ended."))


def draft_entry(actor: Actor, ref: str) -> tuple[Plan, PlanEntry]:
    """An entry of a draft that nobody searches at this moment, its plan locked. Raises NotFound, WrongState."""
    plan_ref = PlanEntry.objects.filter(ref=ref).values_list("plan__ref", flat=True).first()
    if plan_ref is None:
        raise NotFound(ref)
    plan = locked_plan(actor, plan_ref)
    if plan.state != states.Plan.DRAFT:
        raise WrongState(_("This plan is no longer a draft. Make a new one to change it; what is agreed stays."))
    require_quiet(plan)
    return plan, PlanEntry.objects.select_related("site", "session", "host__site").get(ref=ref)


def held_entry(actor: Actor, ref: str) -> tuple[Plan, PlanEntry]:
    """The same for what only a session has: raises WrongState for a guest, whose session is its host's."""
    plan, entry = draft_entry(actor, ref)
    if entry.host is not None:
        told = {"host": entry.host.site.name}
        raise WrongState(_("This site is trained together with %(host)s. Please change the session there.") % told)
    return plan, entry
