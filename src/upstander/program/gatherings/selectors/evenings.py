"""Reading evenings: those a site follows, one with what families want, and the invitation that anyone may open."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from upstander.engines.invitations import Entry
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.languages import language_name, shipped_languages
from upstander.program.gatherings.content.invitations import Invitation, title_of, where
from upstander.program.gatherings.models import Evening, PlacesWanted
from upstander.program.training.models import Request, Session
from upstander.program.training.selectors.phases import EVENING
from upstander.program.training.selectors.requests import live_session_of, request_followed, requests_followed
from upstander.program.training.states import Session as State

SHOWN = (State.CONFIRMED, State.OPEN, State.CLOSED)


@dataclass(frozen=True, slots=True)
class EveningPage:
    """One evening for who follows its site. `evening` is None until somebody settled what it carries.

    `wanted` are language and count of families who asked for an interpreter.
    """

    request: Request
    session: Session
    evening: Evening | None
    care_wanted: int
    wanted: list[tuple[str, int]]


def evenings_followed(*, actor: Actor, at: dt.datetime) -> QuerySet[Request]:
    """The evenings with a day at the sites that the actor follows, the latest day first."""
    live = Session.objects.filter(request=OuterRef("pk")).exclude(state=State.CANCELLED)
    found = requests_followed(actor=actor, at=at).filter(kind=EVENING).annotate(on=Subquery(live.values("on")[:1]))
    return found.filter(on__isnull=False).order_by("-on", "-id")


def evening_page(*, actor: Actor, ref: str, at: dt.datetime) -> EveningPage:
    """One evening by the ref of its request. Raises NotFound, also while it has no day."""
    request = request_followed(actor=actor, ref=ref, at=at)
    session = live_session_of(request)
    if request.kind != EVENING or session is None:
        raise NotFound(ref)
    evening = Evening.objects.filter(request=request).first()
    told = list(PlacesWanted.objects.filter(evening=evening).values_list("care_count", "language")) if evening else []
    by_language = Counter(language for _count, language in told if language)
    names = [(language_name(code), by_language[code]) for code in shipped_languages().names if by_language[code]]
    return EveningPage(request, session, evening, sum(count for count, _language in told), names)


def invitation_to(*, actor: Actor, ref: str, at: dt.datetime) -> Invitation:
    """The invitation, by the evening's own ref; who has it may open it. Raises NotFound until the day is confirmed."""
    evening = Evening.objects.select_related("request__site").filter(district_id=actor.district_id, ref=ref).first()
    session = _told_session(evening) if evening else None
    if evening is None or session is None:
        raise NotFound(ref)
    return _invitation(evening, session, at)


def care_left(evening: Evening) -> int:
    """How many places in the care are free; takes no actor: its callers have decided who asks."""
    wanted = PlacesWanted.objects.filter(evening=evening).aggregate(sum=Sum("care_count"))["sum"] or 0
    return max(evening.care_places - wanted, 0)


def _told_session(evening: Evening) -> Session | None:
    """The confirmed session, else the last one that was told of and called off."""
    sessions = list(Session.objects.filter(request=evening.request).order_by("-id"))
    shown = [each for each in sessions if each.state in SHOWN]
    return next(iter(shown or [each for each in sessions if each.sequence]), None)


def _invitation(evening: Evening, session: Session, at: dt.datetime) -> Invitation:
    site = evening.request.site
    return Invitation(
        ref=evening.ref,
        site_name=site.name,
        on=session.on,
        starts=session.starts,
        ends=session.ends,
        place=tuple(part for part in (session.room, site.name, site.street, site.city) if part),
        phone=evening.phone,
        care_ages=(evening.care_from, evening.care_until) if evening.care_places else None,
        care_left=care_left(evening),
        interpreters=tuple(evening.interpreters),
        has_food=evening.has_food,
        is_step_free=evening.is_step_free,
        is_online=session.mode == Request.Mode.ONLINE,
        is_called_off=session.state not in SHOWN,
        is_over=session.ends_at <= at,
    )


def calendar_entry(*, actor: Actor, ref: str, at: dt.datetime, host: str) -> Entry | None:
    """The evening as one entry of a calendar, in the language of this moment; None where it was called off."""
    shown = invitation_to(actor=actor, ref=ref, at=at)
    evening = Evening.objects.select_related("request").get(district_id=actor.district_id, ref=ref)
    session = _told_session(evening)
    if shown.is_called_off or session is None:
        return None
    return Entry(
        uid=f"{ref}@{host}",
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=ZoneInfo(session.zone),
        summary=title_of(shown),
        place=where(shown),
        changed_at=max(session.state_since, evening.changed_at),
    )
