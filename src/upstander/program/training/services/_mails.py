"""Mails about requests and sessions. Subjects are neutral: a locked screen shows them to anyone beside it."""

import datetime as dt
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.engines import invitations
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notice
from upstander.program.training import policies
from upstander.program.training.content import kinds
from upstander.program.training.models import Request, Session, Swap, UnprovenRequest
from upstander.program.training.selectors.cadre import Misfit


def tell_received(actor: Actor, request: Request, at: dt.datetime) -> None:
    """To the requester: it arrived, and here is its page."""
    to = requester(request)
    facts = page_facts(request, to.language)
    post_notice(actor=actor, kind="training_received", to=to, key=f"received:{request.ref}", at=at, facts=facts)


def tell_declined(actor: Actor, request: Request, at: dt.datetime) -> None:
    """To the requester: it will not take place, and why."""
    to = requester(request)
    with translation.override(to.language):
        reason = str(Request.Decline(request.decline_reason).label)
    facts = {**page_facts(request, to.language), "reason": reason}
    post_notice(actor=actor, kind="training_declined", to=to, key=f"declined:{request.ref}", at=at, facts=facts)


def tell_finished(actor: Actor, request: Request, at: dt.datetime) -> None:
    """To the requester of a kind that ends with a step: it is done."""
    to = requester(request)
    facts = page_facts(request, to.language)
    facts["done"] = kinds.kind_of(request.kind).steps["done"].in_language(to.language)
    post_notice(actor=actor, kind="training_finished", to=to, key=f"finished:{request.ref}", at=at, facts=facts)


def tell_part(actor: Actor, request: Request, sent: int, wanted: int, at: dt.datetime) -> None:
    """To the requester of materials: a part is on its way, and the rest is not forgotten."""
    to = requester(request)
    with translation.override(to.language):
        done = _("%(sent)s of %(wanted)s") % {"sent": sent, "wanted": wanted}
    facts = {**page_facts(request, to.language), "done": done}
    post_notice(
        actor=actor, kind="training_part", to=to, key=f"part:{request.ref}:{at.isoformat()}", at=at, facts=facts
    )


def tell_kept(actor: Actor, request: Request, at: dt.datetime) -> None:
    """To the requester, who asked for other days: the session stays as it was."""
    to = requester(request)
    key = f"kept:{request.ref}:{request.state_since.isoformat()}"
    post_notice(actor=actor, kind="training_kept", to=to, key=key, at=at, facts=page_facts(request, to.language))


def tell_owner(actor: Actor, request: Request, at: dt.datetime, kind: str, key: str, *owners: Account | None) -> None:
    """To people of the district: a request is theirs now, or waits too long, or other days were asked for."""
    for owner in {owner.pk: owner for owner in owners if owner is not None}.values():
        to = _of_account(owner)
        facts = {
            "site": request.site.name,
            "noun": kinds.kind_of(request.kind).noun.in_language(to.language),
            "page": f"/training/queue/{request.ref}/",
        }
        post_notice(actor=actor, kind=kind, to=to, key=f"{key}:{owner.ref}", at=at, facts=facts)


def tell_unproven(actor: Actor, unproven: UnprovenRequest, noun: str, site: str, at: dt.datetime) -> None:
    """To an address nobody proved yet: the link that proves it. Nothing else of the wish is told."""
    page = f"/ask/prove/{unproven.ref}/{policies.page_key(unproven.ref)}/"
    post_notice(
        actor=actor,
        kind="training_prove",
        to=Recipient(unproven.email, unproven.language),
        key=f"prove:{unproven.ref}",
        at=at,
        facts={"site": site, "noun": noun, "page": page},
    )


def requester(request: Request) -> Recipient:
    """Where mails to the requester go; nowhere, once the address of a visitor was deleted."""
    if request.requested_by is None:
        return Recipient(request.contact_email, request.contact_language)
    return _of_account(request.requested_by)


def page_facts(request: Request, language: str) -> dict[str, str]:
    """What every mail to a requester says: which request, and where its page is."""
    page = f"/training/requests/{request.ref}/"
    if request.requested_by is None:
        page = f"/ask/follow/{request.ref}/{policies.page_key(request.ref)}/"
    noun = kinds.kind_of(request.kind).noun.in_language(language)
    return {"request": request.ref, "site": request.site.name, "noun": noun, "page": page}


