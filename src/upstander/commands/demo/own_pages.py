"""Pages that only the demo district has: one that three people reviewed, and one that waits for the first of them."""

import datetime as dt
from typing import Any

from upstander.commands.demo.content import content, district_id, today
from upstander.commands.demo.people import ALDER, REVIEWERS
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.selectors import account_by_email
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.library.services.drafts import review_page, send_in_page

COORDINATOR = "coordinator@example.org"


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Write as the coordinator and review as the three, through the services; gives counts."""
    plan = next(plan for plan in content("districts")["districts"] if plan["key"] == ALDER)
    of_district, on = district_id(plan), today(plan, at)
    pages = content("own_pages")["pages"]
    with in_district(of_district):
        coordinator = _somebody(COORDINATOR, of_district, on)
        first, *_waiting = [send_in_page(actor=coordinator, data=_data(page), at=at) for page in pages]
        for person in REVIEWERS:  # in the order in which they read
            review_page(actor=_somebody(person.address, of_district, on), key=first.slug, at=at)
    return {"own_pages": len(pages)}


def _somebody(email: str, of_district: int, on: dt.date) -> Actor:
    account = account_by_email(email)
    assert account is not None, "the staff is seeded before"
    return actor_for(account, of_district, on)


def _data(page: dict[str, Any]) -> dict[str, Any]:
    """The fields of a page; its blocks, written like those that ship, as Wagtail keeps them."""
    blocks = [{"type": kind, "value": value} for block in page["body"] for kind, value in block.items()]
    return {**page, "body": blocks}
