"""Year plans of real size: real schools, an invented Cadre and invented windows, all from a seed number."""

import csv
import gzip
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from upstander.commands import house
from upstander.commands.measures.oracle import Numbers
from upstander.commands.measures.readings import CannotRun
from upstander.engines.planning import Member, Place, Problem, Role, Site, Skill, Window

FOLDER_VARIABLE = "UPSTANDER_SHARED"
FILE = "ca_public_schools_2018-06.csv.gz"
LOWEST_SECONDARY_GRADE = 7
SEED = 20261122

# The school year of the plan: the same weekday everywhere, without the weeks in which schools are closed.
FIRST_TUESDAY, TUESDAYS = date(2026, 8, 25), 40
CLOSED = frozenset(date(2026, 11, 24) + timedelta(weeks=week) for week in (0, 4, 5, 17))
WINDOWS_OF_A_SITE = 6
WINDOW_STARTS, WINDOW_MINUTES, SESSION_MINUTES = (13 * 60, 13 * 60 + 30, 14 * 60), 90, 60
PAIR_PERCENT, SPANISH_PERCENT = 15, 20
LEAST_HEADS, MORE_HEADS = 20, 120

# Where staff are never free together: the first audience keeps the windows, the second is free three mornings later.
EACH_APART, FIRST_AUDIENCE, SECOND_AUDIENCE, FIRST_PERCENT = 5, "teachers", "classified", 60
LATER, MORNING = timedelta(days=3), (8 * 60, 9 * 60 + 30)

# Members: when they work, how often they are away, how far they go.
WORK_STARTS, WORK_ENDS = 8 * 60, 17 * 60
AWAY_PERCENT, SPEAKING_PERCENT, LEADING_PERCENT = 15, 60, 80
MOST_PER_DAY, MOST_PER_WEEK, LIMIT_KM, NEAR_REGIONS = 2, 4, 50.0, 2
MEMBERS_OF_A_BAND, PARTS = 6, 2  # regions: bands from south to north, each in parts from west to east


def los_angeles() -> Problem:
    """The 459 secondary schools of one district, 25 members."""
    rows = [row for row in _secondary_schools() if row["District"] == "Los Angeles Unified"]
    return problem_of(rows, 25)


def los_angeles_in_parts() -> Problem:
    """The same schools and members, each fifth school with a session for each of two audiences."""
    return in_parts(los_angeles())


def in_parts(whole: Problem) -> Problem:
    """The problem with each fifth site trained in two parts; members work on the days of both."""
    sites = (each for at, site in enumerate(whole.sites) for each in (_parts(site) if at % EACH_APART == 0 else [site]))
    free = {each.ref: tuple(_doubled(each.free)) for each in whole.members}
    members = tuple(replace(each, free=free[each.ref]) for each in whole.members)
    return replace(whole, sites=tuple(sites), members=members)


def _parts(site: Site) -> Iterator[Site]:
    """Each knows the hours of both, as the planner gets them."""
    first = [replace(window, audience=FIRST_AUDIENCE) for window in site.windows]
    second = [Window(window.day + LATER, *MORNING, SECOND_AUDIENCE) for window in site.windows]
    heads = site.head_count * FIRST_PERCENT // 100
    for audience, count in ((FIRST_AUDIENCE, heads), (SECOND_AUDIENCE, site.head_count - heads)):
        ref = f"{site.ref}:{audience}"
        yield replace(site, ref=ref, audience=audience, head_count=count, windows=(*first, *second))


def _doubled(free: Sequence[Window]) -> Iterator[Window]:
    for window in free:
        yield from (window, replace(window, day=window.day + LATER))


def counties() -> Problem:
    """1,500 secondary schools of four neighbouring counties, 80 members."""
    rows = [row for row in _secondary_schools() if row["County"] in ("Los Angeles", "Orange", "Ventura", "Riverside")]
    return problem_of(rows[:1500], 80)


