"""Who may do what with which request and session, and which days a session may be on."""

import datetime as dt
import hmac
from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import ClosedDay, SchoolYear, Site
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import closed_days, days_out, district_of, place_of
from upstander.engines.clocks import Ambiguous, Exact, read_wall_time
from upstander.engines.matching import Span
from upstander.engines.presence import Presence, Stay
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.foundation.kernel.secrets import pseudonym
from upstander.foundation.vault.seals import is_ready
from upstander.program.training import states
from upstander.program.training.models import Assignment, CadreMember, MemberRegion, Request, Session

MOST_WINDOWS_A_YEAR = 20
# Trained between shifts, on paid time; and who works there, where a district parts its classified staff.
ON_SHIFTS = {Site.Kind.BUS_YARD.value: "drivers", Site.Kind.KITCHEN.value: "food_service"}
FURTHEST_DAYS = 400
OPENS_BEFORE = dt.timedelta(hours=2)
OPENS_UNTIL = dt.timedelta(days=7)  # a session held where no signal reached can still be written down
CODES_PER_MINUTE = 5
ANSWER_SCHOOL_DAYS = 10
MADE_UP_WITHIN = dt.timedelta(days=180)  # what was heard half a year ago is no longer one training with the rest
TAKEN_BEFORE = dt.timedelta(days=3)  # to a school without any network the room's page travels in advance
CODES_AFTER = dt.timedelta(hours=2)
TAKEN_AFTER = dt.timedelta(hours=12)  # then a copy on a device ends by itself


def zone_of(actor: Actor) -> ZoneInfo:
    """The district's zone: every wall time of training is read in it."""
    return ZoneInfo(district_of(actor=actor).zone)


def today(actor: Actor, at: dt.datetime) -> dt.date:
    """The day it is in the district at the moment `at`."""
    return district_of(actor=actor).day(at)


def can_connect() -> bool:
    """Whether calendars can be connected at all: the operator named hosts that may be asked, and a key to seal with."""
    return bool(settings.CALENDAR_HOSTS) and is_ready()


def require_reach(actor: Actor, capability: str, record: Request | Session, at: dt.datetime) -> None:
    """Raise NotFound unless the actor holds the capability at the record's site, in its region of today, or everywhere.

    What is out of reach does not exist: a refusal would tell that the ref is one.
    """
    try:
        require(actor, capability, place_of(actor=actor, site=record.site, on=today(actor, at)))
    except NotAllowed:
        raise NotFound(record.ref) from None


def require_lead(actor: Actor, session: Session, at: dt.datetime) -> None:
    """Who leads or co-leads the session holds it, and whoever coordinates its site may step in; else NotFound."""
    if is_lead(actor, session):
        return
    require_reach(actor, "training.coordinate", session, at)


def is_lead(actor: Actor, session: Session) -> bool:
    """Whether the actor's own person, who holds `training.lead`, leads or co-leads it; a shadow only listens."""
    own = own_assignment(actor, session)
    return own is not None and own.role != Assignment.Role.SHADOW


def own_assignment(actor: Actor, session: Session) -> Assignment | None:
    """The actor's own part in the session, if they hold `training.lead` and have one."""
    if actor.person_id is None or not actor.has("training.lead"):
        return None
    return session.assignments.filter(released_at__isnull=True, member__person_id=actor.person_id).first()


def require_member(actor: Actor, member: CadreMember, at: dt.datetime) -> None:
    """Raise NotFound unless the actor coordinates the member's home region of today, or the whole district."""
    on = today(actor, at)
    home = MemberRegion.objects.filter(held_on(on), member=member).values_list("region_id", flat=True).first()
    try:
        require(actor, "training.coordinate", Place(member.district_id, region_id=home))
    except NotAllowed:
        raise NotFound(member.ref) from None


def require_own_or_coordinated(actor: Actor, member: CadreMember, at: dt.datetime) -> None:
    """Raise NotFound unless the member is the actor's own person, or the actor coordinates them."""
    if not is_own(actor, member):
        require_member(actor, member, at)


def is_own(actor: Actor, member: CadreMember) -> bool:
    """Whether the member is the actor's own person, who holds `training.own_calendar`."""
    return actor.person_id is not None and actor.person_id == member.person_id and actor.has("training.own_calendar")


