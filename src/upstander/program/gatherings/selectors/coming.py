"""The evenings to come, as anyone may read of them: what each invitation says, in one line."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.places.selectors import facts_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.languages import in_order, language_name
from upstander.program.gatherings.models import Evening
from upstander.program.gatherings.selectors.evenings import SHOWN
from upstander.program.training.models import Request, Session
from upstander.program.training.selectors.phases import EVENING


@dataclass(frozen=True, slots=True)
class ComingEvening:
    """One evening. `region` is "" where its site has none; `languages` are those with an interpreter."""

    ref: str
    site_name: str
    city: str
    region: str
    starts_at: dt.datetime
    on: dt.date
    starts: dt.time
    ends: dt.time
    languages: tuple[str, ...]
    has_care: bool
    is_online: bool


def evenings_to_come(*, actor: Actor, at: dt.datetime) -> list[ComingEvening]:
    """Confirmed evenings that have an invitation and are not over, the next one first. Every actor may read them."""
    sessions = Session.objects.filter(
        district_id=actor.district_id, state__in=SHOWN, ends_at__gt=at, request__kind=EVENING
    ).select_related("request__site")
    listed = list(sessions.order_by("starts_at", "id"))
    invited = {
        evening.request_id: evening
        for evening in Evening.objects.filter(district_id=actor.district_id, request__in=[s.request_id for s in listed])
    }
    sites = [session.request.site for session in listed]
    regions = facts_of(actor=actor, sites=sites, on=at.date()).region if listed else {}
    return [
        _coming(session, invited[session.request_id], regions) for session in listed if session.request_id in invited
    ]


def _coming(session: Session, evening: Evening, regions: dict[int, str]) -> ComingEvening:
    site = session.request.site
    return ComingEvening(
        ref=evening.ref,
        site_name=site.name,
        city=site.city,
        region=regions.get(site.pk, ""),
        starts_at=session.starts_at,
        on=session.on,
        starts=session.starts,
        ends=session.ends,
        languages=tuple(map(language_name, in_order(evening.interpreters))),
        has_care=bool(evening.care_places),
        is_online=session.mode == Request.Mode.ONLINE,
    )
