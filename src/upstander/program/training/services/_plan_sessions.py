"""A released plan's requests, sessions and assignments, written together: a year has hundreds of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Person
from upstander.engines.planning import Member, Problem
from upstander.engines.planning.ways import Ways
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import policies, states
from upstander.program.training.content import kinds
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.models import (
    Assignment,
    PlanEntry,
    PlanSeat,
    Request,
    RequestMove,
    Session,
    SessionGuest,
    SessionMove,
)
from upstander.program.training.planning.problems import Source
from upstander.program.training.selectors._as_known import point_of
from upstander.program.training.selectors.due_days import due_days
from upstander.program.training.selectors.offerings import Own, name_among, own_offerings
from upstander.program.training.services import _moves
from upstander.program.training.services._assigning import AROUND, assignment, share_ways
from upstander.program.training.services._ways import minutes_of_way


def ask_for(
    actor: Actor, entries: list[PlanEntry], source: Source, principals: dict[int, list[Person]], at: dt.datetime
) -> None:
    """Give every entry its request, planned: the one the site made itself, the one of its old session, or a new one.

    A new one is asked in the name of the site's principal, or of the coordinator where nobody there can sign in.
    Raises Invalid where somebody corrected one since it was read.
    """
    new, kind = [], kinds.kind_of(kinds.TRAINING)
    days = due_days(actor=actor, kind=kind.key, state=states.Request.PLANNED, on=policies.today(actor, at))
    due_on = policies.due_on(actor, days, at)
    for entry in entries:
        wish = entry.request or source.sites[entry.key].wish
        if wish is None:
            entry.request = _new_request(actor, entry, principals.get(entry.site_id, []), at)
            entry.request.kind, entry.request.edition, entry.request.due_on = kind.key, kind.edition, due_on
            new.append(entry.request)
        else:
            request = _locked_as_read(wish)
            request.owner_id = actor.account_id
            request.room, request.seat_count = entry.room, entry.seat_count
            request.save(update_fields=["room", "seat_count"])
            _moves.move_request(request, "assign", actor, at)
            entry.request = request
    Request.objects.bulk_create(new)
    waits, planned = states.Request.WAITING, states.Request.PLANNED
    RequestMove.objects.bulk_create(
        RequestMove(request=request, from_state=before, to_state=after, **_who(actor, at))
        for request in new
        for before, after in (("", waits), (waits, planned))
    )


def ask_anew(actor: Actor, entry: PlanEntry, before: Request, at: dt.datetime) -> None:
    """Give the entry, whose locked request lost its session, a planned one: the same if it waits, else one like it."""
    if before.state == states.Request.WAITING:
        _moves.move_request(before, "assign", actor, at)
        entry.request = before
        return
    request = _new_request(actor, entry, [], at)
    request.kind, request.edition = before.kind, before.edition
    request.requested_by_id, request.owner_id = before.requested_by_id, before.owner_id
    request.due_on = _moves.due_day(request, actor, at)
    request.save(force_insert=True)
    _moves.first_move(request, actor, at)
    entry.request = request


def hold_all(actor: Actor, entries: list[PlanEntry], zone: ZoneInfo, at: dt.datetime) -> None:
    """Give every entry its session, planned; guests get their host's, which stands among the entries."""
    hosts, own = {entry.pk: entry for entry in entries if entry.host_id is None}, own_offerings(actor=actor)
    for entry in hosts.values():
        entry.session = _new_session(entry, own, zone, at)
    Session.objects.bulk_create([entry.session for entry in hosts.values() if entry.session])
    SessionMove.objects.bulk_create(
        SessionMove(session=entry.session, from_state="", to_state=states.Session.PLANNED, **_who(actor, at))
        for entry in hosts.values()
    )
    guests = [entry for entry in entries if entry.host_id is not None]
    for entry in guests:
        entry.session = hosts[entry.host_id or 0].session
    SessionGuest.objects.bulk_create(
        SessionGuest(district_id=entry.district_id, session=entry.session, site=entry.site, request=entry.request)
        for entry in guests
    )


