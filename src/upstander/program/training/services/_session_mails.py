"""Mails about sessions, each with a calendar file that puts them in or takes them out."""

import datetime as dt
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.district.people.models import Person
from upstander.engines import invitations
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notice
from upstander.program.training import states
from upstander.program.training.content import kinds
from upstander.program.training.models import Assignment, Request, Session, SessionGuest, Swap
from upstander.program.training.selectors._guests import guests_of
from upstander.program.training.selectors._teams import spoken_of, team_of
from upstander.program.training.selectors.misfits import Misfit
from upstander.program.training.services._mails import of_account, of_person, page_facts, requester

GUESTS_TOLD = (states.Request.CONFIRMED, states.Request.MOVING)


def tell_confirmed(actor: Actor, request: Request, session: Session, at: dt.datetime) -> None:
    """To requester and everyone of the team: day, place, people, and a calendar file that puts it in."""
    _tell_all(actor, request, session, at, "training_confirmed")


def tell_cancelled(actor: Actor, request: Request, session: Session, at: dt.datetime) -> None:
    """To requester and everyone of the team: it will not take place, and a calendar file that takes it out."""
    _tell_all(actor, request, session, at, "training_cancelled")


def tell_taken_over(actor: Actor, request: Request, session: Session, before: Person, at: dt.datetime) -> None:
    """To requester and team the session as it is now; to the one before, that it is no longer theirs."""
    _tell_all(actor, request, session, at, "training_confirmed")
    _tell_gone(actor, request, session, before, at, "training_taken_over")


def tell_joined(actor: Actor, request: Request, session: Session, at: dt.datetime) -> None:
    """To the requester and the whole team: the session as it is now, with whoever joined it or left."""
    _tell_all(actor, request, session, at, "training_confirmed")


def tell_left(actor: Actor, request: Request, session: Session, before: Person, at: dt.datetime) -> None:
    """To who need not come any more, and to all others the session as it is now."""
    tell_joined(actor, request, session, at)
    _tell_gone(actor, request, session, before, at, "training_left")


def _tell_gone(actor: Actor, request: Request, session: Session, before: Person, at: dt.datetime, kind: str) -> None:
    to, names = of_person(before), spoken_of(team_of(session))
    post_notice(
        actor=actor,
        kind=kind,
        to=to,
        key=f"{kind.removeprefix('training_')}:{session.ref}:{session.sequence}",
        at=at,
        facts=_facts(request, session, names, "consultant", to.language),
        calendar=_calendar(request, session, names, to, at, "training_cancelled"),
    )


def tell_swap(actor: Actor, kind: str, swap: Swap, session: Session, *, to: Person, at: dt.datetime) -> None:
    """To a consultant: a colleague asks, or has declined. Needs the request and site of the session."""
    reader = of_person(to)
    facts = _facts(session.request, session, swap.colleague.person.full_name, "consultant", reader.language)
    post_notice(actor=actor, kind=kind, to=reader, key=f"{kind}:{swap.ref}", at=at, facts=facts)


def drafts_of_misfit(misfit: Misfit, coordinators: list[Person], *, has_left: bool) -> list[Draft]:
    """To the consultant and whoever coordinates: a planned session no longer fits. Once for each reason.

    Who has left the Cadre hears nothing of its sessions any more.
    """
    session = misfit.assignment.session
    person, owner = misfit.assignment.member.person, session.request.owner
    to = [of_person(person), *([of_account(owner)] if owner else map(of_person, coordinators))]
    key = f"misfit:{misfit.assignment.ref}:{misfit.found.reason}"
    return [
        Draft(
            each,
            f"{key}:{number}",
            _facts(
                session.request, session, person.full_name, "coordinator" if number else "consultant", each.language
            ),
        )
        for number, each in enumerate(to)
        if number or not has_left
    ]


def _tell_all(actor: Actor, request: Request, session: Session, at: dt.datetime, kind: str) -> None:
    team = team_of(session)
    names = spoken_of(team)
    told = [("requester", "requester", requester(request), request)]
    told += [(_role_for_mail(each), _key_of(each), of_person(each.member.person), request) for each in team]
    visits = [guest.request for guest in guests_of(session) if guest.request.state in GUESTS_TOLD]
    told += [("requester", visit.ref, requester(visit), visit) for visit in visits]
    for role, who, to, asked in told:
        post_notice(
            actor=actor,
            kind=kind,
            to=to,
            key=f"{kind}:{session.ref}:{session.sequence}:{who}",
            at=at,
            facts=_facts(asked, session, names, role, to.language),
            calendar=_calendar(asked, session, names, to, at, kind),
        )


def tell_guest(actor: Actor, guest: SessionGuest, at: dt.datetime, kind: str) -> None:
    """To the requester of a site that comes to a session at another, that it does, or no longer: with the place."""
    request, session = guest.request, guest.session
    to, names = requester(request), spoken_of(team_of(session))
    post_notice(
        actor=actor,
        kind=kind,
        to=to,
        key=f"{kind}:{session.ref}:{session.sequence}:{request.ref}",
        at=at,
        facts=_facts(request, session, names, "requester", to.language),
        calendar=_calendar(request, session, names, to, at, kind),
    )


def _role_for_mail(each: Assignment) -> str:
    return "shadow" if each.role == Assignment.Role.SHADOW else "consultant"


def _key_of(each: Assignment) -> str:
    return "consultant" if each.role == Assignment.Role.LEAD else each.member.ref


def _facts(request: Request, session: Session, names: str, role: str, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            **page_facts(request, language),
            "session": session.ref,
            "day": date_format(session.on, _("l, F j, Y")),
            "starts": time_format(session.starts),
            "ends": time_format(session.ends),
            "place": _place(session),
            "consultant": names,
            "role": role,
        }


def _calendar(request: Request, session: Session, names: str, to: Recipient, at: dt.datetime, kind: str) -> str:
    draw = invitations.cancel if kind == "training_cancelled" else invitations.request
    with translation.override(to.language):
        meeting = invitations.Meeting(
            uid=f"{session.ref}@{domain()}",
            sequence=session.sequence,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            zone=ZoneInfo(session.zone),
            summary=f"{kinds.kind_of(request.kind).title.in_language(to.language)}, {session.site.name}",
            place=_place(session),
            description=_("Held by %(name)s.") % {"name": names},
            organizer=sender(),
            attendee=to.email,
            stamped_at=at,
            address=session.meeting,
        )
    return draw(meeting)


def _place(session: Session) -> str:
    if session.mode == Request.Mode.ONLINE:
        return _("Online: %(address)s") % {"address": session.meeting} if session.meeting else _("Online")
    site = session.site
    place = ", ".join(part for part in (session.room, site.name, site.street, site.city) if part)
    if session.mode != Request.Mode.HYBRID:
        return place
    also = _("%(place)s; also online: %(address)s") if session.meeting else _("%(place)s; also online")
    return also % {"place": place, "address": session.meeting}


def domain() -> str:
    """What the names of calendar entries end with."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def sender() -> str:
    """The address from which invitations come."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
