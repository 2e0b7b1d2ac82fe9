"""Small problems to plan: a street of sites from west to east, members along it, Tuesdays in the afternoon."""

from datetime import date, timedelta
from typing import Any

from upstander.engines.planning import Member, Place, Problem, Role, Site, Skill, Window

TUESDAY = date(2026, 9, 1)
ONE, TWO = 13 * 60, 14 * 60
KM_PER_DEGREE = 111.19492664455873  # along the equator, where the street lies


def tuesday(number: int) -> date:
    """The so-manieth Tuesday of the year, from 0."""
    return TUESDAY + timedelta(weeks=number)


def at_km(km: float) -> Place:
    """A place on the street; a kilometre of it is 1.3 of road."""
    return Place(0.0, km / KM_PER_DEGREE)


def windows(*tuesdays: int, starts: int = ONE, minutes: int = 60) -> tuple[Window, ...]:
    """One window on each of these Tuesdays."""
    return tuple(Window(tuesday(number), starts, starts + minutes) for number in tuesdays)


def site(ref: str, km: float = 0, on: tuple[int, ...] = (0,), **more: Any) -> Site:
    """A site on the street that takes an hour."""
    values = {"place": at_km(km), "region": "R", "minutes": 60, "windows": windows(*on), **more}
    return Site(ref, **values)


def member(ref: str, km: float = 0, on: tuple[int, ...] = tuple(range(10)), **more: Any) -> Member:
    """A member on the street who may lead and works on these Tuesdays."""
    values = {
        "home": at_km(km),
        "region": "R",
        "skills": (Skill(Role.LEAD),),
        "free": windows(*on, starts=8 * 60, minutes=9 * 60),
        **more,
    }
    return Member(ref, **values)


def problem(sites: list[Site], members: list[Member], **more: Any) -> Problem:
    """The two together."""
    return Problem(tuple(sites), tuple(members), **more)
