"""Mails to people who promised something. Subjects are neutral; nobody who may receive a gift is ever named."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Recipient, post_notice
from upstander.program.materials.models import Pledge
from upstander.program.training.policies import page_key, zone_of


def tell(actor: Actor, pledge: Pledge, kind: str, at: dt.datetime, again: str = "") -> None:
    """Write the mail of this kind; once for each promise, and for each `again`. Needs its wish and place."""
    where = "prove" if kind == "wish_prove" else "promise"
    facts = {
        **_facts(pledge, zone_of(actor)),
        "page": f"/wishes/{where}/{pledge.ref}/{page_key(pledge.ref)}/",
    }
    to, key = Recipient(pledge.email, pledge.language), ":".join(filter(None, (kind, pledge.ref, again)))
    post_notice(actor=actor, kind=kind, to=to, key=key, at=at, facts=facts)


def _facts(pledge: Pledge, zone: ZoneInfo) -> dict[str, str]:
    wish, place = pledge.wish, pledge.wish.place
    title, hours = (wish.title_es, place.hours_es) if pledge.language == "es" else (wish.title_en, place.hours_en)
    with translation.override(pledge.language):
        return {
            "noun": f"{pledge.received_count or pledge.count} × {title}",
            "place": f"{place.name}, {place.street}, {place.city}. {hours}. {place.get_manner_display()}",
            "day": date_format(pledge.expires_at.astimezone(zone), "DATE_FORMAT"),
        }