def assign_all(entries: list[PlanEntry], problem: Problem) -> None:
    """Assign the planned members. The database's own constraints refuse a double booking (IntegrityError)."""
    ways = Ways(problem.travel)
    cadre = {member.ref: member for member in problem.members}
    held = [entry for entry in entries if entry.host_id is None]
    new = [_assignment(entry, seat, cadre, ways) for entry in held for seat in entry.seats.all()]
    _share_ways(new)
    Assignment.objects.bulk_create(new)


def _locked_as_read(read: Request) -> Request:
    """The request, locked. Raises Invalid if it asks for another session or room than the plan was judged by."""
    request = _moves.locked_request(read.ref)
    if any(getattr(request, name) != getattr(read, name) for name in (*kinds.SESSION_HOLDS, "seat_count")):
        told = {"site": request.site.name}
        raise Invalid(_("The request of %(site)s was corrected a moment ago. Please look again.") % told)
    return request


def _new_request(actor: Actor, entry: PlanEntry, principals: Iterable[Person], at: dt.datetime) -> Request:
    asking: Any = next((person.account_id for person in principals if person.account_id), actor.account_id)
    return Request(
        district_id=entry.district_id,
        site=entry.site,
        audience=entry.audience,
        head_count=max(entry.head_count, 1),
        languages=entry.languages,
        mode=entry.mode,
        minutes=entry.minutes,
        room=entry.room,
        seat_count=entry.seat_count,
        requested_by_id=asking,
        requested_at=at,
        owner_id=actor.account_id,
        state=states.Request.PLANNED,
        state_since=at,
    )


def _new_session(entry: PlanEntry, own: list[Own], zone: ZoneInfo, at: dt.datetime) -> Session:
    if entry.on is None or entry.starts is None or entry.ends is None:
        raise ValueError("only an entry with a day becomes a session")
    span = policies.moments(zone, entry.on, entry.starts, entry.ends)
    return Session(
        district_id=entry.district_id,
        request=entry.request,
        site=entry.site,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        on=entry.on,
        starts=entry.starts,
        ends=entry.ends,
        zone=zone.key,
        mode=entry.mode,
        room=entry.room,
        offering=name_among(own, TRAINING, entry.audience, entry.minutes, entry.on),
        minimum_minutes=kind_of(TRAINING).enough_minutes(entry.minutes),
        state=states.Session.PLANNED,
        state_since=at,
    )


def _assignment(entry: PlanEntry, seat: PlanSeat, cadre: Mapping[str, Member], ways: Ways) -> Assignment:
    if entry.session is None:
        raise ValueError("only what became a session can be assigned")
    home, there = cadre[seat.member.ref].base_on(entry.session.on), (entry.key, point_of(entry.site))
    minutes = minutes_of_way(ways, home, there, entry.mode)
    return assignment(entry.session, seat.member, seat.role, minutes)


def _share_ways(new: list[Assignment]) -> None:
    """Between two sessions of one member a way over home would often be too long, and nobody drives it.

    The plan was checked for the way from site to site; so the time between the two is shared out evenly.
    """
    if not new:
        return
    around = min(each.starts_at for each in new) - AROUND, max(each.ends_at for each in new) + AROUND
    known = Assignment.objects.filter(
        member__in={each.member_id for each in new},
        released_at__isnull=True,
        starts_at__lt=around[1],
        ends_at__gt=around[0],
    )
    by_member: dict[int, list[Assignment]] = {}
    for each in [*known, *new]:
        by_member.setdefault(each.member_id, []).append(each)
    touched = {each.pk for own in by_member.values() for each in share_ways(own) if each.pk}
    Assignment.objects.bulk_update([each for each in known if each.pk in touched], ["leaves_at", "returns_at"])


def _who(actor: Actor, at: dt.datetime) -> dict[str, object]:
    return {"district_id": actor.district_id, "account_id": actor.account_id, "actor_name": actor.name, "at": at}
