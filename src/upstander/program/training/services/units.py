"""The units from which people come into the Cadre: named, named anew, ended, and taken up again."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies
from upstander.program.training.models import Unit


@dataclass(frozen=True, slots=True)
class Named:
    """What a unit is called."""

    name_en: str
    name_es: str

    @classmethod
    def of(cls, unit: Unit) -> "Named":
        """What it is called now."""
        return cls(unit.name_en, unit.name_es)

    def tidy(self) -> "Named":
        """Without blanks around it; where only one language is given, it stands for both."""
        name_en, name_es = " ".join(self.name_en.split()), " ".join(self.name_es.split())
        return Named(name_en, name_es or name_en)


@transaction.atomic
def name_unit(*, actor: Actor, name_en: str, name_es: str, at: dt.datetime) -> Unit:
    """Add a unit from which people come into the Cadre. Needs `training.coordinate` in the whole district."""
    require(actor, "training.coordinate", Place(actor.district_id))
    named = Named(name_en, name_es).tidy()
    unit, is_new = Unit.objects.get_or_create(
        district_id=actor.district_id, name_en=named.name_en, defaults={"name_es": named.name_es}
    )
    if not is_new:
        raise Invalid(_("This unit stands in the list already."), "name_en")
    record(events.UNIT_NAMED, actor=actor, subject=unit.ref, at=at)
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, ref: str, named: Named, at: dt.datetime, seen: str | None = None) -> None:
    """Call a unit something else, on every page and for the past too: it is the same unit.

    `seen` is the seal of the names that the actor had before them. Needs `training.coordinate` in the whole district;
    raises Invalid for a name that another unit has, Outdated when somebody else was faster, NotFound.
    """
    unit = _locked(actor, ref)
    require_seen(seen, Named.of(unit))
    named = named.tidy()
    if not named.name_en:
        raise Invalid(_("Please give it a name."), "name_en")
    unit.name_en, unit.name_es = asdict(named).values()
    try:
        with transaction.atomic():
            unit.save(update_fields=["name_en", "name_es"])
    except IntegrityError:  # somebody gave another unit this name at the same moment
        raise Invalid(_("This unit stands in the list already."), "name_en") from None
    record(events.UNIT_RENAMED, actor=actor, subject=ref, at=at)


@transaction.atomic
def end_unit(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Offer a unit no more from today on; who comes from it, stays. Doing it again changes nothing.

    Needs `training.coordinate` in the whole district; raises NotFound.
    """
    unit = _locked(actor, ref)
    if unit.ended_on is None:
        unit.ended_on = policies.today(actor, at)
        unit.save(update_fields=["ended_on"])
        record(events.UNIT_ENDED, actor=actor, subject=ref, at=at)


@transaction.atomic
def take_up_unit(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Offer an ended unit again. Doing it again changes nothing. Needs and raises what `end_unit` does."""
    unit = _locked(actor, ref)
    if unit.ended_on is not None:
        unit.ended_on = None
        unit.save(update_fields=["ended_on"])
        record(events.UNIT_TAKEN_UP, actor=actor, subject=ref, at=at)


def _locked(actor: Actor, ref: str) -> Unit:
    require(actor, "training.coordinate", Place(actor.district_id))
    unit = Unit.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if unit is None:
        raise NotFound(ref)
    return unit
