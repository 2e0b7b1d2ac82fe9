"""A wrong number is put right at once by one person, in their district; a second person looks at it afterwards."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from upstander.district.places.models import District
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState, refuse
from upstander.foundation.kernel.seen import require_same
from upstander.program.facts import events
from upstander.program.facts.content import Entry, Layer, fingerprint, is_asked, lay, layer_of
from upstander.program.facts.models import FactChange
from upstander.program.facts.policies import today
from upstander.program.facts.selectors.book import editions_of
from upstander.program.facts.selectors.layers import layer_in
from upstander.program.facts.services._refusals import Correction as Correction
from upstander.program.facts.services._refusals import faults_of, wrong_days

DAYS_TO_REVIEW = 7
Step = FactChange.Step


@dataclass(frozen=True, slots=True)
class _Held:
    """A fact as it stands while its district is locked."""

    beneath: Entry
    newest: FactChange | None

    @property
    def entry(self) -> Entry:
        return lay(self.beneath, layer_in(self.newest))

    @property
    def number(self) -> int:
        return self.newest.number if self.newest else 0


@transaction.atomic
def correct_fact(
    *, actor: Actor, key: str, correction: Correction, reason: str, over: int, at: dt.datetime
) -> FactChange:
    """Say something else of a fact from this moment on, everywhere in the actor's district.

    `over` is the number of the newest change that the actor had seen (0: none). Raises WrongState when somebody was
    faster or the fact is not one that a person may correct, Invalid for what cannot be right. Needs `facts.edit`.
    """
    held = _held(actor, key, "facts.edit", over)
    if not held.entry.may_be_corrected:
        raise WrongState(_("This one changes with a signed edition only, so that clocks, words and error pages agree."))
    refuse(faults_of(held.entry, correction, reason, today(actor, at)))
    layer = Layer(
        correction.value,
        correction.hours,
        correction.after_hours,
        correction.source_name,
        correction.source_address,
        correction.read_on,
        correction.expires_on,
        fingerprint(held.beneath),
    )
    if fingerprint(layer) == fingerprint(held.entry) and layer.source_name == held.entry.source_name:
        raise Invalid(
            _("This is what it says already. To say that it is right, choose “It is right as it stands”."), "value"
        )
    change = _change(actor, held, Step.CORRECTED, at, layer)
    change.reason, change.waits, change.corrected_by_id = reason, True, change.author_id
    change.due_on = today(actor, at) + dt.timedelta(days=DAYS_TO_REVIEW)
    record(events.CORRECTED, actor=actor, subject=key, at=at, reason=change.reason)
    return _keep(change, actor)


@transaction.atomic
def check_again(
    *, actor: Actor, key: str, read_on: dt.date, expires_on: dt.date, over: int, at: dt.datetime
) -> FactChange:
    """Say that a fact was read again at its source and is right as it stands. Needs `facts.edit`.

    A correction that waits for a second person goes on waiting.
    """
    held = _held(actor, key, "facts.edit", over)
    refuse(wrong_days(read_on, expires_on, today(actor, at)))
    layer = replace(layer_of(held.entry), read_on=read_on, expires_on=expires_on, over=_over(held))
    change = _change(actor, held, Step.CHECKED, at, layer)
    _goes_on_waiting(change, held.newest)
    record(events.CHECKED, actor=actor, subject=key, at=at, reason=change.reason)
    return _keep(change, actor)


@transaction.atomic
def confirm_change(*, actor: Actor, key: str, over: int, at: dt.datetime) -> FactChange:
    """Say, as a second person, that a correction is right. Needs `facts.sign`.

    Whoever wrote a correction of it since the last confirmation is no second person.
    """
    held = _waiting(actor, key, "facts.sign", over)
    if actor.account_id in _correctors(actor, held):
        raise WrongState(_("You corrected this yourself. Somebody else confirms it."))
    change = _change(actor, held, Step.CONFIRMED, at, layer_in(held.newest))
    change.corrected_by_id = held.newest.corrected_by_id if held.newest else None
    record(events.CONFIRMED, actor=actor, subject=key, at=at, reason=change.reason)
    return _keep(change, actor)


@transaction.atomic
def take_change_back(*, actor: Actor, key: str, over: int, at: dt.datetime) -> FactChange:
    """Put back what was shown before the corrections that wait. The author may, and so may a second person.

    Needs `facts.sign`, or `facts.edit` for one's own.
    """
    held = _waiting(actor, key, "facts.sign" if actor.has("facts.sign") else "facts.edit", over)
    if not actor.has("facts.sign") and _correctors(actor, held) != {actor.account_id}:
        raise NotAllowed("facts.sign")
    last = _rows(actor, key).filter(waits=False).order_by("-number").first()
    change = _change(actor, held, Step.TAKEN_BACK, at, layer_in(last))
    record(events.TAKEN_BACK, actor=actor, subject=key, at=at, reason=change.reason)
    return _keep(change, actor)


@transaction.atomic
def keep_correction(*, actor: Actor, key: str, over: int, at: dt.datetime) -> FactChange:
    """Let the district's correction stand over a new edition that says something else. Needs `facts.edit`."""
    held = _asked(actor, key, over)
    layer = replace(layer_of(held.entry), over=fingerprint(held.beneath))
    change = _change(actor, held, Step.KEPT, at, layer)
    _goes_on_waiting(change, held.newest)
    record(events.KEPT, actor=actor, subject=key, at=at, reason=change.reason)
    return _keep(change, actor)


