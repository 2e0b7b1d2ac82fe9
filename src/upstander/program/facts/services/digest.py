"""A week's mail about facts, to everybody who answers for them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format

from upstander.district.access.selectors import given_by_hand
from upstander.district.accounts.models import Account
from upstander.district.people.models import Post
from upstander.district.people.selectors import people_in_role
from upstander.district.places.selectors import district_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.program.facts import events
from upstander.program.facts.policies import today
from upstander.program.facts.selectors.editing import Line, Standing, corrected_between, facts_listed

KIND = "facts_week"
SIGNS = "facts.sign"
MOST = 12  # facts named in one part of a mail; the page has the others
OPEN = (Standing.ASKED, Standing.WAITS, Standing.EXPIRED, Standing.SOON)
DATED = (Standing.WAITS, Standing.SOON)  # these have a day by which


@transaction.atomic
def tell_week(*, actor: Actor, at: dt.datetime) -> int:
    """Mail what was corrected in the week before this Monday, and what has to be done; gives how many mails.

    Nobody is told when there is nothing to tell. Once a week for each account, however often and late the job runs.
    Needs `facts.edit`.
    """
    on = today(actor, at)
    monday = on - dt.timedelta(days=on.weekday())
    parts = _parts(actor, on, monday)
    if not any(parts.values()):
        return 0
    drafts = [
        Draft(Recipient(account.email, language), f"{KIND}:{account.ref}:{monday}", _said(parts, language))
        for account, language in _who_answers(actor, on).items()
    ]
    post_notices(actor=actor, kind=KIND, drafts=drafts, at=at)
    record(events.WEEK_TOLD, actor=actor, subject=f"{monday}", at=at, count=len(drafts))
    return len(drafts)


def _who_answers(actor: Actor, on: dt.date) -> dict[Account, str]:
    """The coordinators, and who may sign beside them, each with the language they read."""
    coordinators = people_in_role(actor=actor, role=Post.Role.COORDINATOR, on=on).select_related("account")
    found = {each.account: each.language for each in coordinators if each.account and each.account.is_active}
    for account in given_by_hand(actor=actor, capabilities=[SIGNS], on=on)[SIGNS].values():
        found.setdefault(account, "en")
    return found


def _parts(actor: Actor, on: dt.date, monday: dt.date) -> dict[str, list[Line]]:
    """The facts of each part of the mail, what has to be done first."""
    zone = ZoneInfo(district_of(actor=actor).zone)
    since, until = (dt.datetime.combine(day, dt.time(), zone) for day in (monday - dt.timedelta(days=7), monday))
    corrected = corrected_between(actor=actor, since=since, until=until)
    lines = facts_listed(actor=actor, on=on)
    found = {str(standing): [line for line in lines if line.standing is standing] for standing in OPEN}
    return {"corrected": [line for line in lines if line.entry.key in corrected], **found}


def _said(parts: dict[str, list[Line]], language: str) -> dict[str, Any]:
    with translation.override(language):
        said = [
            {"name": name, "lines": [_line(line, name, language) for line in lines[:MOST]], "more": len(lines[MOST:])}
            for name, lines in parts.items()
            if lines
        ]
    return {"parts": said}


def _line(line: Line, part: str, language: str) -> dict[str, str]:
    by = date_format(line.due_on, "DATE_FORMAT") if part in DATED else ""
    return {
        "label": line.entry.label.in_language(language),
        "value": line.entry.value,
        "owner": line.entry.owner,
        "by": by,
    }
