"""Exceptions that people made: how the planner keeps them, and which findings of the checker they explain."""

import datetime as dt
from collections.abc import Iterable

from upstander.district.places.models import SchoolYear
from upstander.engines.planning import Assigned, Fixed, Role, Rule, Violation
from upstander.program.training.models import Allowance
from upstander.program.training.planning.calendar import minute_of

SHARED_RULES = {Rule.DAY_FULL.value, Rule.WEEK_FULL.value, Rule.TAKEN.value}  # they concern other sessions too


def allowances_on(year: SchoolYear, on: dt.date) -> dict[str, Allowance]:
    """The exceptions of the year that hold on a day, by their keys in plans. Takes no actor: callers say why."""
    rows = Allowance.objects.filter(year=year, ended_at__isnull=True, until__gte=on).select_related("site")
    return {row.key: row for row in rows.order_by("id")}


def as_fixed(row: Allowance, guests: tuple[str, ...] = ()) -> Fixed:
    """Its session as people's own, with the site's guests; the planner leaves it as it is."""
    team = tuple(Assigned(each["member"], Role(each["role"])) for each in row.team)
    return Fixed((row.key, *guests), row.on, minute_of(row.starts), team, is_pinned=True)


def unexplained(found: Iterable[Violation], rows: Iterable[Allowance]) -> list[Violation]:
    """What the checker found, without what an exception was made for: its own site, or its consultant's full days."""
    sites = {(row.key, step["rule"]) for row in rows for step in row.steps}
    members = {(step["member"], step["rule"]) for row in rows for step in row.steps if step["rule"] in SHARED_RULES}
    return [
        each
        for each in found
        if (each.member, each.rule) not in members and not any((ref, each.rule) in sites for ref in each.sites)
    ]
