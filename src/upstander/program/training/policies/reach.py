"""Who reaches which request, session and member of the Cadre, and what opens a page without an account."""

import datetime as dt
import hmac

from django.conf import settings

from upstander.district.places.policies import held_on
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.foundation.kernel.secrets import pseudonym
from upstander.foundation.vault.seals import is_ready
from upstander.program.training.models import Assignment, CadreMember, MemberRegion, Request, Session
from upstander.program.training.policies.days import today


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


def coordinates(actor: Actor, record: Request | Session, at: dt.datetime) -> bool:
    """Whether the actor coordinates the record's site today."""
    try:
        require_reach(actor, "training.coordinate", record, at)
    except NotFound:
        return False
    return True


def page_key(request_ref: str) -> str:
    """The secret part of the address of a request's page, for a requester without an account (128 bits).

    It is derived, not stored: whoever reads the database cannot open the page with what stands there.
    """
    return pseudonym("request-page", request_ref)


def require_key(ref: str, key: str) -> None:
    """Raise NotFound unless the key opens the page of this request."""
    if not hmac.compare_digest(page_key(ref).encode(), key.encode()):
        raise NotFound(ref)
