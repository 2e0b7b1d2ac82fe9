"""Telling those who review that something waits for them: by mail, never what it says, and once a day at most."""

import datetime as dt

from django.db import transaction

from upstander.district.access.selectors import actor_for
from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.selectors import last_written
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.facts.policies import today
from upstander.program.library import events
from upstander.program.library.selectors.reviewers import reviewers_on
from upstander.program.library.selectors.waiting import waits_since

KIND = "reviews_waiting"
AGAIN = dt.timedelta(days=7)  # what still waits then is told once more


@transaction.atomic
def ask_reviewers(*, actor: Actor, at: dt.datetime) -> int:
    """Mail every reviewer for whom something new waits, or waits still after a week; gives how many.

    A person gets one a day at most, however often this runs.
    """
    on = today(actor, at)
    people = {key: account for held in reviewers_on(actor=actor, on=on).values() for key, account in held.items()}
    asked = [account for account in people.values() if _is_due(actor, account, on, at)]
    languages = dict(Person.objects.filter(account__in=asked).values_list("account_id", "language"))
    drafts = [
        Draft(Recipient(account.email, languages.get(account.pk, "en")), f"{_key(account)}{on}", {})
        for account in asked
    ]
    post_notices(actor=actor, kind=KIND, drafts=drafts, at=at)
    if drafts:
        record(events.REVIEWERS_ASKED, actor=actor, subject="reviews", at=at, count=len(drafts))
    return len(drafts)


def _is_due(actor: Actor, account: Account, on: dt.date, at: dt.datetime) -> bool:
    """Whether something waits for this person of which no mail has told, or the last one is a week old."""
    since = waits_since(actor=actor_for(account, actor.district_id, on), on=on)
    if since is None:
        return False
    last = last_written(actor=actor, key=_key(account))
    return last is None or today(actor, last) < on and (since > last or at - last >= AGAIN)


def _key(account: Account) -> str:
    """How the keys of a person's mails begin; the day ends them."""
    return f"reviews:{account.ref}:"