def moments(zone: ZoneInfo, on: dt.date, starts: dt.time, ends: dt.time) -> Span:
    """The moments of two wall times on a day.

    Raises Invalid for an hour that does not exist because clocks go forward over it. An hour that happens twice is
    taken the first time.
    """
    found = [read_wall_time(dt.datetime.combine(on, time), zone) for time in (starts, ends)]
    told = []
    for each in found:
        match each:
            case Exact(moment):
                told.append(moment)
            case Ambiguous(earlier, _later):
                told.append(earlier)
            case _missing:
                raise Invalid(_("On that day the clocks go forward and this hour does not exist."), "windows")
    return Span(told[0], told[1])


def require_wishable(zone: ZoneInfo, on: dt.date, starts: dt.time, at: dt.datetime) -> None:
    """Raise Invalid, with a sentence for the form, when the wished time is over or absurdly far away."""
    if read_day(zone, on, starts) <= at:
        raise Invalid(_("This time is already over. Please choose a later day."), "windows")
    if on > at.astimezone(zone).date() + dt.timedelta(days=FURTHEST_DAYS):
        raise Invalid(_("This day is more than a year away. Please choose an earlier one."), "windows")


def read_day(zone: ZoneInfo, on: dt.date, starts: dt.time) -> dt.datetime:
    """The moment of a wall time, roughly where clocks change: only to compare it with now."""
    return dt.datetime.combine(on, starts, tzinfo=zone)


def closed_on(actor: Actor, site: Site, days: set[dt.date]) -> list[ClosedDay]:
    """Which of the days are without school at the site, or kept for tests, with their names."""
    if not days:
        return []
    found = days_out(actor=actor, first=min(days), until=max(days) + dt.timedelta(days=1), site=site)
    return [each for each in found if each.on in days]


def require_openable(session: Session, at: dt.datetime) -> None:
    """A session opens from two hours before it begins until a week after it ends."""
    if at < session.starts_at - OPENS_BEFORE:
        raise WrongState(_("It is too early. A session can be opened from two hours before it begins."))
    if is_long_over(session, at):
        sentence = _(
            "This session is more than a week ago. A coordinator can enter its sheet this school year, or cancel it."
        )
        raise WrongState(sentence)


def require_enterable(actor: Actor, session: Session, at: dt.datetime) -> None:
    """A sheet opens its session as anyone may; one found later, until the school year ends, for who coordinates its
    site. Raises WrongState.
    """
    if not (is_long_over(session, at) and coordinates(actor, session, at)):
        require_openable(session, at)
    elif today(actor, at) > _last_day_of_year(session):
        raise WrongState(_("The school year of this session is over. Please cancel it."))


def may_enter_sheet(actor: Actor, session: Session, at: dt.datetime) -> bool:
    """Whether a sheet of the session can be entered now, by who may do so."""
    if session.state != states.Session.CONFIRMED:
        return session.state in {states.Session.OPEN, states.Session.CLOSED}
    try:
        require_enterable(actor, session, at)
    except WrongState:
        return False
    return True


def is_long_over(session: Session, at: dt.datetime) -> bool:
    """Whether it is over for so long that nobody checks in any more, and only a sheet tells of it."""
    return at > session.ends_at + OPENS_UNTIL


def _last_day_of_year(session: Session) -> dt.date:
    """The last day of the school year in which the session was, or that came next; its own where none is known."""
    years = SchoolYear.objects.filter(district_id=session.district_id, ends_on__gt=session.on)
    ends_on = years.order_by("ends_on").values_list("ends_on", flat=True).first()
    return ends_on - dt.timedelta(days=1) if ends_on else session.on


def coordinates(actor: Actor, record: Request | Session, at: dt.datetime) -> bool:
    """Whether the actor coordinates the record's site today."""
    try:
        require_reach(actor, "training.coordinate", record, at)
    except NotFound:
        return False
    return True


def lacks_seats(mode: str, head_count: int, seat_count: int) -> bool:
    """Whether more people are expected than the room seats; of a hybrid session nobody knows how many come to it."""
    return mode == Request.Mode.IN_PERSON and 0 < seat_count < head_count


def most_by_code(head_count: int) -> int:
    """How many may check in by code where `head_count` people were expected; beyond that, by hand."""
    return 2 * head_count + 20