@transaction.atomic
def take_edition(*, actor: Actor, key: str, over: int, at: dt.datetime) -> FactChange:
    """Let the new edition take the place of the district's correction. Needs `facts.edit`."""
    change = _change(actor, _asked(actor, key, over), Step.EDITION, at, None)
    record(events.EDITION_TAKEN, actor=actor, subject=key, at=at, reason=change.reason)
    return _keep(change, actor)


def _held(actor: Actor, key: str, capability: str, over: int) -> _Held:
    """The fact with its newest change, locked; `over` proves that the actor saw that one."""
    require(actor, capability, Place(actor.district_id))
    beneath = editions_of([key]).get(key)
    if beneath is None:
        raise NotFound(key)
    # One change of a district's facts at a time: what holds is read before it is replaced.
    District.objects.select_for_update(no_key=True).get(pk=actor.district_id)
    held = _Held(beneath, _rows(actor, key).order_by("-number").first())
    require_same(over, held.number)
    return held


def _waiting(actor: Actor, key: str, capability: str, over: int) -> _Held:
    held = _held(actor, key, capability, over)
    if held.newest is None or not held.newest.waits:
        raise WrongState(_("Nothing waits for a second person here."))
    return held


def _asked(actor: Actor, key: str, over: int) -> _Held:
    held = _held(actor, key, "facts.edit", over)
    if not is_asked(held.beneath, layer_in(held.newest)):
        raise WrongState(_("No new edition has to be decided about here."))
    return held


def _rows(actor: Actor, key: str) -> QuerySet[FactChange]:
    return FactChange.objects.filter(district_id=actor.district_id, key=key)


def _correctors(actor: Actor, held: _Held) -> set[int | None]:
    """Who wrote a correction since the last row that waited for nobody."""
    rows = _rows(actor, held.beneath.key)
    last = rows.filter(waits=False).order_by("-number").values_list("number", flat=True).first() or 0
    return set(rows.filter(number__gt=last, step=Step.CORRECTED).values_list("author_id", flat=True))


def _over(held: _Held) -> str:
    """What the edition said when the correction beneath was written: reading it again decides nothing about that."""
    layer = layer_in(held.newest)
    return layer.over if layer and held.entry != held.beneath else fingerprint(held.beneath)


def _goes_on_waiting(change: FactChange, before: FactChange | None) -> None:
    if before is not None and before.waits:
        change.waits, change.due_on, change.corrected_by_id = True, before.due_on, before.corrected_by_id


def _change(actor: Actor, held: _Held, step: str, at: dt.datetime, layer: Layer | None) -> FactChange:
    """The next row of a fact, not saved."""
    if actor.account_id is None:
        raise NotAllowed("facts.edit")
    row = FactChange(
        district_id=actor.district_id,
        key=held.beneath.key,
        number=held.number + 1,
        step=step,
        lays=layer is not None,
        author_id=actor.account_id,
        made_at=at,
    )
    if layer is not None:
        row.value, row.over = layer.value, layer.over
        row.hours_en, row.hours_es = _both(layer.hours)
        row.after_hours_en, row.after_hours_es = _both(layer.after_hours)
        row.source_name, row.source_address = layer.source_name, layer.source_address
        row.read_on, row.expires_on = layer.read_on, layer.expires_on
    return row


def _keep(change: FactChange, actor: Actor) -> FactChange:
    change.save(force_insert=True)
    events.CHANGED.tell(actor)
    return change


def _both(text: Text | None) -> tuple[str, str]:
    return (text.en, text.es) if text else ("", "")
