"""A campaign of the demo district's own: written, reviewed by three people, and counted by three schools."""

import datetime as dt
from typing import Any

from upstander.commands.demo.content import content, district_id, today
from upstander.commands.demo.people import ALDER, REVIEWERS
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.selectors import demo_people
from upstander.district.places.selectors import sites_for
from upstander.engines.observances import Returns
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.library.content.kits import kit_of
from upstander.program.library.content.pages import Audience
from upstander.program.library.services.campaigns import Plan, count_campaign, decide_campaign, enter_campaign
from upstander.program.library.states import REVIEWS, Aim


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Write as the coordinator, review as three others, count as the coordinator: through the services."""
    plan = next(plan for plan in content("districts")["districts"] if plan["key"] == ALDER)
    of_district, on, data = district_id(plan), today(plan, at), content("campaign")
    accounts = {account.email.partition("@")[0]: account for account in demo_people()}
    with in_district(of_district):
        coordinator = actor_for(accounts["coordinator"], of_district, on)
        row = enter_campaign(actor=coordinator, plan=_plan(data, on), on=on, at=at)
        for person, step in zip(REVIEWERS, REVIEWS, strict=True):
            reviewer = actor_for(accounts[person.address.partition("@")[0]], of_district, on)
            decide_campaign(actor=reviewer, ref=row.ref, step=step, on=on, at=at)
        schools = sites_for(actor=coordinator, on=on, capability="campaigns.join", kind="school")
        for school, people in zip(schools, data["reached"], strict=False):
            told = {"campaign": row.key, "year": row.first_on.year, "people": people}
            count_campaign(actor=coordinator, site_ref=school.ref, **told, on=on, at=at)
    return {"campaigns": 1, "schools": len(data["reached"])}


def _plan(data: dict[str, Any], on: dt.date) -> Plan:
    first = on - dt.timedelta(days=data["days_before_today"])
    return Plan(
        name=Text(**data["name"]),
        first_on=first,
        last_on=first + dt.timedelta(days=data["days"]),
        returns=Returns.SAME_WEEKDAY,
        audience=Audience.EVERYONE,
        aims=tuple(map(Aim, data["aims"])),
        kit=kit_of(data["kit"]),
    )
