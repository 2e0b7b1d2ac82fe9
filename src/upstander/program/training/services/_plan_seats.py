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
    entry = _entry_of(session)
    seats = PlanSeat.objects.filter(entry=entry)
    if entry is None or not seats.filter(member=before).exists():
        return False
    seats.filter(member=now).delete()  # older releases left the seat of who stays away
    seats.filter(member=before).update(member=now)
    _count_way(entry)
    return True


def seat_beside(session: Session, member: CadreMember, role: str) -> None:
    """Put who comes beside the lead into that plan, too."""
    if entry := _entry_of(session):
        told = {"role": role}  # of a seat that an older release left behind, too
        PlanSeat.objects.update_or_create(district_id=entry.district_id, entry=entry, member=member, defaults=told)
        _count_way(entry)


def unseat(session: Session, member: CadreMember) -> None:
    """Take who stays away out of that plan."""
    entry = _entry_of(session)
    if entry and PlanSeat.objects.filter(entry=entry, member=member).delete()[0]:
        _count_way(entry)


def _entry_of(session: Session) -> PlanEntry | None:
    entries = PlanEntry.objects.filter(session=session, plan__state=states.Plan.RELEASED, host__isnull=True)
    return entries.select_related("plan", "site").first()


def _count_way(entry: PlanEntry) -> None:
    try:
        trips = RoundTrips(answers.stored_problem(entry.plan))
    except ProblemError:
        return
    if entry.on is not None:
        entry.travel_km = trips.km(entry.key, answers.team_of(entry), entry.on)
        entry.save(update_fields=["travel_km"])
