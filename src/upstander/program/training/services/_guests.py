"""What becomes of a session's guests. Only services of this part call it.

The order of locks: a session's own request, the session, then the requests of its guests by id. A step of a guest
locks its own request alone, and what the session is at that moment decides; so whoever comes second sees the first.
"""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.program.training import states
from upstander.program.training.models import Hosting, Request, Session, SessionGuest
from upstander.program.training.services import _moves, _session_mails


def accept(actor: Actor, guest: SessionGuest, at: dt.datetime) -> None:
    """The guest agrees to come. Its request, which is locked, is confirmed as soon as the session is."""
    guest.accepted_at = at
    guest.save(update_fields=["accepted_at"])
    if guest.session.state in {states.Session.CONFIRMED, states.Session.OPEN}:
        _moves.move_request(guest.request, "confirm", actor, at)
        _session_mails.tell_guest(actor, guest, at, "training_confirmed")
        return
    hosts = guest.session.request
    guest.request.waits_for, guest.request.due_on = Request.WaitsFor.HOST, hosts.due_on
    guest.request.save(update_fields=["waits_for", "due_on"])


def confirm_accepted(actor: Actor, session: Session, at: dt.datetime) -> None:
    """The session is confirmed now: so are the requests of guests that have agreed; the mails tell them with all."""
    for guest in _locked(session):
        if guest.accepted_at is not None:
            _moves.move_request(guest.request, "confirm", actor, at)


def leave(actor: Actor, guest: SessionGuest, why: Hosting.End, at: dt.datetime) -> None:
    """The guest comes no longer, and is in no group any more; the session stays. Its locked request moves elsewhere."""
    was_told = guest.request.state in _session_mails.GUESTS_TOLD
    _end(guest, at)
    end_hostings(actor, Hosting.objects.filter(guest=guest.site, host=guest.session.site), why, at)
    if was_told:
        _session_mails.tell_guest(actor, guest, at, "training_cancelled")


def free_all(actor: Actor, session: Session, at: dt.datetime, *, is_asked_again: bool = False) -> None:
    """The session is called off: requests of guests wait again, or end if they have no wished days of their own."""
    for guest in _locked(session):
        _end(guest, at)
        _moves.move_request(guest.request, "release" if is_asked_again else way_back(guest.request), actor, at)


def deliver_all(actor: Actor, session: Session, came: Collection[int], at: dt.datetime) -> None:
    """The session was held: for every guest that agreed, or of whose site (`came`, by id) somebody was there.

    With it the group has done its work; who missed it is planned anew, alone or with others.
    """
    for guest in _locked(session):
        hosted = Hosting.objects.filter(guest=guest.site, host=session.site_id)
        end_hostings(actor, hosted, Hosting.End.HELD, at)
        if guest.request.state == states.Request.PLANNED and guest.site_id not in came:
            _end(guest, at)
            _moves.move_request(guest.request, way_back(guest.request), actor, at)
            continue
        if guest.request.state == states.Request.PLANNED:
            _moves.move_request(guest.request, "confirm", actor, at)
        _moves.move_request(guest.request, "deliver", actor, at)


def way_back(request: Request) -> str:
    """Where a request goes that lost its session: without wished days nobody could plan it anew."""
    return "release" if request.windows.exists() else "withdraw"


def end_hostings(actor: Actor, found: QuerySet[Hosting], why: Hosting.End, at: dt.datetime) -> int:
    """End what holds of these rows; gives their number."""
    return found.filter(ended_at__isnull=True).update(ended_at=at, ended_by=actor.name, ended_how=why)


def _end(guest: SessionGuest, at: dt.datetime) -> None:
    guest.left_at = at
    guest.save(update_fields=["left_at"])


def _locked(session: Session) -> Iterator[SessionGuest]:
    """The guests that are still there once their requests are locked."""
    live = SessionGuest.objects.filter(session=session, left_at__isnull=True)
    for pk, ref in live.order_by("request_id").values_list("pk", "request__ref"):
        request = _moves.locked_request(ref)
        guest = live.select_related("session", "site").filter(pk=pk).first()
        if guest is not None:
            guest.request = request
            yield guest
