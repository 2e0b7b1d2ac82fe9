"""What the district offers: materials that ship, its own, and their editions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.facts.selectors import facts_by_key
from upstander.program.materials import events, policies
from upstander.program.materials.content.catalogue import Shipped, fingerprint, shipped_materials
from upstander.program.materials.models import Edition, Material
from upstander.program.materials.services._ledger import locked
from upstander.program.materials.services._recalls import recall_holders
from upstander.program.training.policies import today


@dataclass(frozen=True, slots=True)
class Described:
    """A material as somebody writes it down; all but the titles is chosen."""

    answers: str
    kind: str
    audience: str
    size: str
    title_en: str
    title_es: str
    most_per_site: int


@transaction.atomic
def take_shipped(*, actor: Actor, at: dt.datetime) -> int:
    """Take into the catalogue whatever ships and is not in it yet, new editions too; gives how many editions.

    Needs `materials.manage`. Doing it again changes nothing. What the district retired stays retired.
    """
    policies.require_manager(actor)
    made = sum(len(_take(actor, shipped, at)) for shipped in shipped_materials().values())
    if made:
        record(events.SHIPPED_TAKEN, actor=actor, subject="catalogue", at=at, edition_count=made)
    return made


@transaction.atomic
def add_material(*, actor: Actor, told: Described, at: dt.datetime) -> Material:
    """Add a material of the district's own. Needs `materials.manage`."""
    policies.require_manager(actor)
    policies.require_count(told.most_per_site, "most_per_site")
    made = Material.objects.create(district_id=actor.district_id, **asdict(told))
    record(events.ADDED, actor=actor, subject=made.ref, at=at, answers=told.answers)
    return made


@transaction.atomic
def set_limit(*, actor: Actor, ref: str, most: int, at: dt.datetime) -> None:
    """Say how many copies a site may have in a school year. Needs `materials.manage`."""
    material = _material(actor, ref)
    policies.require_count(most, "most")
    material.most_per_site = most
    material.save(update_fields=["most_per_site"])
    record(events.LIMIT_SET, actor=actor, subject=ref, at=at, most=most)


@transaction.atomic
def retire_material(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Offer a material no more; what sites hold of it stays there. Needs `materials.manage`."""
    material = _material(actor, ref)
    if material.retired_on is not None:
        raise WrongState(_("It is retired already."))
    material.retired_on = today(actor, at)
    material.save(update_fields=["retired_on"])
    record(events.RETIRED, actor=actor, subject=ref, at=at)


@transaction.atomic
def offer_again(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Offer a retired material again, with the stock and the editions it has. Needs `materials.manage`."""
    material = _material(actor, ref)
    if material.retired_on is None:
        raise WrongState(_("It is offered already."))
    material.retired_on = None
    material.save(update_fields=["retired_on"])
    record(events.OFFERED_AGAIN, actor=actor, subject=ref, at=at)


@transaction.atomic
def add_edition(
    *, actor: Actor, ref: str, language: str, edition_on: dt.date, prints: Iterable[str], at: dt.datetime
) -> Edition:
    """Add an edition with the facts that stand on it, as they read today. Needs `materials.manage`.

    Raises Invalid for an unknown fact, a day to come, or an edition that is there already.
    """
    material = _material(actor, ref)
    if edition_on > today(actor, at):
        raise Invalid(_("An edition bears the day on which it was finished, not one to come."), "edition_on")
    try:
        with transaction.atomic():
            made = _edition(actor, material, language, edition_on, prints, at)
    except IntegrityError:
        raise Invalid(_("This edition is in the catalog already."), "edition_on") from None
    record(events.EDITION_ADDED, actor=actor, subject=made.ref, at=at, material=ref)
    return made


@transaction.atomic
def withdraw_edition(*, actor: Actor, edition_ref: str, reason: str, at: dt.datetime) -> int:
    """Send an edition no more, and ask every site that holds copies to take them away; gives how many sites.

    Needs `materials.manage`. Raises Invalid without a reason, WrongState when it was withdrawn already.
    """
    policies.require_manager(actor)
    (edition,) = locked(edition_ref)
    if reason not in (Edition.Withdrawal.MISPRINT, Edition.Withdrawal.REPLACED):
        raise Invalid(_("Please choose a reason."), "reason")
    if edition.withdrawn_at is not None:
        raise WrongState(_("This edition is withdrawn already."))
    edition.withdrawn_at, edition.withdrawn_for = at, reason
    edition.save(update_fields=["withdrawn_at", "withdrawn_for"])
    sites = len(recall_holders(actor, [edition], at))
    record(events.WITHDRAWN, actor=actor, subject=edition.ref, at=at, reason=reason, site_count=sites)
    return sites


def _take(actor: Actor, shipped: Shipped, at: dt.datetime) -> list[Edition]:
    described = Described(
        answers=shipped.answers,
        kind=shipped.kind,
        audience=shipped.audience,
        size=shipped.size,
        title_en=shipped.title.en,
        title_es=shipped.title.es,
        most_per_site=shipped.most_per_site,
    )
    material, _made = Material.objects.get_or_create(
        district_id=actor.district_id, key=shipped.key, defaults=asdict(described)
    )
    if material.retired_on is not None:
        return []
    known = set(material.editions.filter(edition_on=shipped.edition_on).values_list("language", flat=True))
    missing = [language for language in shipped.languages if language not in known]
    return [_edition(actor, material, language, shipped.edition_on, shipped.prints, at) for language in missing]


def _edition(
    actor: Actor, material: Material, language: str, edition_on: dt.date, prints: Iterable[str], at: dt.datetime
) -> Edition:
    keys = list(prints)
    book = facts_by_key(actor=actor, keys=keys, language=language, on=today(actor, at))
    if set(keys) - set(book.entries):
        raise Invalid(_("One of these facts is not in the fact file."), "prints")
    return Edition.objects.create(
        district_id=actor.district_id,
        material=material,
        language=language,
        edition_on=edition_on,
        prints={key: fingerprint(book.entries[key]) for key in keys},
    )


def _material(actor: Actor, ref: str) -> Material:
    policies.require_manager(actor)
    found = Material.objects.select_for_update(of=("self",)).filter(district_id=actor.district_id, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