def tell_confirmed(actor: Actor, request: Request, session: Session, at: dt.datetime) -> None:
    """To requester and consultant: day, place, person, and a calendar file that puts it in."""
    _tell_both(actor, request, session, at, "training_confirmed")


def tell_cancelled(actor: Actor, request: Request, session: Session, at: dt.datetime) -> None:
    """To requester and consultant: it will not take place, and a calendar file that takes it out."""
    _tell_both(actor, request, session, at, "training_cancelled")


def tell_taken_over(actor: Actor, request: Request, session: Session, before: Person, at: dt.datetime) -> None:
    """To requester and the new consultant the session as it is now; to the one before, that it is no longer theirs."""
    _tell_both(actor, request, session, at, "training_confirmed")
    to, now = _of_person(before), _consultant(session)
    post_notice(
        actor=actor,
        kind="training_taken_over",
        to=to,
        key=f"taken_over:{session.ref}:{session.sequence}",
        at=at,
        facts=_facts(request, session, now, "consultant", to.language),
        calendar=_calendar(request, session, now, to, at, "training_cancelled"),
    )


def tell_swap(actor: Actor, kind: str, swap: Swap, session: Session, *, to: Person, at: dt.datetime) -> None:
    """To a consultant: a colleague asks, or has declined. Needs the request and site of the session."""
    reader = _of_person(to)
    facts = _facts(session.request, session, swap.colleague.person, "consultant", reader.language)
    post_notice(actor=actor, kind=kind, to=reader, key=f"{kind}:{swap.ref}", at=at, facts=facts)


def drafts_of_misfit(misfit: Misfit, coordinators: list[Person]) -> list[Draft]:
    """To the consultant and whoever coordinates: a planned session no longer fits. Once for each reason."""
    session = misfit.assignment.session
    person, owner = misfit.assignment.member.person, session.request.owner
    to = [_of_person(person), *([_of_account(owner)] if owner else map(_of_person, coordinators))]
    key = f"misfit:{misfit.assignment.ref}:{misfit.found.reason}"
    return [
        Draft(
            each,
            f"{key}:{number}",
            _facts(session.request, session, person, "coordinator" if number else "consultant", each.language),
        )
        for number, each in enumerate(to)
    ]


def _tell_both(actor: Actor, request: Request, session: Session, at: dt.datetime, kind: str) -> None:
    person = _consultant(session)
    for role, to in (("requester", requester(request)), ("consultant", _of_person(person))):
        post_notice(
            actor=actor,
            kind=kind,
            to=to,
            key=f"{kind}:{session.ref}:{session.sequence}:{role}",
            at=at,
            facts=_facts(request, session, person, role, to.language),
            calendar=_calendar(request, session, person, to, at, kind),
        )


def _facts(request: Request, session: Session, person: Person, role: str, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            **page_facts(request, language),
            "session": session.ref,
            "day": date_format(session.on, _("l, F j, Y")),
            "starts": time_format(session.starts),
            "ends": time_format(session.ends),
            "place": _place(session),
            "consultant": person.full_name,
            "role": role,
        }


def _calendar(request: Request, session: Session, person: Person, to: Recipient, at: dt.datetime, kind: str) -> str:
    draw = invitations.cancel if kind == "training_cancelled" else invitations.request
    with translation.override(to.language):
        meeting = invitations.Meeting(
            uid=f"{session.ref}@{_domain()}",
            sequence=session.sequence,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            zone=ZoneInfo(session.zone),
            summary=f"{kinds.kind_of(request.kind).title.in_language(to.language)}, {session.site.name}",
            place=_place(session),
            description=_("Held by %(name)s.") % {"name": person.full_name},
            organizer=_sender(),
            attendee=to.email,
            stamped_at=at,
        )
    return draw(meeting)


def _place(session: Session) -> str:
    if session.mode == Request.Mode.ONLINE:
        return _("Online")
    site = session.site
    return ", ".join(part for part in (session.room, site.name, site.street, site.city) if part)


def _consultant(session: Session) -> Person:
    return Person.objects.select_related("account").get(
        cadremember__assignments__session=session, cadremember__assignments__released_at__isnull=True
    )


def _of_account(account: Account) -> Recipient:
    person = Person.objects.filter(account=account).first()
    return Recipient(account.email, person.language if person else "en")


def _of_person(person: Person) -> Recipient:
    return Recipient(person.email or (person.account.email if person.account else ""), person.language)


def _domain() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def _sender() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
