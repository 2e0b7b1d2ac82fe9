"""Asking sites once more whether their planned day suits them: by a coordinator, and once by itself."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Plan, PlanEntry, PlanMove, Request
from upstander.program.training.selectors.proposals import open_at
from upstander.program.training.services import _plan_asking, _plan_mails, _plan_rows

REMINDED_BEFORE = 3  # school days before the last one on which a link holds


@transaction.atomic
def ask_again(*, actor: Actor, plan_ref: str, at: dt.datetime, entry_ref: str = "") -> int:
    """Ask the sites of a released plan that have not answered, or one of them, by a new mail; gives how many.

    Their days begin anew, and the link of the mail before no longer holds. Nobody is asked twice on one day. Needs
    `training.plan` in the whole district. Raises WrongState where there is nobody to ask.
    """
    plan = _plan_rows.locked_plan(actor, plan_ref)
    today = policies.today(actor, at)
    due = Q(asked_on__isnull=True) | Q(asked_on__lt=today)
    entries = (
        _locked(plan, due & Q(ref=entry_ref) if entry_ref else due, at) if plan.state == states.Plan.RELEASED else []
    )
    principals = _plan_mails.principals(actor, entries, today)
    asked = _plan_asking.ask(actor, plan, entries, principals, at)
    if not asked:
        raise WrongState(
            _("There is nobody to ask: who can be mailed was asked today already, or has answered. Please call.")
        )
    PlanEntry.objects.bulk_update(asked, _plan_asking.ASKED, batch_size=500)
    _plan_rows.note(plan, PlanMove.Step.ASKED, actor, at, asked[0] if len(asked) == 1 else None)
    _plan_mails.tell_sites(actor, plan, asked, {}, principals, at, again="asked")
    record(events.PLAN_ASKED_AGAIN, actor=actor, subject=plan_ref, at=at, count=len(asked))
    return len(asked)


@transaction.atomic
def remind_sites(*, actor: Actor, at: dt.datetime) -> int:
    """Remind once those who were asked and whose link ends within three school days; gives how many sites.

    Only the job does this; it may run twice. The link is the one they have.
    """
    today = policies.today(actor, at)
    closed = policies.closed_everywhere(actor, today, 3 * REMINDED_BEFORE + 30)
    until = policies.school_days_later(today, REMINDED_BEFORE, closed)
    due = Q(asked_on__lt=today, reminded_on__isnull=True, answer_by__gte=today, answer_by__lte=until)
    count = 0
    for plan in Plan.objects.filter(district_id=actor.district_id, state=states.Plan.RELEASED).select_related("year"):
        entries = _locked(plan, due, at)
        for entry in entries:
            entry.reminded_on = today
        if entries:
            PlanEntry.objects.bulk_update(entries, ["reminded_on"], batch_size=500)
            _plan_rows.note(plan, PlanMove.Step.REMINDED, actor, at, entries[0] if len(entries) == 1 else None)
            principals = _plan_mails.principals(actor, entries, today)
            _plan_mails.tell_sites(actor, plan, entries, {}, principals, at, again="reminded")
            record(events.PLAN_REMINDED, actor=actor, subject=plan.ref, at=at, count=len(entries))
        count += len(entries)
    return count


def _locked(plan: Plan, due: Q, at: dt.datetime) -> list[PlanEntry]:
    """The plan's open entries, their requests locked; one that somebody answers at this moment is left out."""
    found = PlanEntry.objects.filter(due, plan=plan, asked_count__gt=0, **open_at(at))
    rows = Request.objects.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    free = list(rows.filter(pk__in=list(found.values_list("request_id", flat=True))).values_list("pk", flat=True))
    entries = found.filter(request__in=free)  # asked anew: somebody may have answered before the lock
    read = entries.select_related("site", "session", "request", "host__site").order_by("site__sort_key", "id")
    return list(read.prefetch_related("seats__member__person", "host__seats__member__person", "guests__site"))
