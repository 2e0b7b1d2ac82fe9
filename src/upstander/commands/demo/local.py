"""What the demo district says itself: a policy with a past, contacts, people at some schools, and work left to do."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from upstander.commands.demo.content import content, district_id, today
from upstander.commands.demo.people import ALDER
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.selectors import demo_people
from upstander.district.places.selectors import regions_on, sites_for
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.law.content import Line
from upstander.program.law.content.families import DEPUTY, LEAD, OFFICE, POSTS
from upstander.program.law.content.offices import OFFICES
from upstander.program.law.services.local import Thing, propose_entry, sign_entry
from upstander.program.law.services.registry import add_policy_version, sign_policy_version

if TYPE_CHECKING:
    from upstander.district.places.models import Region

NAMED = 9  # sites whose people are named; the others, the principal's own among them, are left to do
LAST_SUMMER = dt.timedelta(days=480)


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Propose as the coordinator and sign as the regional lead, through the services; gives counts."""
    plan = next(plan for plan in content("districts")["districts"] if plan["key"] == ALDER)
    of_district, on = district_id(plan), today(plan, at)
    accounts = {account.email.partition("@")[0]: account for account in demo_people()}
    with in_district(of_district):
        coordinator, lead = (actor_for(accounts[name], of_district, on) for name in ("coordinator", "lead"))
        _policies(coordinator, lead, on, at)
        things = list(_contacts(coordinator, on))
        for thing, numbers in _for_families(coordinator, on):
            _agree(coordinator, lead, thing, numbers, at)
        for thing, line in things:
            _agree(coordinator, lead, thing, [line], at)
        west = _west(coordinator, on)
        principal = actor_for(accounts["principal"], of_district, on)
        own = scope(principal, "local.propose").site_ids
        for site in sites_for(actor=principal, on=on, capability="local.propose"):
            _agree(principal, coordinator, Thing("offices", site_ref=site.ref), _offices(), at)
        sites = sites_for(actor=coordinator, on=on, capability="local.propose", region=west).exclude(pk__in=own)[:NAMED]
        for site in sites:
            _agree(coordinator, lead, Thing("steps", site_ref=site.ref), _people(on), at)
        _left_to_sign(lead, on, at)
    return {"policies": 2, "contacts": len(things), "sites": len(sites)}


def _policies(actor: Actor, second: Actor, on: dt.date, at: dt.datetime) -> None:
    for version, starts_on in (("R-12.1", on - LAST_SUMMER), ("R-12.2", dt.date(on.year - 1, 8, 1))):
        entered = add_policy_version(
            actor=actor,
            number=version,
            name="Reporting suspected abuse and exploitation",
            starts_on=starts_on,
            address="https://policy.example.org/r-12",
            reviewed_on=starts_on,
            at=at,
        )
        sign_policy_version(actor=second, ref=entered.ref, at=at)


def _contacts(actor: Actor, on: dt.date) -> list[tuple[Thing, Line]]:
    office = Text("Student safety office", "Oficina de seguridad estudiantil")
    found = [(Thing("coordinator"), Line(office, "(650) 555-0112", "", on - dt.timedelta(days=20)))]
    desk = Text("Program office, West", "Oficina del programa, West")
    checked = on - dt.timedelta(days=400)  # long ago on purpose: a task that the demo shows
    found.append((Thing("region_lead", region_ref=_west(actor, on).ref), Line(desk, "(650) 555-0123", "", checked)))
    return found


def _west(actor: Actor, on: dt.date) -> "Region":
    return next(region for region in regions_on(actor=actor, on=on) if region.name == "West")


def _for_families(actor: Actor, on: dt.date) -> list[tuple[Thing, list[Line]]]:
    """Whom families may call at headquarters and in West; the other regions are left to do."""
    told = (
        (Thing("families"), ((LEAD, "(650) 555-0140"), (OFFICE, "(650) 555-0141"))),
        (Thing("families", region_ref=_west(actor, on).ref), ((LEAD, "(650) 555-0142"), (DEPUTY, "(650) 555-0145"))),
    )
    mails = {OFFICE: "upstander.office@aldervalley.example"}
    return [
        (thing, [Line(POSTS[post], phone, "", on, email=mails.get(post, "")) for post, phone in numbers])
        for thing, numbers in told
    ]


def _people(on: dt.date) -> list[Line]:
    names: tuple[tuple[str, str, str], ...] = (
        ("Site administrator", "(650) 555-0124", "Assistant principal"),
        ("Counselor on duty", "(650) 555-0125", "School social worker"),
        ("Front office", "(650) 555-0126", ""),
    )
    return [Line(Text(name, name), phone, deputy, on) for name, phone, deputy in names]


def _offices() -> list[Line]:
    told = (("counseling", "B12", "before_lunch"), ("nurse", "A3", "all_day"), ("library", "", "lunch"))
    return [Line(OFFICES[key], "", "", None, room, when) for key, room, when in told]


def _left_to_sign(lead: Actor, on: dt.date, at: dt.datetime) -> None:
    """A change that waits for the demo's coordinator."""
    desk = Text("Program office, West", "Oficina del programa, West")
    thing = Thing("region_lead", region_ref=_west(lead, on).ref)
    propose_entry(actor=lead, thing=thing, lines=[Line(desk, "(650) 555-0127", "", on)], at=at)


def _agree(first: Actor, second: Actor, thing: Thing, lines: list[Line], at: dt.datetime) -> Any:
    entry = propose_entry(actor=first, thing=thing, lines=lines, at=at)
    sign_entry(actor=second, ref=entry.ref, over="", at=at)
    return entry
