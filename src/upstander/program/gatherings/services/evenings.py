"""What an evening carries, what families want there, and how many came."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.gatherings import events
from upstander.program.gatherings.content.choices import CARERS, MOST_PLACES, MOST_WANTED, OLDEST, are_tongues
from upstander.program.gatherings.models import Evening, PlacesWanted
from upstander.program.gatherings.selectors.evenings import care_left, evening_page, invitation_to
from upstander.program.training.models import Request
from upstander.program.training.policies import today
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.services.tallies import Tally
from upstander.program.training.states import Session as State

PHONE = re.compile(r"[\d ()+.x/-]{0,30}")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What an evening carries. `care_places` 0: no care. Ages are in years, both included."""

    care_places: int = 0
    care_from: int = 0
    care_until: int = 0
    care_by: str = ""
    interpreters: tuple[str, ...] = ()
    has_food: bool = False
    is_step_free: bool = False
    phone: str = ""

    @classmethod
    def of(cls, evening: Evening) -> "Arrangement":
        """What was settled so far."""
        told = {each.name: getattr(evening, each.name) for each in fields(cls)}
        return cls(**{**told, "interpreters": tuple(evening.interpreters)})


@transaction.atomic
def arrange_evening(
    *, actor: Actor, ref: str, arrangement: Arrangement, at: dt.datetime, seen: str | None = None
) -> Evening:
    """Settle what the evening of this request carries; the invitation says so at once. Needs `training.follow` there.

    `seen` is the seal of the arrangement that the actor had before them, or of None where there was none yet; without
    it, this one takes the place of any. Raises Invalid with the fields of `Arrangement`, WrongState once the evening
    was held, Outdated when somebody else has settled it since, NotFound without a day.
    """
    _lock(actor, ref)
    found = evening_page(actor=actor, ref=ref, at=at)
    if found.session.state == State.CLOSED:
        raise WrongState(_("The evening was held; there is nothing to settle any more."))
    require_seen(seen, Arrangement.of(found.evening) if found.evening else None)
    refuse(_wrong(arrangement, found.care_wanted))
    evening = found.evening or Evening(district_id=actor.district_id, request=found.request)
    has_care = arrangement.care_places > 0
    evening.care_places = arrangement.care_places
    evening.care_from, evening.care_until = (arrangement.care_from, arrangement.care_until) if has_care else (0, 0)
    evening.care_by = arrangement.care_by if has_care else ""
    evening.interpreters = sorted(arrangement.interpreters)
    evening.has_food, evening.is_step_free = arrangement.has_food, arrangement.is_step_free
    evening.phone, evening.changed_at = arrangement.phone, at
    evening.save()
    told = {"care_places": evening.care_places, "interpreters": evening.interpreters}
    record(events.ARRANGED, actor=actor, subject=ref, at=at, evening=evening.ref, **told)
    return evening


@transaction.atomic
def want_places(*, actor: Actor, ref: str, care_count: int, language: str, at: dt.datetime) -> None:
    """Count that a family would like places in the care, or an interpreter; nobody is named. Anyone may.

    The evening is locked, so that the last place is given once. Raises Invalid (fields "care_count", "language") and
    WrongState once it is over or called off.
    """
    evening = Evening.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if evening is None:
        raise NotFound(ref)
    invitation = invitation_to(actor=actor, ref=ref, at=at)
    if invitation.is_over or invitation.is_called_off:
        raise WrongState(_("This evening is over, or does not take place. Nothing was counted."))
    refuse(_unwanted(care_count, language, care_left(evening)))
    PlacesWanted.objects.create(
        district_id=actor.district_id,
        evening=evening,
        care_count=care_count,
        language=language,
        wanted_on=today(actor, at),
    )
    record(events.PLACES_WANTED, actor=actor, subject=ref, at=at, care_count=care_count, language=language)


@transaction.atomic
def note_held(*, actor: Actor, ref: str, counted: int, initials: str, at: dt.datetime) -> None:
    """Say how many adults came: heads only, nobody is listed. Opens and closes the evening's session as needed.

    Who leads the session, or coordinates its site, may. Raises Invalid (fields "counted", "initials"), WrongState.
    """
    session = evening_page(actor=actor, ref=ref, at=at).session
    if session.ends_at > at:
        raise WrongState(_("The evening is not over yet. Please count when it has ended."))
    if session.state == State.CONFIRMED:
        open_session(actor=actor, ref=session.ref, at=at)
    close_session(actor=actor, ref=session.ref, tally=Tally(counted, initials, 0, difference_is_known=True), at=at)


def _lock(actor: Actor, ref: str) -> None:
    """One arrangement at a time, the first one too; and no family is promised a place that is just being taken away."""
    Request.objects.select_for_update(of=("self",)).filter(district_id=actor.district_id, ref=ref).first()
    Evening.objects.select_for_update(of=("self",)).filter(district_id=actor.district_id, request__ref=ref).first()


def _wrong(given: Arrangement, wanted: int) -> Iterator[Invalid]:
    if not 0 <= given.care_places <= MOST_PLACES:
        yield Invalid(_("Please give a number from 0 to %(most)s.") % {"most": MOST_PLACES}, "care_places")
    elif given.care_places < wanted:
        sentence = _("Families have asked for %(count)s places already. Please keep at least these.")
        yield Invalid(sentence % {"count": wanted}, "care_places")
    if given.care_places and not 0 <= given.care_from <= given.care_until <= OLDEST:
        sentence = _("Please give the youngest and the oldest age, up to %(oldest)s years.")
        yield Invalid(sentence % {"oldest": OLDEST}, "care_until")
    if given.care_places and given.care_by not in dict(CARERS):
        yield Invalid(_("Please say who takes care."), "care_by")
    if not are_tongues(given.interpreters):
        yield Invalid(_("Please choose from the languages."), "interpreters")
    if not PHONE.fullmatch(given.phone):
        yield Invalid(_("A phone number has digits, blanks and the signs + ( ) - . only."), "phone")


def _unwanted(care_count: int, language: str, left: int) -> Iterator[Invalid]:
    if language and not are_tongues([language]):
        yield Invalid(_("Please choose from the languages."), "language")
    if not care_count and not language:
        yield Invalid(_("Please say how many places, or which language."), "care_count")
    elif not 0 <= care_count <= MOST_WANTED:
        yield Invalid(_("Please give a number from 0 to %(most)s.") % {"most": MOST_WANTED}, "care_count")
    elif care_count > left:
        sentence = _(
            "There are %(left)s places left in the care. You are welcome all the same; please call the school."
        )
        yield Invalid(sentence % {"left": left}, "care_count")
