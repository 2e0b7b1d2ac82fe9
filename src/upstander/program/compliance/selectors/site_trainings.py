"""What lists said of whole sites, and which completions stand: for pages beside the coverage, and for new lists."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from upstander.district.places.models import Site
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Certificate, Completion, SiteTraining


@dataclass(frozen=True, slots=True)
class Reported:
    """One statement of a list about a site; `school_year` is the calendar year in which the school year began."""

    ref: str
    site_id: int
    school_year: int
    held_on: dt.date | None
    head_count: int | None

    @property
    def year_name(self) -> str:
        """The school year as people write it: 2024-25."""
        return f"{self.school_year}-{(self.school_year + 1) % 100:02}"


def reported_trainings(*, actor: Actor, site: Site, on: dt.date, known_at: dt.datetime, subject: str) -> list[Reported]:
    """What lists say of one site, newest year first, as known at `known_at`. Needs `coverage.read` there on `on`."""
    require(actor, "coverage.read", place_of(actor=actor, site=site, on=on))
    rows = SiteTraining.objects.filter(site=site, subject=subject, recorded_at__lte=known_at)
    rows = rows.exclude(retractions__recorded_at__lte=known_at)
    return [_reported(row) for row in rows.order_by("-school_year", "-held_on", "id")]


def all_reported(*, actor: Actor, subject: str) -> list[Reported]:
    """Everything that lists say of the district's sites and that stands now. Needs `completions.record`."""
    require(actor, "completions.record", Place(actor.district_id))
    rows = SiteTraining.objects.filter(district_id=actor.district_id, subject=subject, retractions__isnull=True)
    return [_reported(row) for row in rows.order_by("id")]


def standing_completions(*, actor: Actor, subject: str, person_ids: Collection[int]) -> Iterator[tuple[int, dt.date]]:
    """Person and day of every completion of these people that was not taken back. Needs `completions.record`."""
    require(actor, "completions.record", Place(actor.district_id))
    rows = Completion.objects.filter(district_id=actor.district_id, subject=subject, person_id__in=person_ids)
    yield from rows.filter(retractions__isnull=True).values_list("person_id", "completed_on")


def settled_among(*, actor: Actor, refs: Collection[str]) -> dict[str, int]:
    """How many of these rows have something built on them: "certificates", or "retractions" of completions and
    of sites' trainings. Needs `completions.record`.
    """
    require(actor, "completions.record", Place(actor.district_id))
    completions = Completion.objects.filter(ref__in=refs)
    trainings = SiteTraining.objects.filter(ref__in=refs)
    taken = completions.filter(retractions__isnull=False).count() + trainings.filter(retractions__isnull=False).count()
    papers = Certificate.objects.filter(completion_id__in=completions.values("pk"), replaces=None).count()
    return {"certificates": papers, "retractions": taken}


def _reported(row: SiteTraining) -> Reported:
    return Reported(row.ref, row.site_id, row.school_year, row.held_on, row.head_count)
