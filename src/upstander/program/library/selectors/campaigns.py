"""Campaigns of a district's own beside those that ship: what readers see, what waits, and the versions of each."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from upstander.engines.observances import Returns, Span, again
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library import policies, states
from upstander.program.library.content.kits import Kit, kit_of
from upstander.program.library.models import Campaign, CampaignStep
from upstander.program.library.selectors._decided import Decided
from upstander.program.library.selectors.observances import Coming, coming_observances, observances_from
from upstander.program.library.states import Stand, Step

KIND = "campaign"  # reviewed in three roles, as all words but those about an office
REVIEWERS = tuple(states.CAPABILITY[step] for step in states.REVIEWS)


@dataclass(frozen=True, slots=True)
class Version(Decided):
    """One version of a campaign, with what was decided about it."""

    row: Campaign
    stand: Stand
    missing: tuple[Step, ...]

    @property
    def name(self) -> Text:
        return Text(self.row.name_en, self.row.name_es)

    @property
    def kit(self) -> Kit:
        return kit_of(self.row.kit)

    @property
    def aims(self) -> list[states.Aim]:
        return [states.Aim(aim) for aim in self.row.aims]

    def in_year(self, year: int) -> Span | None:
        """When it is in this year, if it is."""
        return again(Span(self.row.first_on, self.row.last_on), Returns(self.row.returns), year)


def own_standing(*, actor: Actor, on: dt.date) -> list[Version]:
    """The campaigns that the actor's district shows. One query and its steps. Public."""
    return [version for version in _versions(_rows(actor), on) if version.stand == Stand.STANDS]


def coming_campaigns(*, actor: Actor, language: str, on: dt.date) -> list[Coming]:
    """What is on and what comes next, soonest first: what ships, and the district's own. Public."""
    own = (_next(version, language, on) for version in own_standing(actor=actor, on=on))
    found = [*coming_observances(language=language, on=on), *(each for each in own if each)]
    return sorted(found, key=lambda each: (each.span.first, each.key))


def campaigns_from(*, actor: Actor, year: int, years: int, language: str, on: dt.date) -> list[Coming]:
    """All of so many years, in order: what ships, and what the district shows on the day `on`. Public."""
    own = [
        _coming(version, span, language, on)
        for version in own_standing(actor=actor, on=on)
        for after in range(years)
        if (span := version.in_year(year + after))
    ]
    return sorted([*observances_from(year=year, years=years, language=language), *own], key=lambda e: e.span.first)


def own_kit(*, actor: Actor, key: str, on: dt.date) -> Kit:
    """The words of a campaign of the district's own that shows. Raises NotFound. Public."""
    for version in own_standing(actor=actor, on=on):
        if version.row.key == key:
            return version.kit
    raise NotFound(key)


def versions_for(*, actor: Actor, on: dt.date) -> list[Version]:
    """The newest first: every version that shows or waits, for whoever writes or reviews; of others nothing."""
    if not _may_look(actor):
        return []
    return [v for v in reversed(_versions(_rows(actor), on)) if v.stand in {Stand.STANDS, Stand.WAITS}]


def campaigns_to_decide(*, actor: Actor, on: dt.date) -> list[Version]:
    """What waits for a step of this very person. Nothing is asked of the database for who takes none."""
    if not any(map(actor.has, REVIEWERS)):
        return []
    return [version for version in versions_for(actor=actor, on=on) if _reviews(actor, version)]


def version_of_campaign(*, actor: Actor, ref: str, on: dt.date) -> Version:
    """One version with its state. Raises NotFound for another district's, and for who neither writes nor reviews."""
    of_key = Campaign.objects.filter(district_id=actor.district_id, ref=ref).values("key")
    found = next((v for v in _versions(_rows(actor).filter(key__in=of_key), on) if v.row.ref == ref), None)
    if found is None or not _may_look(actor):
        raise NotFound(ref)
    return found


def moves_for(*, actor: Actor, version: Version) -> tuple[Step, ...]:
    """What the actor may decide now: to review or refuse somebody else's version, and, as an editor, to take it out."""
    reviews = _reviews(actor, version)
    moves = (*reviews, Step.REFUSED) if reviews else ()
    if not scope(actor, "pages.edit").everywhere or version.stand in {Stand.OUT, Stand.REPLACED}:
        return moves
    return (*moves, Step.ENDED if version.stand == Stand.STANDS else Step.WITHDRAWN)


def _reviews(actor: Actor, version: Version) -> tuple[Step, ...]:
    return policies.open_steps(actor, version.barred, version.missing)


def _may_look(actor: Actor) -> bool:
    return any(map(actor.has, ("pages.edit", *REVIEWERS)))


def _rows(actor: Actor) -> QuerySet[Campaign]:
    steps = Prefetch("steps", CampaignStep.objects.select_related("taken_by").order_by("taken_at", "id"))
    rows = Campaign.objects.filter(district_id=actor.district_id).select_related("entered_by")
    return rows.prefetch_related(steps).order_by("entered_at", "id")


def _versions(rows: Iterable[Campaign], on: dt.date) -> list[Version]:
    """The rows of whole campaigns with their states: the last version that stood, also if it was taken out, counts."""
    found = [_version(row, on) for row in rows]
    last = {v.row.key: v.row.pk for v in found if v.stand == Stand.STANDS or v.is_ended}
    return [
        replace(v, stand=Stand.REPLACED) if v.stand == Stand.STANDS and v.row.pk != last[v.row.key] else v
        for v in found
    ]


def _version(row: Campaign, on: dt.date) -> Version:
    taken = {step.step for step in row.steps.all()}
    return Version(row, states.stand(KIND, taken, on, on), states.missing(KIND, taken))


def _next(version: Version, language: str, on: dt.date) -> Coming | None:
    first_year = max(on.year - 1, version.row.first_on.year)  # its first days may be far away
    spans = map(version.in_year, range(first_year, first_year + 3))
    span = next((span for span in spans if span and span.last >= on), None)
    return _coming(version, span, language, on) if span else None


def _coming(version: Version, span: Span, language: str, on: dt.date) -> Coming:
    summary = " ".join(str(states.AIMS[aim]) for aim in version.aims)
    return Coming(version.row.key, version.name.in_language(language), summary, "", span, span.first <= on <= span.last)
