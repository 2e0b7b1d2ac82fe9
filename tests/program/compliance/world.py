"""A small district with everything that makes coverage hard, invented from a number; and what compliance tests need."""

import datetime as dt
import random
from typing import Any

from tests.factories import make_district, make_person, make_region, make_site
from upstander.district.people.models import Person, Post
from upstander.district.places.models import District, SecondaryRule, Site, SiteRegion, SiteStatus
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import Completion, Requirement, Retraction
from upstander.program.compliance.selectors.requirements import Asked, requirements_of_schools
from upstander.program.compliance.services import Terms

FIRST = dt.date(2024, 8, 1)
DAYS = 800
SUBJECT = "csec-awareness"
CAPABILITIES = frozenset({"requirements.manage", "completions.record", "coverage.read", "people.read"})


def terms(**more: Any) -> Terms:
    words = {f"{name}_{code}": f"{name} {code}" for name in ("title", "source", "owner") for code in ("en", "es")}
    values = {"subject": SUBJECT, "audience": "secondary_staff", "threshold_percent": 80, "validity_months": 12}
    return Terms(**{**values, **words, **more})


def clerk(district: District) -> Actor:
    """A job that may do all that compliance offers."""
    return job("test", district.pk, CAPABILITIES)


def asked_on(actor: Actor, on: dt.date, known_at: dt.datetime, language: str = "en") -> Asked | None:
    """What the coverage board counts first on that day."""
    return next(iter(requirements_of_schools(actor=actor, on=on, known_at=known_at, language=language)), None)


def moment(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


class World:
    """Schools that open, close and move; staff who come, go, move and hold two posts; completions of every kind."""

    def __init__(self, number: int, key: str = "alder") -> None:
        self.dice = random.Random(number)
        self.district = make_district(key, f"{key}.localhost")
        self.regions = [make_region(self.district, name) for name in ("West", "East", "North")]
        self.sites = [self._site(index) for index in range(10)]
        self.people = [make_person(self.district) for _ in range(40)]
        with in_district(self.district.pk):
            self._rules()
            for site in self.sites:
                self._history(site)
            for person in self.people:
                self._posts(person)
                self._completions(person)

    def day(self, least: int = 0, most: int = DAYS) -> dt.date:
        return FIRST + dt.timedelta(days=self.dice.randint(least, most))

    def _site(self, index: int) -> Site:
        grades = [(9, 12), (6, 8), (0, 5), (0, 8), (None, None)][index % 5]
        kind = Site.Kind.OFFICE if index == 9 else Site.Kind.SCHOOL
        return make_site(self.district, kind=kind, lowest_grade=grades[0], highest_grade=grades[1])

    def _write(self, model: type, first: dt.date, last: dt.date | None, **values: Any) -> None:
        """One dated row; one in three is a correction of a row that had said it longer."""
        recorded = moment(first + dt.timedelta(days=self.dice.randint(0, 60)))
        row = {"district_id": self.district.pk, "starts_on": first, **values}
        if last and self.dice.random() < 0.33:
            corrected = recorded + dt.timedelta(days=self.dice.randint(1, 200))
            model.objects.create(ends_on=None, recorded_at=recorded, superseded_at=corrected, **row)  # type: ignore[attr-defined]
            recorded = corrected
        model.objects.create(ends_on=last, recorded_at=recorded, **row)  # type: ignore[attr-defined]

    def _rules(self) -> None:
        self._write(SecondaryRule, FIRST, None, lowest_grade=7, highest_grade=12)
        teachers: dict[str, Any] = {"roles": ["teacher", "classified"], "also_counts": ["something-else"]}
        proved: dict[str, Any] = {"proofs": ["import"], "content_version": "2025"}
        for first, last, percent, more in ((0, 300, 50, {}), (300, 500, 60, teachers), (500, None, 20, proved)):
            starts = FIRST + dt.timedelta(days=first)
            ends = FIRST + dt.timedelta(days=last) if last else None
            values = terms(threshold_percent=percent, **more)
            said = {name: getattr(values, name) for name in Terms.__slots__}
            Requirement.objects.create(
                district_id=self.district.pk, starts_on=starts, ends_on=ends, recorded_at=moment(FIRST), **said
            )

    def _history(self, site: Site) -> None:
        SiteStatus.objects.filter(site=site).delete()
        closes = self.day(300) if self.dice.random() < 0.3 else None
        self._write(SiteStatus, self.day(0, 100), closes, site=site, status="active", source="own")
        if self.dice.random() < 0.8:
            moves = self.day(200, 600)
            first, then = self.dice.sample(self.regions, 2)
            # Written plainly: a correction of the first would have overlapped the second.
            for region, starts, ends in ((first, FIRST, moves), (then, moves, None)):
                SiteRegion.objects.create(
                    district_id=self.district.pk,
                    site=site,
                    region=region,
                    starts_on=starts,
                    ends_on=ends,
                    recorded_at=moment(FIRST),
                )

    def _posts(self, person: Person) -> None:
        # The last site never has staff: it stays in the count and is never trained.
        staffed = self.sites[:5] + self.sites[7:]
        for role in self.dice.sample(["teacher", "support", "classified", "driver"], self.dice.randint(1, 3)):
            starts = self.day(0, 500)
            leaves = starts + dt.timedelta(days=self.dice.randint(1, 400)) if self.dice.random() < 0.5 else None
            self._write(Post, starts, leaves, person=person, role=role, site=self.dice.choice(staffed))

    def _completions(self, person: Person) -> None:
        for number in range(self.dice.randint(0, 3)):
            day = self.day()
            subject = SUBJECT if self.dice.random() < 0.9 else "something-else"
            row = Completion.objects.create(
                district_id=self.district.pk,
                person=person,
                subject=subject,
                completed_on=day,
                expires_on=day + dt.timedelta(days=self.dice.choice([30, 365, 730])),
                evidence_kind="session" if number == 1 else "import",
                content_version="" if number == 1 else "2025",
                evidence_ref=f"list {number}",
                recorded_at=moment(day + dt.timedelta(days=self.dice.randint(0, 90))),
                recorded_by="test",
            )
            if self.dice.random() < 0.25:
                Retraction.objects.create(
                    district_id=self.district.pk,
                    completion=row,
                    reason="wrong_day",
                    recorded_at=row.recorded_at + dt.timedelta(days=self.dice.randint(1, 300)),
                    recorded_by="test",
                )
