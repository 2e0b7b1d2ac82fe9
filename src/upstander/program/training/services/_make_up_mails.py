"""Mails to somebody for whom a time is set. They say when and where, and never for what: others may read along."""

import datetime as dt

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.engines import invitations
from upstander.engines.matching import Span
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Recipient, post_notice
from upstander.program.training import policies
from upstander.program.training.models import CalledOff, MakeUp
from upstander.program.training.selectors._teams import spoken_of, team_of
from upstander.program.training.services import _mails, _session_mails


def tell_set(actor: Actor, offer: MakeUp, before: MakeUp | None, span: Span, at: dt.datetime) -> bool:
    """That a time is set, or another one than before; whether there is an address to tell it to."""
    to = _mails.of_person(offer.person)
    calendar = invitations.request(_meeting(actor, offer, span, to, at))
    facts = {**_facts(actor, offer, span, to), "is_moved": before is not None}
    key = f"make_up:{offer.ref}"
    post_notice(actor=actor, kind="training_make_up", to=to, key=key, at=at, facts=facts, calendar=calendar)
    return bool(to.email)


def tell_called_off(actor: Actor, offer: MakeUp, span: Span, at: dt.datetime) -> None:
    """That the time does not take place, with a calendar file that takes it out."""
    to = _mails.of_person(offer.person)
    calendar = invitations.cancel(_meeting(actor, offer, span, to, at))
    key, facts = f"make_up_off:{offer.ref}", _facts(actor, offer, span, to)
    post_notice(actor=actor, kind="training_make_up_off", to=to, key=key, at=at, facts=facts, calendar=calendar)


def _facts(actor: Actor, offer: MakeUp, span: Span, to: Recipient) -> dict[str, str]:
    with translation.override(to.language):
        return {
            "day": date_format(offer.on, "DATE_FORMAT"),
            "starts": time_format(offer.starts),
            "ends": time_format(span.ends_at.astimezone(policies.zone_of(actor)).time()),
            "place": offer.session.site.name,
            "consultant": spoken_of(team_of(offer.session)),
        }


def _meeting(actor: Actor, offer: MakeUp, span: Span, to: Recipient, at: dt.datetime) -> invitations.Meeting:
    """One entry for all times of a person and a session: each change counts on, so that calendars follow it."""
    times = MakeUp.objects.filter(session=offer.session, person=offer.person)
    with translation.override(to.language):
        summary = _("Appointment at %(site)s") % {"site": offer.session.site.name}
    return invitations.Meeting(
        uid=f"{offer.session.ref}-{offer.person.ref}@{_session_mails.domain()}",
        sequence=times.count() + CalledOff.objects.filter(make_up__in=times).count(),
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        zone=policies.zone_of(actor),
        summary=summary,
        place=offer.session.site.name,
        description="",
        organizer=_session_mails.sender(),
        attendee=to.email,
        stamped_at=at,
    )
