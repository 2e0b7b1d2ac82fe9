"""The district's contacts and its words for the county's levels, as the overview lists them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from upstander.district.people.selectors import leads_and_deputies, people_in_role, site_administrators
from upstander.district.places.models import Region
from upstander.district.places.selectors import regions_on, site_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.law import policies
from upstander.program.law.content import Line
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import entries_that_hold, own_of
from upstander.program.law.selectors.here import Here, county_levels

Kind = LocalEntry.Kind
MOST_SUGGESTED = 2


@dataclass(frozen=True, slots=True)
class Contact:
    """One thing staff may have to call: whose number it is, who holds the post, the numbers, who may change them."""

    kind: str
    of: str
    where: str
    names: tuple[str, ...]
    ref: str
    lines: tuple[Line, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class LevelState:
    """One of the county's levels: its name there and here, whether the county left its steps to the district."""

    key: str
    name: Text
    own_name: Text | None
    needs_steps: bool
    lines: tuple[Line, ...]
    is_shown: bool


def contacts(*, actor: Actor, on: dt.date) -> list[Contact]:
    """The district's own contacts, and the leads of the regions, with who holds the posts on the day."""
    held = {(entry.kind, entry.region_id): entry for entry in entries_that_hold(actor=actor)}
    coordinators = people_in_role(actor=actor, role="coordinator", on=on)
    names = tuple(person.full_name for person in coordinators)
    found = [
        _contact(actor, on, Kind.CHILD_WELFARE, None, (), held.get((Kind.CHILD_WELFARE, None))),
        _contact(actor, on, Kind.COORDINATOR, None, names, held.get((Kind.COORDINATOR, None))),
        _contact(actor, on, Kind.FAMILIES, None, (), held.get((Kind.FAMILIES, None))),
    ]
    return [*found, *_leads(actor, on, held)]


def _leads(actor: Actor, on: dt.date, held: dict[tuple[str, int | None], LocalEntry]) -> Iterator[Contact]:
    leading = leads_and_deputies(actor=actor, on=on)
    for region in regions_on(actor=actor, on=on):
        names = tuple(each.full_name for each in leading.get(region.pk, ()) if each)
        yield _contact(actor, on, Kind.REGION_LEAD, region, names, held.get((Kind.REGION_LEAD, region.pk)))
        yield _contact(actor, on, Kind.FAMILIES, region, (), held.get((Kind.FAMILIES, region.pk)))


def _contact(
    actor: Actor, on: dt.date, kind: str, region: Region | None, names: tuple[str, ...], entry: LocalEntry | None
) -> Contact:
    return Contact(
        str(kind),
        region.ref if region else "",
        region.name if region else "",
        names,
        entry.ref if entry else "",
        own_of(entry).lines if entry else (),
        policies.may_propose(actor, None, region, on),
    )


def suggested_steps(*, actor: Actor, site_ref: str, on: dt.date) -> tuple[Line, ...]:
    """Who might act at a site that has named nobody: who answers for it by their posts, under the site's number."""
    site = site_by_ref(actor=actor, ref=site_ref, on=on, capability="local.propose")
    people = site_administrators(actor=actor, site=site, on=on)[:MOST_SUGGESTED]
    return tuple(Line(Text(each.full_name, each.full_name), site.phone, "", None) for each in people)


def level_states(*, actor: Actor, on: dt.date, found: Here) -> list[LevelState]:
    """The levels that the district's county knows, with what the district says of them."""
    held = {(entry.kind, entry.level): own_of(entry).lines for entry in entries_that_hold(actor=actor)}
    shown = {level.key for level in found.place.terms.levels}
    states = []
    for level in county_levels(actor=actor, on=on):
        name = held.get((Kind.LEVEL_NAME, level.key), ())
        steps = held.get((Kind.LEVEL_STEPS, level.key), ())
        own_name = name[0].name if name else None
        states.append(LevelState(level.key, level.name, own_name, not level.steps, steps, level.key in shown))
    return states
