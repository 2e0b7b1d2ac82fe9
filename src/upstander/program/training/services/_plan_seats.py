"""Who sits where in a released plan, kept as its sessions are given on. Only services of this part call it."""

from upstander.engines.planning import ProblemError
from upstander.program.training import states
from upstander.program.training.models import CadreMember, PlanEntry, PlanSeat, Session
from upstander.program.training.planning import answers
from upstander.program.training.planning.ways import RoundTrips


def reseat(session: Session, before: CadreMember, now: CadreMember) -> bool:
    """Put `now` where `before` sat in the released plan that the session came of, with the way of the new team.

    False where it came of none. A plan of an older engine keeps the way that it had.
    """
    entries = PlanEntry.objects.filter(session=session, plan__state=states.Plan.RELEASED, host__isnull=True)
    entry = entries.select_related("plan", "site").first()
    if entry is None or not PlanSeat.objects.filter(entry=entry, member=before).update(member=now):
        return False
    _count_way(entry)
    return True


def _count_way(entry: PlanEntry) -> None:
    try:
        trips = RoundTrips(answers.stored_problem(entry.plan))
    except ProblemError:
        return
    if entry.on is not None:
        entry.travel_km = trips.km(entry.key, answers.team_of(entry), entry.on)
        entry.save(update_fields=["travel_km"])
