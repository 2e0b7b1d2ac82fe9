"""Asking the sites that hold a withdrawn edition to take it away. Only services of this part call it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.utils import translation
from django.utils.formats import date_format

from upstander.district.accounts.models import Account
from upstander.district.people.selectors import languages_of
from upstander.district.places.models import Site
from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import Draft, Recipient, post_notices
from upstander.foundation.queue.queue import defer_each
from upstander.program.materials import policies
from upstander.program.materials.content.catalogue import REQUEST_KIND
from upstander.program.materials.models import Edition, Recall
from upstander.program.materials.selectors.holdings import holders
from upstander.program.training.policies import due_on, today
from upstander.program.training.selectors.owners import first_owner

RECALL = "materials.recall_changed"


def after_a_fact(actor: Actor, _ids: Sequence[int] | None) -> None:
    """A shared fact reads otherwise in the actor's district: look soon at what is printed with it."""
    defer_each(RECALL, district_id=actor.district_id, refs=[district_of(actor=actor).ref])


def recall_holders(actor: Actor, editions: Collection[Edition], at: dt.datetime) -> list[Recall]:
    """Make the task of each site that holds copies of these locked editions and has none open; tell the owners.

    An owner gets one mail, however many sites there are. Doing it again makes nothing.
    """
    held = holders(actor=actor, editions=editions)
    asked = set(Recall.objects.filter(edition__in=editions, done_at__isnull=True).values_list("edition_id", "site_id"))
    missing = [(edition_id, site_id) for edition_id, site_id, _count in held if (edition_id, site_id) not in asked]
    if not missing:
        return []
    day = due_on(actor, policies.RECALL_DAYS, at) or today(actor, at)
    owners = _owners(actor, {site_id for _edition_id, site_id in missing}, at)
    made = Recall.objects.bulk_create(
        Recall(
            district_id=actor.district_id,
            edition_id=edition_id,
            site_id=site_id,
            owner=owners[site_id],
            made_at=at,
            due_on=day,
        )
        for edition_id, site_id in missing
    )
    _tell(actor, made, at)
    return made


def _owners(actor: Actor, site_ids: Collection[int], at: dt.datetime) -> dict[int, Account | None]:
    on = today(actor, at)
    sites = Site.objects.filter(district_id=actor.district_id, pk__in=site_ids)
    return {site.pk: first_owner(actor=actor, site=site, on=on, kind=REQUEST_KIND) for site in sites}


def _tell(actor: Actor, made: Collection[Recall], at: dt.datetime) -> None:
    by_owner: dict[Account, list[Recall]] = defaultdict(list)
    for recall in made:
        if recall.owner is not None:
            by_owner[recall.owner].append(recall)
    tongues = languages_of(actor=actor, accounts=by_owner)
    drafts = [_draft(owner, tongues.get(owner.pk, "en"), recalls) for owner, recalls in by_owner.items()]
    post_notices(actor=actor, kind="materials_recall", drafts=drafts, at=at)


def _draft(owner: Account, language: str, recalls: Collection[Recall]) -> Draft:
    first = next(iter(recalls))
    with translation.override(language):
        day = date_format(first.due_on, "DATE_FORMAT")
    facts = {"done": str(len(recalls)), "day": day, "page": "/materials/recalls/"}
    return Draft(Recipient(owner.email, language), f"recalls:{first.ref}", facts)