def has_stayed(session: Session, presence: Presence) -> bool:
    """Whether someone present was there long enough for it to count; where nothing is demanded, any time will do."""
    if counts_by_codes(session, presence) and not presence.is_whole:
        return False
    return presence.is_present and minutes_of(session, presence) >= (session.minimum_minutes or 0)


def minutes_of(session: Session, presence: Presence) -> int:
    """How many of the session's minutes somebody was there."""
    count = presence.minutes_by_codes if counts_by_codes(session, presence) else presence.minutes
    return count(session.starts_at, session.ends_at)


def counts_by_codes(session: Session, presence: Presence) -> bool:
    """Whether somebody's attendance is a code at the start and another at the end.

    Online it is everybody's; in a hybrid session that of those whom nobody has seen in the room.
    """
    return session.mode == Request.Mode.ONLINE or (session.mode == Request.Mode.HYBRID and not presence.is_in_room)


def missed_minutes(session: Session, presence: Presence) -> int:
    """How many of the session's minutes somebody missed: the part there is to make up."""
    return (session.ends_at - session.starts_at) // dt.timedelta(minutes=1) - minutes_of(session, presence)


def missed_parts(session: Session, presence: Presence) -> Stay:
    """Those minutes by where they lie: so many at the beginning, and the rest at the end."""
    missed = missed_minutes(session, presence)
    count = presence.minutes_late_by_codes if counts_by_codes(session, presence) else presence.minutes_late
    late = min(missed, count(session.starts_at, session.ends_at))
    return Stay(late, missed - late)


def shows_end_code(session: Session, at: dt.datetime) -> bool:
    """The end's code, where some listen from afar, stands from the middle of the session on."""
    return (
        session.mode != Request.Mode.IN_PERSON and at >= session.starts_at + (session.ends_at - session.starts_at) / 2
    )


def may_be_taken(session: Session, at: dt.datetime) -> bool:
    """Whether the room's page may be on the consultant's device: from three days before until it is closed."""
    if is_long_over(session, at):
        return False
    if session.state == states.Session.OPEN:
        return True
    return session.state == states.Session.CONFIRMED and session.starts_at - TAKEN_BEFORE <= at


def closed_everywhere(actor: Actor, first: dt.date, days: int) -> set[dt.date]:
    """The days without school in the whole district among the `days` from the first one on."""
    found = closed_days(actor=actor, first=first, until=first + dt.timedelta(days=days))
    return {each.on for each in found}


def school_days_later(on: dt.date, days: int, closed: Collection[dt.date]) -> dt.date:
    """The day that lies this many school days after another: weekends and `closed` days are not counted."""
    while days > 0:
        on += dt.timedelta(days=1)
        days -= on.weekday() < 5 and on not in closed
    return on


def due_on(actor: Actor, days: int | None, at: dt.datetime) -> dt.date | None:
    """By which day somebody has to act who has this many school days; None where nobody has to."""
    if days is None:
        return None
    on = today(actor, at)
    return school_days_later(on, days, closed_everywhere(actor, on, 3 * days + 30))


def answer_day(actor: Actor, first_on: dt.date, at: dt.datetime) -> dt.date:
    """The last day on which a site may answer what it is asked now: ten school days, counted from `first_on` at first.

    Nobody answers in a summer's recess what is for the school year after it.
    """
    on = max(today(actor, at), first_on)
    return school_days_later(on, ANSWER_SCHOOL_DAYS, closed_everywhere(actor, on, 3 * ANSWER_SCHOOL_DAYS + 30))


def page_key(request_ref: str) -> str:
    """The secret part of the address of a request's page, for a requester without an account (128 bits).

    It is derived, not stored: whoever reads the database cannot open the page with what stands there.
    """
    return pseudonym("request-page", request_ref)


def require_key(ref: str, key: str) -> None:
    """Raise NotFound unless the key opens the page of this request."""
    if not hmac.compare_digest(page_key(ref).encode(), key.encode()):
        raise NotFound(ref)


def whole_staff_of(site_kind: str) -> str:
    """For whom a session is that a site of this kind asks for without saying so: its whole staff."""
    return "classified" if site_kind in ON_SHIFTS else "all_staff"
