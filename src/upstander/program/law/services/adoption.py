"""Adopting a local rule and ending its use."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from upstander.district.places.services.dated import replace
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.law import events
from upstander.program.law.models import RuleAdoption
from upstander.program.law.selectors.packs import county_pack


@transaction.atomic
def adopt_rule_set(*, actor: Actor, pack: str, rule: str, starts_on: date, at: datetime) -> RuleAdoption:
    """Let staff of the actor's district walk its county's rule from `starts_on` on, in the edition that ships.

    A rule may be adopted only where it comes from: any other pack than the district's own county's is refused with
    Invalid. Refused with WrongState while another adoption holds on or after that day. Needs `law.adopt`.
    """
    require(actor, "law.adopt", Place(actor.district_id))
    county = county_pack(actor=actor, on=starts_on)
    found = next((known for known in county.rule_sets if known.key == rule), None) if county else None
    if county is None or county.key != pack or found is None:
        raise Invalid(_("Only a rule of this district’s own county can be adopted."))
    if _held(actor).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).exists():
        raise WrongState(_("A rule is in use already. End it first."))
    adoption = RuleAdoption(
        district_id=actor.district_id,
        pack=pack,
        rule=rule,
        edition=found.edition,
        starts_on=starts_on,
        recorded_at=at,
    )
    adoption.save(force_insert=True)
    record(events.RULE_ADOPTED, actor=actor, subject=adoption.ref, at=at, **_facts(adoption), starts_on=str(starts_on))
    return adoption


@transaction.atomic
def end_rule_set(*, actor: Actor, ends_on: date, at: datetime) -> None:
    """End the use of the adopted rule; `ends_on` is the first day without it.

    The known row is superseded and a row with the end stands in its place, so that the past can be told. Refused with
    WrongState when no rule is in use, with Invalid when it would end before it began. Needs `law.adopt`.
    """
    require(actor, "law.adopt", Place(actor.district_id))
    adoption = _held(actor).select_for_update().filter(ends_on__isnull=True).first()
    if adoption is None:
        raise WrongState(_("No rule is in use."))
    if ends_on <= adoption.starts_on:
        raise Invalid(_("The rule must have been in use for at least one day."), "ends_on")
    ended = replace(adoption, at=at, ends_on=ends_on)
    record(events.RULE_ENDED, actor=actor, subject=ended.ref, at=at, **_facts(ended), ends_on=str(ends_on))


def _held(actor: Actor) -> QuerySet[RuleAdoption]:
    return RuleAdoption.objects.filter(district_id=actor.district_id, superseded_at__isnull=True)


def _facts(adoption: RuleAdoption) -> dict[str, object]:
    return {"pack": adoption.pack, "rule": adoption.rule, "edition": adoption.edition}
