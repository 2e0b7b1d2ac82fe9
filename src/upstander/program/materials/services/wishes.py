"""Writing wishes for the public list."""

import datetime as dt
from dataclasses import asdict, dataclass, fields, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.kernel.seen import require_seen
from upstander.program.materials import events, policies, states
from upstander.program.materials.models import DonorWish, DropOff, Pledge, thing_name
from upstander.program.materials.services import _pledge_mails
from upstander.program.training.policies import today

FURTHEST = dt.timedelta(days=400)
MOST_WANTED = 10_000


@dataclass(frozen=True, slots=True)
class Where:
    """A place for gifts, as somebody writes it down."""

    name: str
    street: str
    city: str
    hours_en: str
    hours_es: str
    manner: str

    @classmethod
    def of(cls, place: DropOff) -> "Where":
        """A place as it stands."""
        return cls(**{each.name: getattr(place, each.name) for each in fields(cls)})

    def read_in(self, language: str) -> "Where":
        """The place as readers of one language read it."""
        return replace(self, hours_en="") if language == "es" else replace(self, hours_es="")


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish, as somebody writes it down: the thing, and the rest chosen."""

    title_en: str
    title_es: str
    purpose: str
    wanted_count: int
    place_ref: str
    last_on: dt.date


@transaction.atomic
def name_place(*, actor: Actor, where: Where, at: dt.datetime) -> DropOff:
    """Name a place where gifts can be brought. Needs `materials.manage`."""
    policies.require_manager(actor)
    made = DropOff.objects.create(district_id=actor.district_id, **asdict(where))
    record(events.PLACE_NAMED, actor=actor, subject=made.ref, at=at)
    return made


@transaction.atomic
def correct_place(*, actor: Actor, ref: str, where: Where, at: dt.datetime, seen: str | None = None) -> int:
    """Say anew where gifts can be brought; whoever has promised something for it and would read another place or other
    hours now is told by mail. Gives their number.

    `seen` is the seal of the place that the actor had before them. Needs `materials.manage`; raises Outdated when
    somebody else was faster, NotFound.
    """
    policies.require_manager(actor)
    place = DropOff.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if place is None:
        raise NotFound(ref)
    require_seen(seen, Where.of(place))
    before = Where.of(place)
    if before == where:
        return 0
    for name, value in asdict(where).items():
        setattr(place, name, value)
    place.save(update_fields=list(asdict(where)))
    promised = Pledge.objects.filter(wish__place=place, state=states.Pledge.PROMISED).exclude(email="")
    given = promised.select_related("wish__place").order_by("id")
    told = [each for each in given if before.read_in(each.language) != where.read_in(each.language)]
    for pledge in told:
        _pledge_mails.tell(actor, pledge, "wish_place", at, again=at.isoformat())
    record(events.PLACE_CORRECTED, actor=actor, subject=ref, at=at, told=len(told))
    return len(told)


@transaction.atomic
def write_wish(*, actor: Actor, wished: Wished, at: dt.datetime) -> DonorWish:
    """Put a wish on the public list. Needs `materials.manage`; raises Invalid with a sentence at its field."""
    policies.require_manager(actor)
    told = asdict(wished)
    place = DropOff.objects.filter(district_id=actor.district_id, ref=told.pop("place_ref")).first()
    if place is None:
        raise Invalid(_("Please choose where it can be brought."), "place")
    _check(actor, wished, at)
    made = DonorWish.objects.create(district_id=actor.district_id, place=place, **told)
    record(events.WISH_WRITTEN, actor=actor, subject=made.ref, at=at, purpose=made.purpose, wanted=made.wanted_count)
    return made


@transaction.atomic
def end_wish(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Take a wish off the list; what was promised may still come. Needs `materials.manage`."""
    policies.require_manager(actor)
    wish = DonorWish.objects.select_for_update(of=("self",)).filter(district_id=actor.district_id, ref=ref).first()
    if wish is None:
        raise NotFound(ref)
    if wish.ended_at is not None:
        raise WrongState(_("It is off the list already."))
    wish.ended_at = at
    wish.save(update_fields=["ended_at"])
    record(events.WISH_ENDED, actor=actor, subject=ref, at=at)


def _check(actor: Actor, wished: Wished, at: dt.datetime) -> None:
    for field in ("title_en", "title_es"):
        try:
            thing_name(getattr(wished, field))
        except ValidationError as wrong:
            raise Invalid(wrong.messages[0], field) from None
    if not 1 <= wished.wanted_count <= MOST_WANTED:
        told = {"least": 1, "most": MOST_WANTED}
        raise Invalid(_("Please give a number from %(least)s to %(most)s.") % told, "wanted_count")
    on = today(actor, at)
    if not on <= wished.last_on <= on + FURTHEST:
        raise Invalid(_("Please choose a day from today on, within a year."), "last_on")
