"""What the answers say together: only sums of batches in which nobody can be found, whatever is subtracted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from upstander.district.places.models import Region, SiteRegion
from upstander.district.places.selectors import school_year_on
from upstander.engines.suppression import FEWEST, batches
from upstander.foundation.kernel.access import Scope, scope
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Completion
from upstander.program.evaluation.content.sheets import STAFF, Indicator, shipped_sheets
from upstander.program.evaluation.models import AnswerSheet
from upstander.program.evaluation.policies import STAYS_OPEN
from upstander.program.training.models import Session
from upstander.program.training.selectors.rooms import session_led
from upstander.program.training.states import Session as State

Row = tuple[int, dict[str, str] | None, dict[str, str] | None]
HAS = {
    "before": lambda row: row[1] is not None,
    "after": lambda row: row[2] is not None,
    "rise": lambda row: row[1] is not None and row[2] is not None,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator: a count for completions, else a percent of `answered`; None where too few answered."""

    indicator: Indicator
    percent: int | None
    answered: int
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The eight figures of a session, a region or a district's year."""

    figures: list[Figure]
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class YearResults:
    """A school year: everything the actor may see, and each region of it that can be told."""

    name: str
    whole: Results
    regions: list[tuple[str, Results]]


def session_results(*, actor: Actor, ref: str, at: dt.datetime) -> Results | None:
    """One session's figures for who led or coordinates it, once its questions have closed; None until then."""
    session = session_led(actor=actor, ref=ref, at=at)
    if session.ends_at + STAYS_OPEN > at or session.state != State.CLOSED:
        return None
    rows = _rows([session.pk])
    return _results([[session.pk]], rows, _completed([session.ref]))


def year_results(*, actor: Actor, on: dt.date, at: dt.datetime) -> YearResults:
    """The school year of a day: the district for who coordinates all of it, else the regions the actor coordinates."""
    year = school_year_on(actor=actor, on=on)
    reach = scope(actor, "training.coordinate")
    if year is None:
        return YearResults("", _results([], [], {}), [])
    sessions = list(_closed(year.starts_on, year.ends_on, at))
    by_region = _by_region(sessions)
    names = {region.pk: region.name for region in Region.objects.filter(pk__in=filter(None, by_region))}
    seen = [key for key in by_region if _reaches(reach, key)]
    rows = _rows([session.pk for key in seen for session in by_region[key]])
    done = _completed([session.ref for key in seen for session in by_region[key]])
    groups = [[session.pk for session in by_region[key]] for key in seen]
    told = [
        (names[key], _results([group], rows, _of(done, by_region[key])))
        for key, group in zip(seen, groups, strict=True)
        if key is not None
    ]
    return YearResults(year.name, _results(groups, rows, done), sorted(told, key=lambda each: each[0]))


def _reaches(reach: Scope, region: int | None) -> bool:
    return reach.everywhere or (region is not None and region in reach.region_ids)


def _closed(first: dt.date, until: dt.date, at: dt.datetime) -> Iterable[Session]:
    """Sessions of the days whose questions have closed, in the order in which they did."""
    found = Session.objects.filter(state=State.CLOSED, on__gte=first, on__lt=until, ends_at__lte=at - STAYS_OPEN)
    return found.order_by("ends_at", "id")


def _by_region(sessions: Sequence[Session]) -> dict[int | None, list[Session]]:
    """Sessions by the region in which their site lay on their day."""
    placed: dict[int, list[SiteRegion]] = {}
    sites = {session.site_id for session in sessions}
    for row in SiteRegion.objects.filter(site_id__in=sites, superseded_at__isnull=True):
        placed.setdefault(row.site_id, []).append(row)
    found: dict[int | None, list[Session]] = {}
    for session in sessions:
        held = [
            row.region_id
            for row in placed.get(session.site_id, [])
            if row.starts_on <= session.on and (row.ends_on is None or session.on < row.ends_on)
        ]
        found.setdefault(held[0] if held else None, []).append(session)
    return found


def _rows(sessions: Iterable[int]) -> list[Row]:
    found = AnswerSheet.objects.filter(session_id__in=list(sessions))
    return list(found.values_list("session_id", "before", "after"))


def _completed(refs: Iterable[str]) -> dict[str, int]:
    kind = Completion.Evidence.SESSION
    found = Completion.objects.filter(evidence_kind=kind, evidence_ref__in=list(refs), retractions__isnull=True)
    return Counter(found.values_list("evidence_ref", flat=True))


def _of(done: dict[str, int], sessions: Iterable[Session]) -> dict[str, int]:
    return {session.ref: done.get(session.ref, 0) for session in sessions}


def _results(groups: Sequence[Sequence[int]], rows: Sequence[Row], done: dict[str, int]) -> Results:
    told = {counts: _told(groups, rows, counts) for counts in HAS}
    return Results([_figure(each, told, done) for each in shipped_sheets()[STAFF].indicators])


def _told(groups: Sequence[Sequence[int]], rows: Sequence[Row], counts: str) -> list[Row]:
    """The rows of whole batches. A batch never crosses a region: the district's sum is that of its regions'."""
    having = [row for row in rows if HAS[counts](row)]
    number = Counter(row[0] for row in having)
    among = {key for group in groups for batch in batches((key, number[key]) for key in group) for key in batch}
    return [row for row in having if row[0] in among]


def _figure(indicator: Indicator, told: dict[str, list[Row]], done: dict[str, int]) -> Figure:
    if indicator.counts == "completions":
        return Figure(indicator, None, 0, sum(done.values()))
    rows = told[indicator.counts]
    yes = sum(_counts(indicator, row) for row in rows)
    return Figure(indicator, round(100 * yes / len(rows)) if rows else None, len(rows))


def _counts(indicator: Indicator, row: Row) -> bool:
    _session, before, after = row
    if indicator.counts == "rise":
        return bool(before and after and after[indicator.key] > before[indicator.key])
    given = before if indicator.counts == "before" else after
    return bool(given and given[indicator.key] >= indicator.least)
