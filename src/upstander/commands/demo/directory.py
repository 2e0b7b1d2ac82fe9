"""The demo's directory: an invented local set, checked on different days, a draft, and what a reader found wrong."""

import datetime as dt
from dataclasses import replace
from typing import Any

from upstander.commands.demo.content import content, in_each_district, today
from upstander.commands.demo.training import acting
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.phones import number_of
from upstander.program.directory.content.where import Where
from upstander.program.directory.selectors.editing import entries
from upstander.program.directory.services.checking import Check, check_service, send_correction
from upstander.program.directory.services.drafts import take_drafts
from upstander.program.directory.services.entries import Written, write_service
from upstander.program.directory.services.organizations import write_organization
from upstander.program.directory.services.places import write_place

DAY = dt.timedelta(days=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALLED = Check("called", "editor")


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """The large district has a whole directory; the small one the drafts of its units."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        coordinator = acting(of_district, plan["key"], "coordinator", today(plan, at))
        drafts = take_drafts(actor=coordinator, at=at - 30 * DAY)
        if plan["key"] != "alder-valley":
            return {"drafts": drafts, "services": 0}
        told = content("directory")
        refs = _services(coordinator, plan, told, at)
        _the_rest(coordinator, told, refs, at)
        return {"drafts": drafts, "services": len(refs)}

    return in_each_district(seed_one)


def _services(coordinator: Actor, plan: dict[str, Any], told: dict[str, Any], at: dt.datetime) -> dict[str, str]:
    refs = {}
    for row in told["organizations"]:
        about = {"about": row["about"], "website": row.get("website", "")}
        made = write_organization(actor=coordinator, name=row["name"], **about, at=at - 500 * DAY)
        places = [_place(coordinator, made.ref, place, plan, at) for place in row["places"]]
        for each in row["services"]:
            checked_at = at - each["checked_days_ago"] * DAY
            wrote = _written(made.ref, each, tuple(places))
            service = write_service(actor=coordinator, written=wrote, at=checked_at)
            check_service(actor=coordinator, ref=service.ref, check=CALLED, at=checked_at)
            refs[each["name"]["en"]] = service.ref
        refs[row["name"]] = made.ref
    return refs


def _place(coordinator: Actor, ref: str, told: dict[str, Any], plan: dict[str, Any], at: dt.datetime) -> str:
    plain = {name: told[name] for name in ("kind", "name", "street", "city", "postal_code") if name in told}
    where = Where(**plain, state_code="CA" if "street" in told else "", access=tuple(told.get("access", ())))
    if "offset" in told:
        town = next(town for town in (*plan["towns"], plan["office_town"]) if town["name"] == told["city"])
        north, east = told["offset"]
        where = replace(where, latitude=town["latitude"] + north, longitude=town["longitude"] + east)
    return write_place(actor=coordinator, organization_ref=ref, where=where, at=at - 500 * DAY).ref


def _written(organization_ref: str, told: dict[str, Any], place_refs: tuple[str, ...]) -> Written:
    texts = {f"{name}_{of}": told.get(name, {}).get(of, "") for name in ("about", "who", "how") for of in ("en", "es")}
    youngest, oldest = told.get("ages", (None, None))
    return Written(
        organization_ref,
        told["name"]["en"],
        told["name"]["es"],
        **texts,
        needs=tuple(told["needs"]),
        languages=tuple(told["languages"]),
        youngest=youngest,
        oldest=oldest,
        cost=told["cost"],
        may_report=told["may_report"],
        numbers=tuple(number_of(number, kind) for number, kind in told["numbers"]),
        hours=_hours(told["hours"]),
        place_refs=place_refs,
    )


def _hours(told: Any) -> tuple[Hours, ...]:
    if told == "always":
        return tuple(Hours(day, dt.time(), dt.time()) for day in range(len(DAYS)))
    found = []
    for days, opens, closes in told:
        first, _dash, last = days.partition("-")
        for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
            found.append(Hours(day, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)))
    return tuple(found)


def _the_rest(coordinator: Actor, told: dict[str, Any], refs: dict[str, str], at: dt.datetime) -> None:
    for row in told["drafts"]:
        draft = Written(refs[row["organization"]], row["name"]["en"], row["name"]["es"])
        write_service(actor=coordinator, written=draft, at=at - 3 * DAY)
    unit = told["unit"]
    of_units = entries(actor=coordinator, show="units", on=at.date())
    found = of_units.get(unit=unit["key"])
    wrote = Written(
        found.organization.ref,
        found.name_en,
        found.name_es,
        who_en=found.who_en,
        who_es=found.who_es,
        how_en=unit["how"]["en"],
        how_es=unit["how"]["es"],
        cost="free",
        numbers=(number_of(unit["number"], "voice"),),
    )
    write_service(actor=coordinator, written=wrote, ref=found.ref, at=at - 9 * DAY)
    check_service(actor=coordinator, ref=found.ref, check=CALLED, at=at - 9 * DAY)
    anyone = visitor(coordinator.district_id)
    for row in told["corrections"]:
        ref = refs[row["service"]]
        send_correction(actor=anyone, ref=ref, what=row["what"], right=row["right"], at=at - 2 * DAY)
