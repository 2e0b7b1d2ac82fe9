"""The demo districts themselves: hosts, regions, stations, calendars, and which schools count as secondary."""

import datetime as dt
from typing import Any

from upstander.commands.demo.content import Year, content, nth_weekday, school_years, seed_actor, today
from upstander.district.places import services
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district

MONDAY, THURSDAY = 0, 3


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Make both districts; size and number change nothing here."""
    for plan in content("districts")["districts"]:
        _seed_district(plan, at)
    return {"districts": len(content("districts")["districts"])}


def _seed_district(plan: dict[str, Any], at: dt.datetime) -> None:
    district = services.create_district(
        actor=job("demo seed", services.NOWHERE, frozenset({"places.manage"})),
        key=plan["key"],
        name=plan["name"],
        zone=plan["zone"],
        state_key=plan["state"],
        county_key=plan["county"],
        is_fictional=True,
        at=at,
    )
    with in_district(district.pk):
        actor, years = seed_actor(district.pk), school_years(today(plan, at))
        long_ago = years[0].first.replace(year=years[0].first.year - 5)
        services.add_host(actor=actor, hostname=plan["host"], at=at)
        for region in dict.fromkeys(town["region"] for town in [*plan["towns"], plan["office_town"]]):
            services.open_region(actor=actor, name=region, starts_on=long_ago, at=at)
        secondary = plan["secondary"]
        services.set_secondary_rule(
            actor=actor,
            starts_on=long_ago,
            lowest_grade=secondary["lowest"],
            highest_grade=secondary["highest"],
            at=at,
        )
        for station in plan["stations"]:
            checked = today(plan, at) - dt.timedelta(days=40) if station["phone"] else None
            services.save_station(actor=actor, **station, verified_on=checked, at=at)
        for year in years:
            _seed_year(actor, year, at)


def _seed_year(actor: Actor, year: Year, at: dt.datetime) -> None:
    services.add_school_year(actor=actor, name=year.name, starts_on=year.first, ends_on=year.until, at=at)
    services.add_days_out(actor=actor, days=_closed_days(year.first.year), at=at)


def _closed_days(start: int) -> list[services.DayOut]:
    thanks = nth_weekday(start, 11, THURSDAY, 4)
    days = {
        nth_weekday(start, 9, MONDAY, 1): "Labor Day",
        dt.date(start, 11, 11): "Veterans Day",
        thanks: "Thanksgiving",
        thanks + dt.timedelta(days=1): "Thanksgiving",
        nth_weekday(start + 1, 1, MONDAY, 3): "Martin Luther King Jr. Day",
        nth_weekday(start + 1, 2, MONDAY, 3): "Presidents' Day",
        nth_weekday(start + 1, 6, MONDAY, 1) - dt.timedelta(days=7): "Memorial Day",
    }
    days |= dict.fromkeys(_weekdays(nth_weekday(start, 12, MONDAY, 3), 10), "Winter break")
    days |= dict.fromkeys(_weekdays(nth_weekday(start + 1, 4, MONDAY, 1), 5), "Spring break")
    return [services.DayOut(on, name) for on, name in days.items()]


def _weekdays(first: dt.date, count: int) -> list[dt.date]:
    return [first + dt.timedelta(days=day + 2 * (day // 5)) for day in range(count)]
