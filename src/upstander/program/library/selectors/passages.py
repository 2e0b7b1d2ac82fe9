"""Reading a district's own words: on their pages, in their history, and as they wait for somebody."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library import policies, states
from upstander.program.library.content.pages import Page
from upstander.program.library.content.passages import Own, Spot, place, spots
from upstander.program.library.models import LocalPassage, PassageKept, PassageStep
from upstander.program.library.selectors._decided import Decided
from upstander.program.library.selectors._standing import standing


@dataclass(frozen=True, slots=True)
class Version(Decided):
    """A district's words as one row, with what was decided about them."""

    row: LocalPassage
    stand: states.Stand
    missing: tuple[states.Step, ...]

    @property
    def own(self) -> Own:
        row = self.row
        over: LocalPassage | PassageKept = next(reversed(row.kept.all()), row)
        return Own(row.ref, row.kind, over.block, over.item, Text(over.was_en, over.was_es), Text(row.en, row.es))


@dataclass(frozen=True, slots=True)
class Line:
    """One passage of a page in the editor: what ships, what the district shows, and what of its own is under way."""

    spot: Spot
    shown: Version | None
    is_stale: bool
    under_way: tuple[Version, ...]


def words_on(*, actor: Actor, pages: Iterable[str], on: dt.date) -> dict[str, list[Own]]:
    """The words that the actor's district shows on these pages on the day `on`, oldest first. Public."""
    return standing(actor, pages, on)


def versions_on(*, actor: Actor, pages: Iterable[str], on: dt.date) -> dict[str, list[Version]]:
    """Every version of the district's words on these pages, oldest first. As many queries for any. Public."""
    found: dict[str, list[Version]] = {page: [] for page in pages}
    for version in _versions(_rows(actor).filter(page__in=found).select_related(None), on):
        found[version.row.page].append(version)
    return found


def lines_of(*, actor: Actor, page: Page, on: dt.date) -> tuple[tuple[Line, ...], tuple[tuple[Version, bool], ...]]:
    """Every passage of a page in reading order, and the district's words that have lost theirs, each with whether its
    editor has yet to decide about that."""
    versions = _versions(_rows(actor).filter(page=page.key), on)
    by_ref = {version.row.ref: version for version in versions}
    placed = place(page, [v.own for v in versions if v.stand == states.Stand.STANDS])
    shown = {each.spot: each for each in placed if each.spot is not None}
    under_way = [v for v in versions if v.stand in {states.Stand.WAITS, states.Stand.COMES}]
    lines = tuple(
        Line(
            spot,
            by_ref[shown[spot].own.ref] if spot in shown else None,
            spot in shown and shown[spot].is_stale,
            tuple(v for v in under_way if (v.row.block, v.row.item) == (spot.block, spot.item)),
        )
        for spot in spots(page)
    )
    return lines, tuple((by_ref[each.own.ref], each.is_stale) for each in placed if each.spot is None)


def every_version(*, actor: Actor, on: dt.date) -> list[Version]:
    """The district's words on all pages, with those of former ones. Oldest first."""
    return _versions(_rows(actor), on)


def counts_by_page(*, versions: Iterable[Version]) -> dict[str, dict[str, int]]:
    """How many of the district's words stand and wait, by page. Takes no actor: the words were read for one."""
    counts: dict[str, dict[str, int]] = {}
    for version in versions:
        of_page = counts.setdefault(version.row.page, {stand.value: 0 for stand in states.Stand})
        of_page[version.stand.value] += 1
    return counts


def waiting_for(*, actor: Actor, versions: Iterable[Version]) -> list[Version]:
    """Those that wait for a step which the actor may take, or that are the actor's own. Oldest first."""
    waits = [v for v in versions if v.stand == states.Stand.WAITS]
    return [v for v in waits if v.row.entered_by_id == actor.account_id or steps_for(actor=actor, version=v)]


def words_to_decide(*, actor: Actor, on: dt.date) -> list[Version]:
    """The words that wait for a step of this very person. Nothing is asked of the database for who takes none."""
    if not any(map(actor.has, states.CAPABILITY.values())):
        return []
    waits = waiting_for(actor=actor, versions=every_version(actor=actor, on=on))
    return [v for v in waits if steps_for(actor=actor, version=v)]


def steps_for(*, actor: Actor, version: Version) -> tuple[states.Step, ...]:
    """The steps that the actor may take now: never with their own words, nor with what lacks a language."""
    return policies.open_steps(actor, version.barred, version.missing) if version.row.es else ()


def version_by_ref(*, actor: Actor, ref: str, on: dt.date) -> Version:
    """One row with its state. Raises NotFound for another district's, and for who neither edits nor reviews."""
    of_page = LocalPassage.objects.filter(district_id=actor.district_id, ref=ref).values("page")
    found = [v for v in _versions(_rows(actor).filter(page__in=of_page), on) if v.row.ref == ref]
    if not found or not any(map(actor.has, ("pages.edit", *states.CAPABILITY.values()))):
        raise NotFound(ref)
    return found[0]


def history_of(*, actor: Actor, page: str, spot: Spot, on: dt.date) -> list[Version]:
    """Every version that was written for a passage, the newest first."""
    versions = _versions(_rows(actor).filter(page=page), on)
    here = (spot.kind, spot.block, spot.item)
    return [v for v in reversed(versions) if (v.row.kind, v.row.block, v.row.item) == here]


def _rows(actor: Actor) -> QuerySet[LocalPassage]:
    steps = Prefetch("steps", PassageStep.objects.select_related("taken_by").order_by("taken_at", "id"))
    rows = LocalPassage.objects.filter(district_id=actor.district_id).select_related("entered_by")
    kept = Prefetch("kept", PassageKept.objects.order_by("kept_at", "id"))
    return rows.prefetch_related(steps, kept).order_by("entered_at", "id")


def _versions(rows: Iterable[LocalPassage], on: dt.date) -> list[Version]:
    """The rows of whole pages with their states. What stood, also if it was taken out since, replaces what it names."""
    found = [_version(row, on) for row in rows]
    replaced = {v.row.replaces_id for v in found if v.stand == states.Stand.STANDS or v.is_ended}
    return [
        replace(v, stand=states.Stand.REPLACED) if v.stand == states.Stand.STANDS and v.row.pk in replaced else v
        for v in found
    ]


def _version(row: LocalPassage, on: dt.date) -> Version:
    taken = {step.step for step in row.steps.all()}
    return Version(row, states.stand(row.kind, taken, row.shows_on, on), states.missing(row.kind, taken))
