"""Moving a request or a session, with the row that tells who and when. Only services of this part call it."""

import datetime as dt
from typing import TypeVar

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.content import kinds
from upstander.program.training.models import Request, RequestMove, Session, SessionMove
from upstander.program.training.selectors.due_days import due_days

Found = TypeVar("Found")
MOVED = ("state", "state_since", "due_on", "escalated", "waits_for")


def locked_request(ref: str) -> Request:
    """The request, locked until the transaction ends: two people cannot move it at once."""
    found = Request.objects.select_for_update(of=("self",)).select_related("site", "requested_by", "owner")
    return _one(found.filter(ref=ref).first(), ref)


def locked_session(ref: str) -> Session:
    """The session, locked until the transaction ends. Lock its request first where both move."""
    session = Session.objects.select_for_update(of=("self",)).select_related("site", "request").filter(ref=ref)
    return _one(session.first(), ref)


def locked_request_of(session_ref: str) -> Request:
    """The request a session belongs to, locked."""
    found = Session.objects.filter(ref=session_ref).values_list("request__ref", flat=True).first()
    return locked_request(_one(found, session_ref))


def live_session(request: Request) -> Session | None:
    """The request's session that was not cancelled, locked."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("site")
        .filter(request=request)
        .exclude(state=states.Session.CANCELLED)
        .first()
    )


def move_request(request: Request, move: str, actor: Actor, at: dt.datetime) -> None:
    """Take the request to the state to which `move` leads. Raises WrongState."""
    target = states.after(ways_of(request), request.state, move)
    told = {"from_state": request.state, "to_state": target, **_who(actor, at)}
    request.state, request.state_since, request.escalated, request.waits_for = target, at, 0, ""
    request.due_on = due_day(request, actor, at)
    request.save(update_fields=[*MOVED, "owner", "decline_reason"])
    RequestMove.objects.create(request=request, **told)


def ways_of(request: Request) -> states.Moves:
    """The moves of the request's kind."""
    return states.moves_of_kind(kinds.kind_of(request.kind).ends_with_session)


def due_day(request: Request, actor: Actor, at: dt.datetime) -> dt.date | None:
    """By when somebody has to act on it as it stands: on the day of its session, or by the rules of its kind."""
    if request.state == states.Request.CONFIRMED:
        ends_at = Session.objects.filter(request=request).exclude(state=states.Session.CANCELLED).values_list("ends_at")
        return next((moment.astimezone(policies.zone_of(actor)).date() for (moment,) in ends_at), None)
    on = policies.today(actor, at)
    return policies.due_on(actor, due_days(actor=actor, kind=request.kind, state=request.state, on=on), at)


def move_session(session: Session, move: str, actor: Actor, at: dt.datetime) -> None:
    """Take the session to the state to which `move` leads. Raises WrongState."""
    target = states.after(states.SESSION_MOVES, session.state, move)
    told = {"from_state": session.state, "to_state": target, **_who(actor, at)}
    session.state, session.state_since = target, at
    session.save(update_fields=["state", "state_since", "sequence"])
    SessionMove.objects.create(session=session, **told)


def first_move(record: Request | Session, actor: Actor, at: dt.datetime) -> None:
    """The row that tells how the record began."""
    told = {"from_state": "", "to_state": record.state, **_who(actor, at)}
    if isinstance(record, Request):
        RequestMove.objects.create(request=record, **told)
    else:
        SessionMove.objects.create(session=record, **told)


def _who(actor: Actor, at: dt.datetime) -> dict[str, object]:
    return {"district_id": actor.district_id, "account_id": actor.account_id, "actor_name": actor.name, "at": at}


def _one(found: Found | None, ref: str) -> Found:
    if found is None:
        raise NotFound(ref)
    return found
