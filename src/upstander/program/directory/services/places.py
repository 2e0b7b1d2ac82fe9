"""Places, and who may know where they are.

One person makes an address confidential, and it is so everywhere at once: at every place that has it. That anyone may
know it, one person wishes and another one decides; what is published then still waits for its next check.
"""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState, refuse
from upstander.program.directory import events, policies
from upstander.program.directory.content.where import Where, address_of
from upstander.program.directory.models import Location, Organization, PlaceMove, Service
from upstander.program.directory.services._closing import close_listings
from upstander.program.directory.services._held import editing, held, touch
from upstander.program.directory.services._kept import is_kept, keep, let_go, open_at
from upstander.program.directory.services._refusals import unseen_in

Step = PlaceMove.Step
OPEN, AREA = Location.Kind.OPEN, Location.Kind.AREA


@transaction.atomic
def write_place(*, actor: Actor, organization_ref: str, where: Where, at: dt.datetime) -> Location:
    """Write a place of an organization down. Needs `directory.edit`; refuses one without its area.

    A street that is confidential at another place, or was, is so here, too, until a second person agrees
    (`decide_opening`). Other places of a new confidential one's street stay as they are: what a list brings counts as
    confidential before anybody has said so.
    """
    policies.require_editor(actor)
    editing(actor)
    organization = held(Organization, actor, organization_ref)
    _require_whole(where)
    place = Location(district_id=actor.district_id, organization=organization, **_told(where))
    step = Step.WISHED if place.kind == OPEN and is_kept(place) else Step.WRITTEN
    if step == Step.WISHED:
        _wish(place, AREA, actor)
    place.save()
    _note(place, step, actor, at)
    if place.kind == AREA:
        keep(place, at)
    record(events.PLACE_WRITTEN, actor=actor, subject=place.ref, at=at, kind=place.kind)
    return place


@transaction.atomic
def change_place(*, actor: Actor, ref: str, where: Where, over: int, at: dt.datetime) -> PlaceMove:
    """Say something else of a place; gives the step that this was. Needs `directory.edit`.

    An address that becomes confidential is taken out of all that is published at once, and is so at every other place
    that has it (`selectors.places.closed_along`). One that anyone may know from now on stays confidential until a
    second person agrees (`decide_opening`). Everything else is seen once the services given there were checked. Raises
    Invalid without its area, NotFound, and WrongState when somebody was faster.
    """
    policies.require_editor(actor)
    editing(actor)
    place = held(Location, actor, ref, over)
    _require_whole(where)
    before, address = place.kind, place.address
    for name, value in _told(where).items():
        setattr(place, name, value)
    step = _step(before, address, place)
    if step == Step.WISHED:
        _wish(place, AREA if before == OPEN else before, actor)
    elif place.kind != AREA:
        place.opening_wished_by_id = None
    elif place.opening_wished_by_id and place.address != address:
        _wish(place, AREA, actor)  # who named the address last is the first of the two
    if before == OPEN != place.kind:
        close_listings(place, at)
    if place.kind == AREA and (before, address) != (AREA, place.address):
        keep(place, at)
        if step != Step.WISHED:
            _close_along(place, actor, at)
    record(events.PLACE_CHANGED, actor=actor, subject=ref, at=at, step=step.value, kind=place.kind)
    return _moved(place, step, actor, at)


@transaction.atomic
def decide_opening(*, actor: Actor, ref: str, is_agreed: bool, over: int, at: dt.datetime) -> PlaceMove:
    """Agree, as a second person, that anyone may know an address; or say that it stays confidential.

    Needs `directory.sign`. Raises WrongState where nothing was wished, for who wished it, and when somebody was faster.
    """
    policies.require_signer(actor)
    editing(actor)
    place = held(Location, actor, ref, over)
    if place.opening_wished_by_id is None:
        raise WrongState(_("Nobody wishes that anyone may know this address."))
    if is_agreed and place.opening_wished_by_id == actor.account_id:
        raise WrongState(_("You wished this yourself. Somebody else has to agree."))
    place.opening_wished_by_id = None
    place.kind = OPEN if is_agreed else place.kind
    if is_agreed:
        let_go(place, at)
    step = Step.OPENED if is_agreed else Step.KEPT
    record(events.PLACE_CHANGED, actor=actor, subject=ref, at=at, step=step.value, kind=place.kind)
    return _moved(place, step, actor, at)


def _step(before: str, address: str, place: Location) -> Step:
    """What saying this of a place is, which was of the kind `before` and at the `address` before."""
    if place.kind == OPEN and (before != OPEN or (place.address != address and is_kept(place))):
        return Step.WISHED
    return Step.CLOSED if before == OPEN != place.kind else Step.CHANGED


def _close_along(place: Location, actor: Actor, at: dt.datetime) -> None:
    """Make the address confidential at every other place where anyone may know it, too."""
    for other in open_at(place):
        other.kind = AREA
        close_listings(other, at)
        keep(other, at)
        closed = _moved(other, Step.CLOSED, actor, at)
        record(events.PLACE_CHANGED, actor=actor, subject=other.ref, at=at, step=closed.step, kind=other.kind)


def _wish(place: Location, kind: str, actor: Actor) -> None:
    if actor.account_id is None:
        raise NotAllowed(policies.EDIT)  # a second person needs a first one
    place.kind, place.opening_wished_by_id = kind, actor.account_id


def _moved(place: Location, step: Step, actor: Actor, at: dt.datetime) -> PlaceMove:
    """What every change of a place comes to: its version, its history, and a check for all given there."""
    place.version += 1
    place.save()
    touch(Service.objects.filter(district_id=place.district_id, at_locations__location=place))
    return _note(place, step, actor, at)


def _note(place: Location, step: Step, actor: Actor, at: dt.datetime) -> PlaceMove:
    told = {"step": step, "kind": place.kind, "author_id": actor.account_id}
    return PlaceMove.objects.create(district_id=place.district_id, location=place, at=at, **told)


def _require_whole(where: Where) -> None:
    refuse(unseen_in(asdict(where)))
    if where.kind != Location.Kind.VIRTUAL and not where.city.strip():
        raise Invalid(_("Please name the city or area."), "city")
    if where.kind == OPEN and not where.street.strip():
        raise Invalid(_("Please give the street, or choose that only the area is shown."), "street")


def _told(where: Where) -> dict[str, object]:
    return {**asdict(where), "access": list(where.access), "address": address_of(where.street, where.city)}
