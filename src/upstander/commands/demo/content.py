"""What the demo is made of, as data in `content/demo/`, and who makes it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

from upstander.district.places import selectors
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district

CAPABILITIES = frozenset(
    {
        "places.manage",
        "places.load",
        "places.read",
        "people.load",
        "people.amend",
        "people.read",
        "requirements.manage",
        "accounts.manage",
        "access.manage",
    }
)
JULY = 7


@dataclass(frozen=True)
class Year:
    """A school year of the demo: `until` is the day after its last."""

    name: str
    first: dt.date
    until: dt.date


@cache
def content(name: str) -> Any:
    """One file of `content/demo/`, read once."""
    return yaml.safe_load((settings.CONTENT / "demo" / f"{name}.yaml").read_text(encoding="utf-8"))


def seed_actor(district_id: int, *more: str) -> Actor:
    """The job that seeds one district; `more` capabilities for what a later step does."""
    return job("demo seed", district_id, CAPABILITIES | frozenset(more))


def district_id(plan: dict[str, Any]) -> int:
    """The id of a district that an earlier step has made."""
    district = selectors.district_by_key(plan["key"])
    if district is None:
        raise LookupError(f"the demo district {plan['key']} is not there yet")
    return district.pk


def in_each_district(seed_one: Callable[[int, dict[str, Any]], dict[str, int]]) -> dict[str, int]:
    """Seed every district of the demo, each in its own scope; returns what they made together."""
    made: Counter[str] = Counter()
    for plan in content("districts")["districts"]:
        of_district = district_id(plan)
        with in_district(of_district):
            made.update(seed_one(of_district, plan))
    return dict(made)


def today(plan: dict[str, Any], at: dt.datetime) -> dt.date:
    """The day in the district's own zone."""
    return at.astimezone(ZoneInfo(plan["zone"])).date()


@cache
def school_years(on: dt.date) -> tuple[Year, Year]:
    """Last school year and this one, seen from a day: second Monday of August to first Friday of June."""
    this = on.year if on.month >= JULY else on.year - 1
    return _year(this - 1), _year(this)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The `nth` Monday (0) to Sunday (6) of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _year(start: int) -> Year:
    first, last = nth_weekday(start, 8, 0, 2), nth_weekday(start + 1, 6, 4, 1)
    return Year(f"{start}-{(start + 1) % 100:02}", first, last + dt.timedelta(days=1))
