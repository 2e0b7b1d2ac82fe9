"""Pages that only the demo district has: one that three people reviewed, and one that waits for the first of them."""

import datetime as dt
from typing import Any

from upstander.commands.demo_people import ALDER, PASSWORD
from upstander.commands.seed_content import content, district_id, today
from upstander.district.access.selectors import actor_for
from upstander.district.access.services import give_role
from upstander.district.accounts.selectors import account_by_email
from upstander.district.accounts.services import create_account
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.program.library.services.drafts import review_page, send_in_page

COORDINATOR = "coordinator@example.org"
# In the order in which they read. They work for nobody here, as reviewers often do.
REVIEWERS = (
    ("lawyer@example.org", "Ines Calloway", "legal_reviewer"),
    ("advisor@example.org", "Robin Aguilar", "survivor_advisor"),
    ("language@example.org", "Sol Marchetti", "language_reviewer"),
)
ABILITIES = frozenset({"access.manage", "accounts.manage"})
YEAR = dt.timedelta(days=365)


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Write as the coordinator and review as the three, through the services; gives counts."""
    plan = next(plan for plan in content("districts")["districts"] if plan["key"] == ALDER)
    of_district, on = district_id(plan), today(plan, at)
    pages = content("own_pages")["pages"]
    with in_district(of_district):
        reviewers = [_reviewer(of_district, *who, on=on, at=at) for who in REVIEWERS]
        account = account_by_email(COORDINATOR)
        assert account is not None, "the staff is seeded before"
        coordinator = actor_for(account, of_district, on)
        first, *_waiting = [send_in_page(actor=coordinator, data=_data(page), at=at) for page in pages]
        for reviewer in reviewers:
            review_page(actor=reviewer, key=first.slug, at=at)
    return {"own_pages": len(pages), "reviewers": len(reviewers)}


def _reviewer(of_district: int, email: str, name: str, role: str, *, on: dt.date, at: dt.datetime) -> Actor:
    actor = job("demo", of_district, ABILITIES)
    account = create_account(actor=actor, email=email, display_name=name, password=PASSWORD, at=at)
    give_role(actor=actor, account=account, role=role, starts_on=on, ends_on=on + YEAR, at=at)
    return actor_for(account, of_district, on)


def _data(page: dict[str, Any]) -> dict[str, Any]:
    """The fields of a page; its blocks, written like those that ship, as Wagtail keeps them."""
    blocks = [{"type": kind, "value": value} for block in page["body"] for kind, value in block.items()]
    return {**page, "body": blocks}
