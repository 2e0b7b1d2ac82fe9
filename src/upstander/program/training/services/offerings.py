"""A district's own offerings: put in, given anew in a better edition, retired and offered again."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text, said
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.content.offerings import STAFF_TOPICS, shipped_handouts
from upstander.program.training.models import (
    LEAST_MINUTES,
    MOST_MINUTES,
    OFFERING_TITLE,
    STEP_MINUTES,
    OwnEdition,
    OwnOffering,
    slides_name,
)
from upstander.program.training.selectors.offerings import Own, edition_of, own_offering, own_offerings
from upstander.program.training.services._hold import hold_plans

MOST_AHEAD = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Given:
    """What an edition gives. `agenda` are topics with their minutes, which make up its length."""

    title_en: str
    title_es: str
    audiences: tuple[str, ...]
    agenda: tuple[tuple[str, int], ...]
    handouts: tuple[str, ...]
    starts_on: dt.date
    is_usual: bool = False

    @classmethod
    def of(cls, row: OwnEdition) -> "Given":
        """What an edition gives that was put in."""
        return cls(
            title_en=row.title_en,
            title_es=row.title_es,
            audiences=tuple(row.audiences),
            agenda=tuple(sorted(row.agenda.items())),
            handouts=tuple(row.handouts),
            starts_on=row.starts_on,
            is_usual=row.is_usual,
        )

    @property
    def minutes(self) -> int:
        return sum(minutes for _topic, minutes in self.agenda)


@transaction.atomic
def make_offering(*, actor: Actor, given: Given, at: dt.datetime) -> OwnOffering:
    """Add an offering to those that ship, with its first edition. Needs `training.plan` in the whole district.

    Raises Invalid with the fields of `Given`; the minutes of a topic at its key. It has to have all topics of a staff
    session, and to be the only own one of its length, and the only usual one, for its people.
    """
    hold_plans(actor)
    refuse(tuple(_wrong(actor, given, "", at)))
    offering = OwnOffering.objects.create(district_id=actor.district_id)
    row = _put(actor, offering, given, at)
    record(events.OFFERING_MADE, actor=actor, subject=offering.ref, at=at, edition=edition_of(row, offering.ref).name)
    return offering


@transaction.atomic
def make_edition(*, actor: Actor, ref: str, given: Given, at: dt.datetime, seen: str | None = None) -> OwnEdition:
    """Give an offering a new edition, which takes the place of the one before on its first day.

    It takes the place of editions to come that would begin after it at once: so a mistyped first day is put right.
    `seen` is the seal of the newest edition that the actor had before them. Raises as `make_offering` does, WrongState
    for a retired offering, Outdated when somebody else was faster, NotFound.
    """
    hold_plans(actor)
    own = own_offering(actor=actor, ref=ref)
    if own.offering.retired_on is not None:
        raise WrongState(_("This offering is given no more. Offer it again first."))
    newest = own.rows[0]
    require_seen(seen, Given.of(newest))
    there = given.starts_on in {row.starts_on for row in (*own.rows, *own.replaced)}
    taken = [Invalid(_("An edition was put in for this day already. Please choose another day."), "starts_on")]
    refuse((*_wrong(actor, given, ref, at), *(taken if there else ())))
    row = _put(actor, own.offering, given, at)
    record(events.OFFERING_MADE, actor=actor, subject=ref, at=at, edition=edition_of(row, ref).name)
    return row


@transaction.atomic
def retire_offering(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Offer it no more from today on; what is agreed stays. Needs `training.plan` in the whole district.

    Doing it again changes nothing. Raises NotFound.
    """
    hold_plans(actor)
    offering = own_offering(actor=actor, ref=ref).offering
    if offering.retired_on is None:
        offering.retired_on = policies.today(actor, at)
        offering.save(update_fields=["retired_on"])
        record(events.OFFERING_RETIRED, actor=actor, subject=ref, at=at)


