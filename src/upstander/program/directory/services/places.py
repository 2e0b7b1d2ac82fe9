"""Places, and who may know where they are.

One person makes an address confidential, and it is so everywhere at once. That anyone may know it, one person wishes
and another one decides; what is published then still waits for its next check.
"""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState, refuse
from upstander.program.directory import events, policies
from upstander.program.directory.content.where import Where
from upstander.program.directory.models import Location, Organization, PlaceMove, Service
from upstander.program.directory.services._closing import close_listings
from upstander.program.directory.services._held import held, touch
from upstander.program.directory.services._refusals import unseen_in

Step = PlaceMove.Step
OPEN = Location.Kind.OPEN


@transaction.atomic
def write_place(*, actor: Actor, organization_ref: str, where: Where, at: dt.datetime) -> Location:
    """Write a place of an organization down. Needs `directory.edit`; refuses one without its area."""
    policies.require_editor(actor)
    organization = held(Organization, actor, organization_ref)
    _require_whole(where)
    place = Location.objects.create(district_id=actor.district_id, organization=organization, **_told(where))
    _note(place, Step.WRITTEN, actor, at)
    record(events.PLACE_WRITTEN, actor=actor, subject=place.ref, at=at, kind=place.kind)
    return place


@transaction.atomic
def change_place(*, actor: Actor, ref: str, where: Where, over: int, at: dt.datetime) -> PlaceMove:
    """Say something else of a place; gives the step that this was. Needs `directory.edit`.

    An address that becomes confidential is taken out of all that is published at once. One that anyone may know from
    now on stays confidential until a second person agrees (`decide_opening`). Everything else is seen once the services
    given there were checked. Raises Invalid without its area, NotFound, and WrongState when somebody was faster.
    """
    policies.require_editor(actor)
    place = held(Location, actor, ref, over)
    _require_whole(where)
    step = _step(place.kind, where.kind)
    if step == Step.WISHED and actor.account_id is None:
        raise NotAllowed(policies.EDIT)  # a second person needs a first one
    told = _told(where) | ({"kind": place.kind} if step == Step.WISHED else {})
    for name, value in told.items():
        setattr(place, name, value)
    place.opening_wished_by_id = actor.account_id if step == Step.WISHED else None
    if step == Step.CLOSED:
        close_listings(place, at)
    record(events.PLACE_CHANGED, actor=actor, subject=ref, at=at, step=step.value, kind=place.kind)
    return _moved(place, step, actor, at)


@transaction.atomic
def decide_opening(*, actor: Actor, ref: str, is_agreed: bool, over: int, at: dt.datetime) -> PlaceMove:
    """Agree, as a second person, that anyone may know an address; or say that it stays confidential.

    Needs `directory.sign`. Raises WrongState where nothing was wished, for who wished it, and when somebody was faster.
    """
    policies.require_signer(actor)
    place = held(Location, actor, ref, over)
    if place.opening_wished_by_id is None:
        raise WrongState(_("Nobody wishes that anyone may know this address."))
    if is_agreed and place.opening_wished_by_id == actor.account_id:
        raise WrongState(_("You wished this yourself. Somebody else has to agree."))
    place.opening_wished_by_id = None
    place.kind = OPEN if is_agreed else place.kind
    step = Step.OPENED if is_agreed else Step.KEPT
    record(events.PLACE_CHANGED, actor=actor, subject=ref, at=at, step=step.value, kind=place.kind)
    return _moved(place, step, actor, at)


def _step(before: str, after: str) -> Step:
    if (before == OPEN) == (after == OPEN):
        return Step.CHANGED
    return Step.CLOSED if before == OPEN else Step.WISHED


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
    return {**asdict(where), "access": list(where.access)}
