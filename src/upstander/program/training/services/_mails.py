"""Mails about requests. Subjects are neutral: a locked screen shows them to anyone beside it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notice, post_notices
from upstander.program.training import policies
from upstander.program.training.content import kinds
from upstander.program.training.models import CallBack, Request, UnprovenRequest
from upstander.program.training.selectors.call_backs import holder_of

MOST_NAMED = 10


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


def tell_corrected(actor: Actor, request: Request, at: dt.datetime) -> None:
    """To the requester: somebody else has corrected what they asked for."""
    to = requester(request)
    key = f"corrected:{request.ref}:{at.isoformat()}"
    facts = page_facts(request, to.language)
    post_notice(actor=actor, kind="training_corrected", to=to, key=key, at=at, facts=facts)


def tell_owner(actor: Actor, request: Request, at: dt.datetime, kind: str, key: str, *owners: Account | None) -> None:
    """To people of the district: a request is theirs now, or waits too long, or other days were asked for."""
    for owner in {owner.pk: owner for owner in owners if owner is not None}.values():
        to = of_account(owner)
        facts = _facts_of_owner(actor, request, owner, to.language)
        post_notice(actor=actor, kind=kind, to=to, key=f"{key}:{owner.ref}", at=at, facts=facts)


def _facts_of_owner(actor: Actor, request: Request, owner: Account, language: str) -> dict[str, str]:
    pages = "cadre/consultations" if owner == holder_of(actor=actor, request=request) else "training/queue"
    noun = kinds.kind_of(request.kind).noun.in_language(language)
    return {"site": request.site.name, "noun": noun, "page": f"/{pages}/{request.ref}/"}


def tell_call_gone(actor: Actor, request: Request, call_back: CallBack, at: dt.datetime) -> None:
    """To a member of the Cadre: a consultation is not in their hands any more."""
    to = of_person(call_back.member.person)
    facts = {"site": request.site.name, "noun": kinds.kind_of(request.kind).noun.in_language(to.language)}
    post_notice(actor=actor, kind="training_call_gone", to=to, key=f"gone:{call_back.ref}", at=at, facts=facts)


def tell_overdue(actor: Actor, told: Mapping[Account, Sequence[Request]], at: dt.datetime) -> None:
    """To each of these people: what waits too long, in one mail. The first few are named, the queue has all."""
    drafts = []
    for account, requests in told.items():
        to = of_account(account)
        known = ",".join(sorted(f"{each.ref}{each.escalated}{each.due_on}" for each in requests))
        lines = [_facts_of_owner(actor, each, account, to.language) for each in requests[:MOST_NAMED]]
        facts = {"lines": lines, "count": len(requests), "more": len(requests) - len(lines)}
        drafts.append(Draft(to, f"overdue:{account.ref}:{sha256(known.encode()).hexdigest()[:32]}", facts))
    post_notices(actor=actor, kind="training_overdue", drafts=drafts, at=at)


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
    return of_account(request.requested_by)


def page_facts(request: Request, language: str) -> dict[str, str]:
    """What every mail to a requester says: which request, and where its page is."""
    page = f"/training/requests/{request.ref}/"
    if request.requested_by is None:
        page = f"/ask/follow/{request.ref}/{policies.page_key(request.ref)}/"
    noun = kinds.kind_of(request.kind).noun.in_language(language)
    return {"request": request.ref, "site": request.site.name, "noun": noun, "page": page}


def of_account(account: Account) -> Recipient:
    """Where mails to who signs in go, in the language of their person."""
    person = Person.objects.filter(account=account).first()
    return Recipient(account.email, person.language if person else "en")


def of_person(person: Person) -> Recipient:
    """Where mails to somebody of the staff go."""
    return Recipient(person.email or (person.account.email if person.account else ""), person.language)
