"""The demo's schools and work sites: written as a list of the district's own, and loaded like any other list."""

import csv
import datetime as dt
import io
import itertools
import random
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from upstander.commands.demo.content import content, district_id, school_years, seed_actor, today
from upstander.district.places import selectors, services
from upstander.district.places.content.directory import read_directory
from upstander.district.places.content.mappings import read_mappings
from upstander.foundation.kernel.db import in_district

PLACE_COLUMNS = ("street", "city", "postal_code", "latitude", "longitude", "phone")
COLUMNS = ("code", "name", "kind", "status", "agency", "county", "type", "grades", *PLACE_COLUMNS, "opened", "closed")
STREETS = ("Alder", "Canyon", "Church", "Grove", "Main", "Mission", "Oak", "Orchard", "School", "Valley")
WITHOUT_STATION = 2  # sites whose station nobody has entered yet: a task that the demo shows
SPREAD = 0.012  # degrees around a town's center


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Invent the sites of both districts; the same number gives the same ones."""
    made = {plan["key"]: _seed_sites(plan, at, size, number) for plan in content("districts")["districts"]}
    return {"sites": sum(made.values())}


def _seed_sites(plan: dict[str, Any], at: dt.datetime, size: str, number: int) -> int:
    rows = list(_rows(plan, size, random.Random(f"{number} sites {plan['key']}"), today(plan, at)))
    written = io.StringIO()
    csv.DictWriter(written, COLUMNS, restval="").writerows([dict(zip(COLUMNS, COLUMNS, strict=True)), *rows])
    mapping = read_mappings(settings.CONTENT)["generic"]
    directory = read_directory(written.getvalue().encode(), f"{plan['key']}.csv", mapping)
    of_district = district_id(plan)
    with in_district(of_district):
        actor = seed_actor(of_district)
        services.load_directory(actor=actor, directory=directory, as_of=today(plan, at), at=at)
        _place(plan, of_district, at)
    return len(rows)


def _place(plan: dict[str, Any], of_district: int, at: dt.datetime) -> None:
    actor, on = seed_actor(of_district), today(plan, at)
    regions = {region.name: region for region in selectors.regions_on(actor=actor, on=on)}
    stations = {station.name: station for station in selectors.law_stations(actor=actor)}
    towns = {town["name"]: town for town in plan["towns"]}
    sites = list(selectors.sites_for(actor=actor, on=on, active_only=False).order_by("code"))
    office = plan["office_town"]
    of_site = {site: office if site.kind == "office" else towns[site.city] for site in sites}
    services.place_sites(
        actor=actor,
        regions={site: regions[town["region"]] for site, town in of_site.items()},
        starts_on=min(region.starts_on for region in regions.values()),
        at=at,
    )
    told = {site: stations[town["station"]] for site, town in of_site.items()}
    for site in sites[3::20][:WITHOUT_STATION]:
        told.pop(site)
    services.assign_stations(actor=actor, stations=told, at=at)


def _rows(plan: dict[str, Any], size: str, rng: random.Random, on: dt.date) -> Iterator[dict[str, Any]]:
    names, numbers, towns = _names(rng), itertools.count(1), itertools.cycle(plan["towns"])
    shape, (last, this) = content("shape"), school_years(on)
    for level, count in plan[size]["sites"].items():
        for index in range(count):
            row = _school(next(names), shape["levels"][level])
            # One school is new this year and one closed last summer, so that past days differ from today.
            if (level, index) == ("middle", 1):
                row["opened"] = this.first
            yield _somewhere(plan, row, next(numbers), next(towns), rng)
    closed = {**_school(next(names), shape["levels"]["middle"]), "status": "closed", "closed": last.until}
    yield _somewhere(plan, closed, next(numbers), next(towns), rng)
    for kind, count in plan["work_sites"].items():
        for _ in range(count):
            town = plan["office_town"] if kind == "office" else next(towns)
            name = shape["work_sites"][kind]["name"]
            row = {"kind": kind, "name": name if kind in {"office", "kitchen"} else f"{town['name']} {name}"}
            yield _somewhere(plan, row, next(numbers), town, rng)


def _school(place: str, level: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "school", "name": f"{place} {level['word']}", "type": level["type"], "grades": level["grades"]}


def _somewhere(
    plan: dict[str, Any], row: dict[str, Any], number: int, town: dict[str, Any], rng: random.Random
) -> dict[str, Any]:
    opened = dt.date(rng.randint(1948, 2016), 8, rng.randint(10, 28))
    return {
        "code": f"{number:04}",
        "status": "active",
        "opened": opened,
        "agency": plan["name"],
        "county": plan["county_name"],
        "street": f"{rng.randint(100, 9800)} {rng.choice(STREETS)} Street",
        "city": town["name"],
        "postal_code": "99999",
        "phone": f"(555) 012-{number:04}" if number % 9 else "",  # some nobody has entered yet
        "latitude": round(rng.gauss(town["latitude"], SPREAD), 5),
        "longitude": round(rng.gauss(town["longitude"], SPREAD), 5),
        **row,
    }


def _names(rng: random.Random) -> Iterator[str]:
    places = content("names")["places"]
    names = [f"{first} {second}" for first in places["first"] for second in places["second"]]
    rng.shuffle(names)
    return iter(names)
