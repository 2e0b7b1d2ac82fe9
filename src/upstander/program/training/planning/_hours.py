"""The weekly hours in which a site's staff can be trained: all together, or one audience of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Q

from upstander.district.places.models import SchoolYear, Site
from upstander.engines.planning import Window
from upstander.program.training import policies
from upstander.program.training.models import SiteWindow
from upstander.program.training.planning.calendar import minute_of

ALL = "all_staff"
LOWEST_SECONDARY_GRADE = 7
SEVERAL = 2  # audiences of which a site has to name hours, to be one that trains them apart


class Hours:
    """The rows that count from a day of a year on, read once. A site's own stand in for those of its level."""

    def __init__(self, year: SchoolYear, first: dt.date) -> None:
        self._own: dict[tuple[int | None, str], list[SiteWindow]] = defaultdict(list)
        self._level: dict[tuple[str, str], list[SiteWindow]] = defaultdict(list)
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=first)
        for row in SiteWindow.objects.filter(lasting, starts_on__lt=year.ends_on).order_by("id"):
            if row.site_id is None:
                self._level[row.level, row.audience].append(row)
            else:
                self._own[row.site_id, row.audience].append(row)

    def of(self, site: Site, audience: str) -> list[SiteWindow]:
        """The site's own rows for an audience, or else those of its level; on shifts only what is paid time."""
        own = self._fitting(site, self._own.get((site.pk, audience), []))
        return own or self._fitting(site, self._level.get((level_of(site), audience), []))

    def for_all(self, site: Site) -> list[SiteWindow]:
        """The rows for all its staff: not those of its level where it names hours of its own for several audiences."""
        named = {audience for pk, audience in self._own if pk == site.pk} - {ALL}
        return self.of(site, ALL) if len(named) < SEVERAL else self._fitting(site, self._own.get((site.pk, ALL), []))

    def part(self, site: Site, audiences: Collection[str]) -> bool:
        """Whether the site has no hours for all its staff together, and hours of several of these audiences.

        Nor do those of its level count where the site names hours of its own for several of them.
        """
        several = sum(bool(self.of(site, each)) for each in audiences) >= SEVERAL
        by_itself = sum((site.pk, each) in self._own for each in audiences) >= SEVERAL
        for_all = self._own.get((site.pk, ALL)) if by_itself else self.of(site, ALL)
        return several and not for_all

    def _fitting(self, site: Site, rows: list[SiteWindow]) -> list[SiteWindow]:
        return [row for row in rows if row.is_paid_time or site.kind not in policies.ON_SHIFTS]


def level_of(site: Site) -> str:
    """Which defaults a site follows: work sites by their kind, schools by their highest grade."""
    if site.kind != Site.Kind.SCHOOL:
        return str(site.kind)
    is_secondary = (site.highest_grade or 0) >= LOWEST_SECONDARY_GRADE
    return str(SiteWindow.Level.SECONDARY if is_secondary else SiteWindow.Level.ELEMENTARY)


def written_out(row: SiteWindow, days: list[dt.date], audience: str = "") -> Iterator[Window]:
    """Each of these days on which the row opens, as the hours of one audience or of all."""
    for day in days:
        if day.weekday() == row.weekday and row.starts_on <= day and (row.ends_on is None or day < row.ends_on):
            yield Window(day, minute_of(row.starts), minute_of(row.ends), audience)
