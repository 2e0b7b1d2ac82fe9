"""Mails to guests. Subjects name a day and nothing else: a locked screen shows them to anyone beside it."""

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.engines import invitations
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.gatherings.models import Guest, Symposium
from upstander.program.gatherings.states import Place
from upstander.program.training.policies import page_key

CALLED_OFF = ("gathering_cancelled", "gathering_withdrawn")


def tell_link(actor: Actor, symposium: Symposium, guest: Guest, at: dt.datetime) -> None:
    """To an address: the link that proves it, or to the place it has already."""
    word = "prove" if guest.state == Place.UNPROVEN else "place"
    kind = "gathering_prove" if word == "prove" else "gathering_place"
    page = f"/symposiums/{word}/{guest.ref}/{page_key(guest.ref)}/"
    facts = {**_facts(symposium, guest), "page": page}
    draft = Draft(Recipient(guest.email, guest.language), f"{kind}:{guest.ref}:{at.isoformat()}", facts)
    post_notices(actor=actor, kind=kind, drafts=[draft], at=at)


def tell_guests(
    actor: Actor, symposium: Symposium, guests: Sequence[Guest], kind: str, at: dt.datetime, *, had_file: bool = True
) -> None:
    """To these guests, once for each thing that happens, with a calendar file for who has or had a place."""
    drafts = [
        Draft(
            Recipient(guest.email, guest.language),
            f"{kind}:{guest.ref}:{symposium.sequence}",
            _facts(symposium, guest),
            _calendar(symposium, guest, kind, at) if had_file and guest.state != Place.WAITING else "",
        )
        for guest in guests
    ]
    post_notices(actor=actor, kind=kind, drafts=drafts, at=at)


def _facts(symposium: Symposium, guest: Guest) -> dict[str, str]:
    with translation.override(guest.language):
        return {
            "title": _title(symposium, guest.language),
            "day": date_format(symposium.on, _("l, F j, Y")),
            "starts": time_format(symposium.starts),
            "ends": time_format(symposium.ends),
            "place": symposium.place,
            "page": f"/symposiums/place/{guest.ref}/{page_key(guest.ref)}/",
        }


def _title(symposium: Symposium, language: str) -> str:
    return symposium.title_es if language == "es" else symposium.title_en


def _calendar(symposium: Symposium, guest: Guest, kind: str, at: dt.datetime) -> str:
    draw = invitations.cancel if kind in CALLED_OFF else invitations.request
    return draw(
        invitations.Meeting(
            uid=f"{guest.ref}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}",
            sequence=symposium.sequence + (kind == "gathering_withdrawn"),
            starts_at=symposium.starts_at,
            ends_at=symposium.ends_at,
            zone=ZoneInfo(symposium.zone),
            summary=_title(symposium, guest.language),
            place=symposium.place,
            description="",
            organizer=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"),
            attendee=guest.email,
            stamped_at=at,
        )
    )
