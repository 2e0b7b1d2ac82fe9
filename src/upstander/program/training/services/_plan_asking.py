"""Noting that sites are asked for an answer. Only services of this part call it."""

import datetime as dt
from collections.abc import Iterable, Mapping

from upstander.district.people.models import Person
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies
from upstander.program.training.models import Plan, PlanEntry, Request
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


def _let_wait(entries: Iterable[PlanEntry]) -> None:
    waiting = []
    for entry in entries:
        if entry.request is not None:
            entry.request.waits_for, entry.request.due_on = Request.WaitsFor.SITE, entry.answer_by
            entry.request.escalated = 0
            waiting.append(entry.request)
    Request.objects.bulk_update(waiting, ["waits_for", "due_on", "escalated"], batch_size=500)
