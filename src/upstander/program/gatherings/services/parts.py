"""What a symposium is made of: the lines of its agenda, its hosts, its speakers with their pay and care."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.gatherings import events
from upstander.program.gatherings.content.choices import BREAKS, BRINGS, MOST_FEE, SPOKEN_OF
from upstander.program.gatherings.models import AgendaSlot, CoHost, Speaker, SpeakerPayment, Symposium
from upstander.program.gatherings.services._guests import locked
from upstander.program.training.policies import today


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the agenda."""

    starts: dt.time
    ends: dt.time
    title_en: str
    title_es: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed with a speaker. Who speaks may stop at any time and is paid all the same: that is no choice."""

    name: str
    organization: str = ""
    slot_ref: str = ""
    fee: int = 0
    topics: tuple[str, ...] = ()
    break_minutes: int = 0
    may_be_recorded: bool = False
    care_name: str = ""
    care_phone: str = ""

    @classmethod
    def of(cls, speaker: Speaker) -> "Agreed":
        """What was agreed so far."""
        told = {each.name: getattr(speaker, each.name) for each in fields(cls) if each.name != "slot_ref"}
        slot_ref = speaker.slot.ref if speaker.slot else ""
        return cls(**{**told, "slot_ref": slot_ref, "topics": tuple(speaker.topics)})


@transaction.atomic
def add_slot(*, actor: Actor, ref: str, slot: Slot, at: dt.datetime) -> AgendaSlot:
    """Put a line into the agenda. Raises Invalid ("starts", "ends") for what lies outside the day's hours."""
    symposium = locked(actor, ref)
    if slot.ends <= slot.starts:
        raise Invalid(_("The end must be after the start."), "ends")
    if slot.starts < symposium.starts or slot.ends > symposium.ends:
        raise Invalid(_("This lies outside the hours of the day."), "starts")
    made = AgendaSlot.objects.create(district_id=actor.district_id, symposium=symposium, **asdict(slot))
    record(events.PART_ADDED, actor=actor, subject=ref, at=at, part=made.ref, kind="slot")
    return made


@transaction.atomic
def add_host(*, actor: Actor, ref: str, name: str, brings: tuple[str, ...], at: dt.datetime) -> CoHost:
    """Name an organization that gives the symposium with the district. Raises Invalid ("name", "brings")."""
    symposium = locked(actor, ref)
    if set(brings) - set(dict(BRINGS)):
        raise Invalid(_("Please choose from the answers."), "brings")
    if CoHost.objects.filter(symposium=symposium, name=name).exists():
        raise Invalid(_("This organization is in the list already."), "name")
    told = {"symposium": symposium, "name": name, "brings": sorted(brings)}
    made = CoHost.objects.create(district_id=actor.district_id, **told)
    record(events.PART_ADDED, actor=actor, subject=ref, at=at, part=made.ref, kind="host")
    return made


@transaction.atomic
def remove_part(*, actor: Actor, ref: str, part_ref: str, at: dt.datetime) -> None:
    """Take a line, a host or a speaker out. Speakers of a line stay; who was paid stays too (WrongState)."""
    symposium = locked(actor, ref)
    for kind, model in (("slot", AgendaSlot), ("host", CoHost), ("speaker", Speaker)):
        part = model.objects.filter(symposium=symposium, ref=part_ref).first()
        if part is None:
            continue
        if SpeakerPayment.objects.filter(speaker__ref=part_ref).exists():
            raise WrongState(_("A payment was noted for this speaker, so the row stays."))
        Speaker.objects.filter(symposium=symposium, slot__ref=part_ref).update(slot=None)
        part.delete()
        record(events.PART_REMOVED, actor=actor, subject=ref, at=at, part=part_ref, kind=kind)
        return
    raise NotFound(part_ref)


@transaction.atomic
def settle_speaker(
    *, actor: Actor, ref: str, agreed: Agreed, at: dt.datetime, speaker_ref: str = "", seen: str | None = None
) -> Speaker:
    """Note what was agreed with a speaker, a new one without `speaker_ref`. `seen` is the seal of what the actor had
    before them (None: whatever stands). Raises Invalid with fields of `Agreed`, and Outdated.
    """
    symposium = locked(actor, ref)
    speaker = Speaker(district_id=actor.district_id, symposium=symposium)
    if speaker_ref:
        speaker = _speaker(symposium, speaker_ref)
        require_seen(seen, Agreed.of(speaker))
    slot = AgendaSlot.objects.filter(symposium=symposium, ref=agreed.slot_ref).first()
    refuse(_wrong(agreed, slot))
    speaker.slot, speaker.topics = slot, sorted(agreed.topics)
    for name in ("name", "organization", "fee", "break_minutes", "may_be_recorded", "care_name", "care_phone"):
        setattr(speaker, name, getattr(agreed, name))
    speaker.save()
    record(events.SPEAKER_SETTLED, actor=actor, subject=ref, at=at, speaker=speaker.ref, fee=speaker.fee)
    return speaker


@transaction.atomic
def pay_speaker(
    *, actor: Actor, ref: str, speaker_ref: str, amount: int, paid_on: dt.date, at: dt.datetime
) -> SpeakerPayment:
    """Note in the ledger what was paid; a mistake is put right by the same amount below zero. Raises Invalid."""
    symposium = locked(actor, ref)
    speaker = _speaker(symposium, speaker_ref)
    if not amount or abs(amount) > MOST_FEE:
        raise Invalid(_("Please give the amount in whole dollars."), "amount")
    if paid_on > today(actor, at):
        raise Invalid(_("This day is still to come."), "paid_on")
    made = SpeakerPayment.objects.create(
        district_id=actor.district_id,
        speaker=speaker,
        amount=amount,
        paid_on=paid_on,
        recorded_at=at,
        recorded_by=actor.name,
    )
    record(events.SPEAKER_PAID, actor=actor, subject=ref, at=at, speaker=speaker_ref, amount=amount)
    return made


def _speaker(symposium: Symposium, ref: str) -> Speaker:
    found = Speaker.objects.filter(symposium=symposium, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def _wrong(agreed: Agreed, slot: AgendaSlot | None) -> Iterator[Invalid]:
    if not agreed.name.strip():
        yield Invalid(_("Please give the name as it is announced."), "name")
    if agreed.slot_ref and slot is None:
        yield Invalid(_("Please choose a line of the agenda."), "slot")
    if not 0 <= agreed.fee <= MOST_FEE:
        yield Invalid(_("Please give the amount in whole dollars."), "fee")
    if set(agreed.topics) - set(dict(SPOKEN_OF)) or agreed.break_minutes not in dict(BREAKS):
        yield Invalid(_("Please choose from the answers."), "topics")
