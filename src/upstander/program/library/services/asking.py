"""Telling those who review that something waits for them: by mail, never what it says, and once a day at most."""

import datetime as dt

from django.db import transaction

from upstander.district.access.selectors import actor_for
from upstander.district.accounts.models import Account
from upstander.district.people.selectors import languages_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.selectors import last_written
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.facts.policies import today
from upstander.program.library import events
from upstander.program.library.models import PageArrival
from upstander.program.library.selectors.pages import shipped_editions
from upstander.program.library.selectors.readings import edition_waits_since
from upstander.program.library.selectors.reviewers import reviewers_on
from upstander.program.library.selectors.waiting import waits_since

KIND = "reviews_waiting"
AGAIN = dt.timedelta(days=7)  # what still waits then is told once more


@transaction.atomic
def ask_reviewers(*, actor: Actor, at: dt.datetime) -> int:
    """Mail every reviewer for whom something new waits, or the district's own words wait still after a week; gives how
    many. Pages of a new edition are told of once: readers have them meanwhile.

    A person gets one a day at most, however often this runs.
    """
    _note_arrivals(actor, at)
    on = today(actor, at)
    people = {key: account for held in reviewers_on(actor=actor, on=on).values() for key, account in held.items()}
    asked = [account for account in people.values() if _is_due(actor, account, on, at)]
    languages = languages_of(actor=actor, accounts=asked)
    drafts = [
        Draft(Recipient(account.email, languages.get(account.pk, "en")), f"{_key(account)}{on}", {})
        for account in asked
    ]
    post_notices(actor=actor, kind=KIND, drafts=drafts, at=at)
    if drafts:
        record(events.REVIEWERS_ASKED, actor=actor, subject="reviews", at=at, count=len(drafts))
    return len(drafts)


def _is_due(actor: Actor, account: Account, on: dt.date, at: dt.datetime) -> bool:
    """Whether something waits for this person of which no mail has told, or own words still do after a week."""
    reviewer = actor_for(account, actor.district_id, on)
    own, shipped = waits_since(actor=reviewer, on=on), edition_waits_since(actor=reviewer)
    since = max(filter(None, (own, shipped)), default=None)
    if since is None:
        return False
    last = last_written(actor=actor, key=_key(account))
    is_due_again = own is not None and last is not None and at - last >= AGAIN
    return last is None or today(actor, last) < on and (since > last or is_due_again)


def _note_arrivals(actor: Actor, at: dt.datetime) -> None:
    """Note which editions of pages are here for the first time: files do not say since when."""
    known = set(PageArrival.objects.filter(district_id=actor.district_id).values_list("page", "edition"))
    fresh = [each for each in shipped_editions().items() if each not in known]
    rows = [
        PageArrival(district_id=actor.district_id, page=page, edition=edition, came_at=at) for page, edition in fresh
    ]
    PageArrival.objects.bulk_create(rows, ignore_conflicts=True)  # another run may note the same
    if rows:
        record(events.EDITION_CAME, actor=actor, subject="reviews", at=at, count=len(rows))


def _key(account: Account) -> str:
    """How the keys of a person's mails begin; the day ends them."""
    return f"reviews:{account.ref}:"
