"""Obligations derived again, person by person and day by day, sharing nothing with the product's statement."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from tests.program.compliance.second_route import in_force, is_accepted, whole_of
from upstander.district.people.models import Leave, Post
from upstander.district.places.models import SchoolYear, SecondaryRule, Site, SiteStatus
from upstander.program.compliance.models import Completion, Requirement, Retraction

ONE = dt.timedelta(days=1)
EVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


class Books:
    """All rows as known at a moment, read once."""

    def __init__(self, known_at: dt.datetime = EVER) -> None:
        def known(model: Any) -> list[Any]:
            return [
                row
                for row in model.objects.all()
                if row.recorded_at <= known_at and (row.superseded_at is None or row.superseded_at > known_at)
            ]

        taken_back = {row.completion_id for row in Retraction.objects.all() if row.recorded_at <= known_at}
        self.posts, self.leaves = _by_person(known(Post)), _by_person(known(Leave))
        self.rules = known(SecondaryRule)
        self.statuses = [row for row in known(SiteStatus) if row.status == "active"]
        self.requirements = known(Requirement)
        self.sites = {site.pk: site for site in Site.objects.all()}
        self.completions = _by_person(
            row for row in Completion.objects.all() if row.recorded_at <= known_at and row.pk not in taken_back
        )
        self.years = sorted((year.starts_on, year.ends_on) for year in SchoolYear.objects.all())
        self.known_at = known_at

    @cache  # noqa: B019
    def is_secondary(self, site_id: int, on: dt.date) -> bool:
        site = self.sites[site_id]
        if site.kind != "school" or site.lowest_grade is None or site.highest_grade is None:
            return False
        if not any(row.site_id == site_id and in_force(row, on, self.known_at) for row in self.statuses):
            return False
        rules = [rule for rule in self.rules if in_force(rule, on, self.known_at)]
        low, high = (rules[0].lowest_grade, rules[0].highest_grade) if rules else (7, 12)
        return bool(site.lowest_grade <= high and site.highest_grade >= low)

    def is_bound(self, asked: Requirement, person_id: int, on: dt.date) -> bool:
        return any(
            in_force(post, on, self.known_at)
            and (not asked.roles or whole_of(post.role) & {*asked.roles})
            and self.is_in_audience(asked.audience, post.site_id, on)
            for post in self.posts.get(person_id, [])
        )

    def is_in_audience(self, audience: str, site_id: int | None, on: dt.date) -> bool:
        if audience == "all_staff":
            return True
        if site_id is None:
            return False
        if audience == "work_site_staff":
            return bool(self.sites[site_id].kind != "school")
        return self.is_secondary(site_id, on)

    def is_away(self, person_id: int, on: dt.date) -> bool:
        return any(in_force(row, on, self.known_at) for row in self.leaves.get(person_id, []))

    def window(self, asked: Requirement, on: dt.date) -> tuple[dt.date, dt.date, dt.date | None] | None:
        """(opens, starts, closes) of the school year's cycle in which the day lies, or None."""
        opening = [(first - dt.timedelta(days=asked.opens_days), first) for first, _end in self.years]
        for (opens, starts), after in zip(opening, [*opening[1:], None], strict=True):
            if opens <= on and (after is None or on < after[0]):
                return opens, starts, after[0] if after else None
        return None

    def hired_on(self, asked: Requirement, person_id: int, on: dt.date) -> dt.date:
        """Back day by day until there is nothing for longer than a break."""
        hired, gap, day = on, 0, on
        while gap <= asked.break_days:
            day -= ONE
            gap = 0 if self.is_bound(asked, person_id, day) else gap + 1
            hired = day if gap == 0 else hired
        return hired

    def due_on(self, asked: Requirement, person_id: int, begins: dt.date) -> dt.date | None:
        """Count days of grace one by one, and none of those on which the person is away."""
        last, day, left = begins + dt.timedelta(days=3000), begins, asked.grace_days
        while day < last and self.is_away(person_id, day):  # who is away when it begins has not begun
            day += ONE
        while day < last and left:
            day += ONE
            left -= not self.is_away(person_id, day)
        return day if day < last else None

    def done(self, asked: Requirement, person_id: int, opens: dt.date, closes: dt.date | None) -> list[dt.date]:
        return [
            row.completed_on
            for row in self.completions.get(person_id, [])
            if is_accepted(asked, row) and opens <= row.completed_on and (closes is None or row.completed_on < closes)
        ]

    def state(self, asked: Requirement, person_id: int, on: dt.date) -> tuple[str, dt.date | None] | None:
        """(state, due day) of a person who is bound on the day by one requirement by school year; None if not."""
        window = self.window(asked, on)
        if window is None or asked.starts_on > window[1] or not self.is_bound(asked, person_id, on):
            return None
        opens, starts, closes = window
        begins = max(starts, self.hired_on(asked, person_id, on))
        due = self.due_on(asked, person_id, begins)
        if any(day <= on for day in self.done(asked, person_id, opens, closes)):
            return "done", due
        if self.is_away(person_id, on):
            return "excused", due
        if due is not None and due < on:
            return "overdue", due
        return ("grace" if begins > starts else "due"), due
