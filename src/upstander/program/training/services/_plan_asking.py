"""Noting that sites are asked for an answer. Only services of this part call it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from upstander.district.people.models import Person
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import Plan, PlanEntry, Request, SessionGuest
from upstander.program.training.services._mails import of_person

ASKED = ("asked_on", "asked_count", "answer_by", "reminded_on")


def ask(
    actor: Actor, plan: Plan, entries: Iterable[PlanEntry], principals: Mapping[int, list[Person]], at: dt.datetime
) -> list[PlanEntry]:
    """Begin the time in which these sites answer: to its end their requests wait for them. Gives who can be mailed.

    Where nobody has an address it is the coordinator who acts: calls, and notes what the site says. The entries
    themselves are the caller's to write (`ASKED`).
    """
    on, last = policies.today(actor, at), policies.answer_day(actor, plan.year.starts_on, at)
    reached = []
    for entry in entries:
        entry.asked_count += 1
        entry.answer_by = min(last, entry.on or last)
        if any(of_person(person).email for person in principals.get(entry.site_id, [])):
            entry.asked_on, entry.reminded_on = on, None
            reached.append(entry)
    _let_wait(reached)
    return reached


def _let_wait(entries: Collection[PlanEntry]) -> None:
    waiting = []
    for entry in entries:
        if entry.request is not None:
            entry.request.waits_for, entry.request.due_on = Request.WaitsFor.SITE, entry.answer_by
            entry.request.escalated = 0
            waiting.append(entry.request)
    Request.objects.bulk_update(waiting, ["waits_for", "due_on", "escalated"], batch_size=500)
    _let_guests_wait({entry.session_id: entry.answer_by for entry in entries if entry.host_id is None})


def _let_guests_wait(until: Mapping[int | None, dt.date | None]) -> None:
    """Guests that have agreed wait for their host as long as it has time to answer."""
    agreed = Q(state=states.Request.PLANNED, waits_for=Request.WaitsFor.HOST)
    visits = SessionGuest.objects.filter(session__in=[pk for pk in until if pk], left_at__isnull=True)
    session_of = dict(visits.values_list("request_id", "session_id"))
    guests = list(Request.objects.filter(agreed, pk__in=session_of).order_by("pk"))
    for guest in guests:
        guest.due_on, guest.escalated = until[session_of[guest.pk]], 0
    Request.objects.bulk_update(guests, ["due_on", "escalated"], batch_size=500)