@transaction.atomic
def offer_again(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Take the retirement back. Raises WrongState where another own offering has taken its place, NotFound."""
    hold_plans(actor)
    own = own_offering(actor=actor, ref=ref)
    if own.offering.retired_on is None:
        return
    own.offering.retired_on = None
    rows = own.offered(policies.today(actor, at))
    taken = [each for row in rows for each in _taken(actor, Given.of(row), ref, at)]
    if taken:
        raise WrongState(taken[0].args[0])
    own.offering.save(update_fields=["retired_on"])
    record(events.OFFERING_BACK, actor=actor, subject=ref, at=at)


def _put(actor: Actor, offering: OwnOffering, given: Given, at: dt.datetime) -> OwnEdition:
    return OwnEdition.objects.create(
        district_id=actor.district_id,
        offering=offering,
        starts_on=given.starts_on,
        title_en=given.title_en,
        title_es=given.title_es,
        audiences=list(given.audiences),
        minutes=given.minutes,
        agenda=dict(given.agenda),
        handouts=list(given.handouts),
        is_usual=given.is_usual,
        account_id=actor.account_id,
        at=at,
    )


def _wrong(actor: Actor, given: Given, ref: str, at: dt.datetime) -> Iterator[Invalid]:
    today = policies.today(actor, at)
    for field in ("title_en", "title_es"):
        yield from _wrong_title(getattr(given, field), field)
    if not given.audiences or set(given.audiences) - set(kind_of(TRAINING).options_of("audience")):
        yield Invalid(_("Please choose at least one answer."), "audiences")
    yield from _wrong_agenda(dict(given.agenda))
    if set(given.handouts) - set(shipped_handouts()):
        yield Invalid(_("Please choose from the answers."), "handouts")
    if not today <= given.starts_on <= today + MOST_AHEAD:
        yield Invalid(_("Please choose a day from today on, within a year."), "starts_on")
    yield from _taken(actor, given, ref, at)


def _wrong_title(title: str, field: str) -> Iterator[Invalid]:
    try:
        slides_name(title)
    except ValidationError:
        sentence = _("A title is made of letters, digits and blanks, for instance “Between two shifts”.")
        yield Invalid(sentence, field)
    if len(title) > OFFERING_TITLE:
        yield Invalid(_("This is too long."), field)


def _wrong_agenda(agenda: Mapping[str, int]) -> Iterator[Invalid]:
    for topic in sorted(STAFF_TOPICS):
        if agenda.get(topic, 0) < 1:
            yield Invalid(_("No session of staff leaves this topic out. Please give it a minute at least."), topic)
    length = sum(agenda.values())
    if set(agenda) - STAFF_TOPICS or not LEAST_MINUTES <= length <= MOST_MINUTES or length % STEP_MINUTES:
        told = {"sum": length, "least": LEAST_MINUTES, "most": MOST_MINUTES, "step": STEP_MINUTES}
        sentence = _("These are %(sum)s minutes. It takes %(least)s to %(most)s, in steps of %(step)s.")
        yield Invalid(sentence % told, "agenda")


def _taken(actor: Actor, given: Given, ref: str, at: dt.datetime) -> Iterator[Invalid]:
    """Other own offerings of the same length, or as usual, for the same people: nobody could say which is meant."""
    on = policies.today(actor, at)
    others: list[Own] = [each for each in own_offerings(actor=actor) if each.offering.ref != ref]
    rows = [row for each in others for row in each.offered(on) if set(row.audiences) & set(given.audiences)]
    for row in [row for row in rows if row.minutes == given.minutes][:1]:
        sentence = _("“%(title)s” has this length for some of these people already.")
        yield Invalid(sentence % {"title": _title(row)}, "audiences")
    for row in [row for row in rows if row.is_usual and given.is_usual][:1]:
        sentence = _("Year plans take “%(title)s” for some of these people already.")
        yield Invalid(sentence % {"title": _title(row)}, "is_usual")


def _title(row: OwnEdition) -> str:
    return said(Text(row.title_en, row.title_es))
