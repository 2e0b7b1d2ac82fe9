"""Requests that waited in a system the district leaves: they come into its queue, and go while nobody touched them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from upstander.district.places.models import Site
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import events, policies, states
from upstander.program.training.content import kinds
from upstander.program.training.models import Request
from upstander.program.training.selectors.owners import first_owner
from upstander.program.training.services import _mails, _moves
from upstander.program.training.services._plan_mails import principals

NOON = dt.time(12)  # of the day of asking, where only the day is known


@dataclass(frozen=True, slots=True)
class Former:
    """An open request as another system tells it. What it does not say is taken as is usual, or stays unanswered."""

    site_id: int
    kind: str
    asked_on: dt.date
    head_count: int = 0
    email: str = ""


@transaction.atomic
def take_over_requests(*, actor: Actor, formers: Iterable[Former], tell: bool, at: dt.datetime) -> list[Request]:
    """Let these requests wait in the queue, each with an owner and a new day by which to act; in their order.

    They are as old as they say. An address that is told gets a mail only with `tell`; where none is, the request is in
    the name of the site's principal, or of the actor where nobody there can sign in, and nobody is told. Needs
    `training.coordinate` everywhere.
    """
    require(actor, "training.coordinate", Place(actor.district_id))
    on, formers = policies.today(actor, at), list(formers)
    sites = Site.objects.in_bulk({former.site_id for former in formers})
    found = [_waiting(actor, former, sites[former.site_id], at) for former in formers]
    heads = principals(actor, found, on)
    asked = {(each.site_id, each.kind): each.site for each in found}
    owners = {key: first_owner(actor=actor, site=site, on=on, kind=key[1]) for key, site in asked.items()}
    for request in found:
        request.owner = owners[request.site_id, request.kind]
        if not request.contact_email:
            asking: Any = (person.account_id for person in heads.get(request.site_id, []) if person.account_id)
            request.requested_by_id = next(asking, actor.account_id)
        request.due_on = _moves.due_day(request, actor, at)
        request.save(force_insert=True)
        _moves.first_move(request, actor, at)
        told = {"kind": request.kind, "site": request.site.ref, "head_count": request.head_count}
        record(events.REQUESTED, actor=actor, subject=request.ref, at=at, **told)
        if tell and request.contact_email:
            _mails.tell_received(actor, request, at)
    return found


@transaction.atomic
def let_go_of_requests(*, actor: Actor, refs: Collection[str], at: dt.datetime) -> int:
    """Withdraw those of these requests that nobody has touched, and say how many; nobody is told by mail.

    Touched is what was planned, taken into other hands, given a day or an answer, or ended. Needs `training.coordinate`
    everywhere.
    """
    require(actor, "training.coordinate", Place(actor.district_id))
    count = 0
    for ref in sorted(refs):
        request = _moves.locked_request(ref)
        if _is_touched(actor, request, at):
            continue
        _moves.move_request(request, "withdraw", actor, at)
        record(events.WITHDRAWN, actor=actor, subject=ref, at=at)
        count += 1
    return count


def _waiting(actor: Actor, former: Former, site: Site, at: dt.datetime) -> Request:
    kind = kinds.kind_of(former.kind)
    zone = policies.zone_of(actor)
    return Request(
        district_id=actor.district_id,
        kind=kind.key,
        edition=kind.edition,
        site=site,
        audience=_audience(kind, site),
        head_count=former.head_count,
        contact_email=former.email.lower(),
        contact_language="en" if former.email else "",
        entered_by_id=actor.account_id,
        requested_at=min(at, dt.datetime.combine(former.asked_on, NOON, zone)),
        state=states.Request.WAITING,
        state_since=at,
        **_usual(kind),
    )


def _usual(kind: kinds.Kind) -> Mapping[str, Any]:
    """What is proposed to everybody who asks for this kind."""
    usual = {question.key: question.usual for question in kind.questions if question.usual}
    told: dict[str, Any] = {"languages": list(usual.get("languages", ()))}
    told["minutes"] = int(next(iter(usual.get("minutes", ())), 0))
    told["mode"] = next(iter(usual.get("mode", ())), "")
    return told


def _audience(kind: kinds.Kind, site: Site) -> str:
    """A site that says nothing else is trained as a whole, as plans take it; of other kinds nobody knows."""
    if kind.key != kinds.TRAINING:
        return ""
    return policies.whole_staff_of(site.kind)


def _is_touched(actor: Actor, request: Request, at: dt.datetime) -> bool:
    first = first_owner(actor=actor, site=request.site, on=policies.today(actor, at), kind=request.kind)
    is_new = request.state == states.Request.WAITING and request.moves.count() == 1
    was_told_more = request.windows.exists() or request.answer_changes.exists()
    return not is_new or request.owner != first or was_told_more
