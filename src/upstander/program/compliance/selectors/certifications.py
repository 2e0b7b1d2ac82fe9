"""How one site stands with everything that is asked of its staff, and whether its head has certified the review."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from upstander.district.places.models import SchoolYear, Site
from upstander.district.places.selectors import place_of, school_year_on, sites_for
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Requirement, SiteCertification
from upstander.program.compliance.selectors.coverage import school_coverage
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.requirements import Asked, requirements_due, requirements_of_schools
from upstander.program.compliance.selectors.standing import question

AT_SITE = """
    WITH {tables}
    SELECT state, count(DISTINCT person_id) FROM standing WHERE site_id = %(one_site)s GROUP BY state"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One training at one site. Who is on leave stands apart; `is_trained` is None where sites are not counted so."""

    subject: str
    title_en: str
    title_es: str
    staff: int
    done: int
    due: int
    overdue: int
    away: int
    is_trained: bool | None

    def title(self, language: str) -> str:
        """The training's name."""
        return self.title_es if language.startswith("es") else self.title_en


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site of a list, certified in the school year or not."""

    site: Site
    certification: SiteCertification | None


def site_standing(*, actor: Actor, site: Site, on: dt.date, known_at: dt.datetime) -> list[Standing]:
    """Everything asked at the site on the day, as known at the moment. Needs `coverage.read` there."""
    require(actor, "coverage.read", place_of(actor=actor, site=site, on=on))
    asks: Any = {"actor": actor, "on": on, "known_at": known_at}
    found: list[tuple[Asked, dict[str, int], bool | None]] = []
    for covered in requirements_of_schools(language="en", **asks):
        line = school_coverage(site=site, asked=covered, **asks)
        if line:
            counts = {"staff": line.staff, "done": line.trained_staff, "due": line.staff - line.trained_staff}
            found.append((covered, counts | {"overdue": 0, "away": 0}, line.is_trained))
    found += [
        (asked, _counts(actor, asked, site, on, known_at), None) for asked in requirements_due(language="en", **asks)
    ]
    spanish = _spanish({asked.subject for asked, _counts_, _is_trained in found}, on, known_at)
    return [
        Standing(asked.subject, asked.title, spanish.get(asked.subject, asked.title), is_trained=is_trained, **counts)
        for asked, counts, is_trained in found
        if counts["staff"] or counts["away"] or is_trained is not None
    ]


def standing_told(row: SiteCertification) -> list[Standing]:
    """What was counted when the site was certified, as it was kept."""
    return [Standing(**each) for each in row.standing]


def as_kept(standing: list[Standing]) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [asdict(each) for each in standing]


def certification_of(*, actor: Actor, site: Site, year: SchoolYear, on: dt.date) -> SiteCertification | None:
    """The one that stands for the site in the school year. Needs `coverage.read` there on `on`."""
    require(actor, "coverage.read", place_of(actor=actor, site=site, on=on))
    return _standing([site.pk], year).get(site.pk)


def certifications(*, actor: Actor, on: dt.date) -> tuple[SchoolYear | None, list[SiteLine]]:
    """Every site in reach of `coverage.read` that is active on the day, those not yet certified first.

    With the school year of the day; in the summer there is none, and nothing to certify.
    """
    year = school_year_on(actor=actor, on=on)
    sites = list(sites_for(actor=actor, on=on, capability="coverage.read"))
    held = _standing([site.pk for site in sites], year) if year else {}
    lines = [SiteLine(site, held.get(site.pk)) for site in sites]
    return year, sorted(lines, key=lambda line: line.certification is not None)


def _standing(sites: Collection[int], year: SchoolYear) -> dict[int, SiteCertification]:
    """By site, the row that no other replaces: the newest."""
    rows = SiteCertification.objects.filter(site_id__in=sites, school_year=year).select_related("person")
    return {row.site_id: row for row in rows.order_by("recorded_at", "pk")}


def _counts(actor: Actor, asked: Asked, site: Site, on: dt.date, known_at: dt.datetime) -> dict[str, int]:
    tables, values = question(actor=actor, subject=asked.subject, on=on, known_at=known_at)
    with planned(is_large=True) as cursor:
        cursor.execute(AT_SITE.format(tables=tables), values | {"one_site": site.pk})
        states = Counter(dict(cursor.fetchall()))
    return {
        "staff": states.total() - states["excused"],
        "done": states["done"],
        "due": states["due"] + states["grace"],
        "overdue": states["overdue"],
        "away": states["excused"],
    }


def _spanish(subjects: set[str], on: dt.date, known_at: dt.datetime) -> dict[str, str]:
    rows = Requirement.objects.filter(subject__in=subjects, starts_on__lte=on, recorded_at__lte=known_at)
    return dict(rows.order_by("starts_on", "recorded_at").values_list("subject", "title_es"))
