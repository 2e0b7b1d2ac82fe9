"""Checking an entry, which is what publishes it; taking one off; and what readers say is wrong."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.selectors import district_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.foundation.kernel.seen import require_same
from upstander.program.directory import events, policies
from upstander.program.directory.content.wording import TEXTS, remarks
from upstander.program.directory.models import Correction, Listing, Service, Verification
from upstander.program.directory.models.checks import right_value
from upstander.program.directory.services._held import editing, held
from upstander.program.directory.services._publishing import publish, unpublish
from upstander.program.directory.states import State


@dataclass(frozen=True, slots=True)
class Check:
    """How an entry was checked, in which role, and what came of it."""

    method: str
    role: str
    outcome: str = Verification.Outcome.RIGHT


@transaction.atomic
def check_service(*, actor: Actor, ref: str, check: Check, over: str | None = None, at: dt.datetime) -> Verification:
    """Note a check and, when all of the entry was right, publish it as it stands. Needs `directory.edit`.

    `over` is the stand that the actor had seen; None checks whatever stands there. Raises WrongState when somebody has
    changed the entry, its organization or one of its places since.

    Raises Invalid for an entry without any way to reach the service, which would help nobody; for one that says that
    it takes mandated reports where nobody asked them; and for words that are never said.
    """
    policies.require_editor(actor)
    editing(actor)
    service = held(Service, actor, ref)
    if over is not None:
        require_same(over, service.stand())
    on = district_of(actor=actor).day(at)
    told = {"method": check.method, "role": check.role, "outcome": check.outcome}
    noted = Verification.objects.create(
        district_id=actor.district_id, service=service, at=at, on=on, by=actor.name, **told
    )
    record(events.CHECKED, actor=actor, subject=ref, at=at, method=check.method, outcome=check.outcome)
    if check.outcome == Verification.Outcome.RIGHT:
        refuse(_not_yet(service, check))
        service.state = State.PUBLISHED
        service.save(update_fields=["state"])
        publish([service], verified_on=on, at=at)
    return noted


@transaction.atomic
def withdraw_service(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Take an entry off the public directory at once; it can be checked and published again. Needs `directory.edit`."""
    policies.require_editor(actor)
    editing(actor)
    service = held(Service, actor, ref)
    if service.state == State.WITHDRAWN:
        raise WrongState(_("It was taken off already."))
    service.state = State.WITHDRAWN
    service.save(update_fields=["state"])
    unpublish(service)
    record(events.WITHDRAWN, actor=actor, subject=ref, at=at)


@transaction.atomic
def send_correction(*, actor: Actor, ref: str, what: str, right: str, at: dt.datetime) -> None:
    """A reader says what is wrong with a published entry. For anyone; raises NotFound, Invalid for odd signs."""
    listed = Listing.objects.filter(district_id=actor.district_id, ref=ref, number=0).first()
    if listed is None or what not in Correction.What.values:
        raise NotFound(ref)
    try:
        right_value(right)
    except ValidationError as refused:
        raise Invalid(refused.message, "right") from None
    service = Service.objects.get(district_id=actor.district_id, ref=ref)
    Correction.objects.create(
        district_id=actor.district_id, service=service, what=what, right=right.strip(), sent_at=at
    )
    record(events.CORRECTION_SENT, actor=actor, subject=ref, at=at, what=what)


@transaction.atomic
def settle_correction(*, actor: Actor, ref: str, is_used: bool, at: dt.datetime) -> Correction:
    """Say whether a reader was right, once. Needs `directory.edit`. What was wrong is put right in the entry itself."""
    policies.require_editor(actor)
    editing(actor)
    found = Correction.objects.select_for_update(of=("self",)).select_related("service")
    correction = found.filter(district_id=actor.district_id, ref=ref).first()
    if correction is None:
        raise NotFound(ref)
    if correction.settled_at is not None:
        raise WrongState(_("Somebody settled this already."))
    correction.settled_at, correction.settled_by, correction.is_used = at, actor.name, is_used
    correction.save(update_fields=["settled_at", "settled_by", "is_used"])
    record(events.CORRECTION_SETTLED, actor=actor, subject=ref, at=at, is_used=is_used)
    return correction


def _not_yet(service: Service, check: Check) -> Iterator[Invalid]:
    """What stands between an entry and its readers."""
    if not (service.phones.exists() or service.website or service.organization.website):
        yield Invalid(_("Give a number or a website first: without either nobody can reach them."))
    if service.takes_report == Service.TakesReport.YES and check.method == Verification.Method.WEBSITE:
        yield Invalid(_("It says that they take mandated reports. Ask them yourself: a website does not answer that."))
    for found in remarks({field: getattr(service, field) for field in TEXTS}):
        if found.is_barred:
            told = {"words": found.words, "better": found.better}
            yield Invalid(_("Readers never see “%(words)s” here. Say instead: %(better)s") % told, found.field)