def problem_of(rows: Sequence[dict[str, str]], members: int) -> Problem:
    """The plan of these schools (CDSCode, Latitude, Longitude) by so many invented members."""
    chance = Numbers(SEED)
    places = {row["CDSCode"]: Place(float(row["Latitude"]), float(row["Longitude"])) for row in rows}
    regions = _regions(places, members // MEMBERS_OF_A_BAND)
    days = [day for day in (FIRST_TUESDAY + timedelta(weeks=week) for week in range(TUESDAYS)) if day not in CLOSED]
    sites = tuple(_site(chance, ref, place, regions[ref], days) for ref, place in places.items())
    homes = sorted(places, key=lambda ref: (regions[ref], ref))[:: max(len(places) // members, 1)][:members]
    near = _near(places, regions)
    cadre = (_member(chance, n, places[ref], regions[ref], near[regions[ref]], days) for n, ref in enumerate(homes))
    return Problem(sites, tuple(cadre), closed=CLOSED)


def _secondary_schools() -> list[dict[str, str]]:
    """Active schools that offer grade seven or higher, in the order of their codes."""
    folder = Path(os.environ.get(FOLDER_VARIABLE, "") or house.ROOT.parent / "shared" / "data")
    if not (file := folder / FILE).exists():
        raise CannotRun(f"{FILE} is absent from {folder}; set {FOLDER_VARIABLE} to the folder that holds it")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["School"] and row["StatusType"] == "Active"]
    secondary = (row for row in rows if _highest_grade(row["GSoffered"]) >= LOWEST_SECONDARY_GRADE and row["Latitude"])
    return sorted(secondary, key=lambda row: row["CDSCode"])


def _highest_grade(span: str) -> int:
    last = span.rpartition("-")[2]
    return int(last) if last.isdigit() else 0


def _regions(places: dict[str, Place], bands: int) -> dict[str, str]:
    """Bands of equal numbers of schools, each cut into parts of equal numbers."""
    found = {}
    ordered = sorted(places, key=lambda ref: (places[ref].latitude, ref))
    for band in range(bands):
        inside = ordered[len(ordered) * band // bands : len(ordered) * (band + 1) // bands]
        inside.sort(key=lambda ref: (places[ref].longitude, ref))
        for number, ref in enumerate(inside):
            found[ref] = f"{band}-{number * PARTS // len(inside)}"
    return found


def _near(places: dict[str, Place], regions: dict[str, str]) -> dict[str, frozenset[str]]:
    """The regions whose middle is nearest to that of each."""
    inside = defaultdict(list)
    for ref, region in regions.items():
        inside[region].append(places[ref])
    middle = {
        region: (sum(p.latitude for p in points) / len(points), sum(p.longitude for p in points) / len(points))
        for region, points in inside.items()
    }

    def apart(one: str, other: str) -> float:
        return (middle[one][0] - middle[other][0]) ** 2 + (middle[one][1] - middle[other][1]) ** 2

    return {
        region: frozenset(sorted(middle, key=lambda other: (apart(region, other), other))[1 : 1 + NEAR_REGIONS])
        for region in middle
    }


def _some(chance: Numbers, days: Sequence[date]) -> list[date]:
    """As many days as a site has windows, each once, in order."""
    left = list(days)
    return sorted(left.pop(chance.below(len(left))) for _ in range(WINDOWS_OF_A_SITE))


def _site(chance: Numbers, ref: str, place: Place, region: str, days: Sequence[date]) -> Site:
    starts = WINDOW_STARTS[chance.below(len(WINDOW_STARTS))]
    chosen = _some(chance, days)
    return Site(
        ref,
        place,
        region,
        SESSION_MINUTES,
        tuple(Window(day, starts, starts + WINDOW_MINUTES) for day in chosen),
        head_count=LEAST_HEADS + chance.below(MORE_HEADS),
        is_pair=chance.below(100) < PAIR_PERCENT,
        languages=frozenset({"es"} if chance.below(100) < SPANISH_PERCENT else ()),
    )


def _member(
    chance: Numbers, number: int, home: Place, region: str, near: frozenset[str], days: Sequence[date]
) -> Member:
    here = [day for day in days if chance.below(100) >= AWAY_PERCENT]
    role = Role.LEAD if chance.below(100) < LEADING_PERCENT else Role.CO_LEAD
    return Member(
        f"member-{number}",
        home,
        region,
        (Skill(role),),
        tuple(Window(day, WORK_STARTS, WORK_ENDS) for day in here),
        regions=near,
        languages=frozenset({"en", "es"} if chance.below(100) < SPEAKING_PERCENT else {"en"}),
        most_per_day=MOST_PER_DAY,
        most_per_week=MOST_PER_WEEK,
        travel_limit_km=LIMIT_KM,
    )
