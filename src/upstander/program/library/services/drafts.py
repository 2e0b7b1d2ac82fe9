"""What people do at the explorer, by name: for a district that begins with pages in a file, as the demo does.

At the explorer itself Wagtail's screens do the same, with the same checks before and behind them.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from upstander.district.accounts.selectors import account_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, refuse
from upstander.program.library import events, states
from upstander.program.library.models import OwnPage, OwnShelf
from upstander.program.library.selectors.drafts import faults_of
from upstander.program.library.services.own import take_seats


@transaction.atomic
def send_in_page(*, actor: Actor, data: Mapping[str, Any], at: dt.datetime) -> OwnPage:
    """Write a page from its data and send it to its reviewers. Raises Invalid with everything against it. `pages.edit`.

    `data` holds the fields of a page; its `body` is a list of blocks as Wagtail keeps them.
    """
    require(actor, "pages.edit", Place(actor.district_id))
    take_seats(actor=actor, at=at)
    account = account_of(actor=actor)
    page = OwnPage(**data, live=False, owner=account)
    refuse(faults_of(page=page.read, is_draft=False))
    OwnShelf.objects.get().add_child(instance=page)
    page.save_revision(user=account)
    page.get_workflow().start(page, account)
    record(events.PAGE_SENT_IN, actor=actor, subject=page.slug, at=at)
    return page


@transaction.atomic
def review_page(*, actor: Actor, key: str, at: dt.datetime, action: str = "approve") -> None:
    """Take the review that is next on a page, or ask for changes. Raises PermissionDenied for what is not theirs."""
    take_seats(actor=actor, at=at)
    page = OwnPage.objects.filter(slug=key).first()
    if page is None or page.current_workflow_task is None:
        raise NotFound("page")
    task = page.current_workflow_task
    require(actor, states.CAPABILITY[states.Step(task.role)], Place(actor.district_id))
    task.on_action(page.current_workflow_task_state, account_of(actor=actor), action)
    record(events.PAGE_REVIEWED, actor=actor, subject=key, at=at, role=task.role, action=action)
