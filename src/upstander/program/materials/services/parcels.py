"""Sending what was asked for, all of it or a part."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.program.materials import events
from upstander.program.materials.models import Edition, Material, Movement, Parcel
from upstander.program.materials.selectors.parcels import Wanted, materials_request, sent_this_year, wanted_of
from upstander.program.materials.services._ledger import book, locked, only_on_shelf
from upstander.program.training.models import Request
from upstander.program.training.services.queue import finish_request, send_part
from upstander.program.training.states import IN_QUEUE


@dataclass(frozen=True, slots=True)
class Packed:
    """What somebody put into a parcel: copies of editions, by ref. `is_last`: nothing more will come."""

    counts: dict[str, int]
    how: str
    is_last: bool = False
    limit_is_meant: bool = False


@transaction.atomic
def send_parcel(*, actor: Actor, request_ref: str, packed: Packed, at: dt.datetime) -> Parcel:
    """Take copies off the shelf and send them for a request; its requester is told what came and what is still open.

    With everything sent, or when this `is_last`, the request ends; else its rest stays open with a new day. Needs
    `training.coordinate` at the site. Raises Invalid at the edition for which there are not enough copies, too many
    for what is open, or a newer paper; at `limit_is_meant` when the site would have more than its share of the year.
    """
    request = _locked_request(actor, request_ref, at)
    counts = {ref: count for ref, count in packed.counts.items() if count}
    if not counts or any(count < 0 for count in counts.values()):
        raise Invalid(_("Please say how many copies go into the parcel."))
    if packed.how not in Parcel.How:
        raise Invalid(_("Please say how the parcel goes."), "how")
    editions = locked(*counts)
    refuse([*_of_editions(actor, request, editions, counts)])
    if not packed.limit_is_meant:
        refuse([*_of_limits(actor, request, editions, counts, at)])
    parcel = Parcel.objects.create(
        district_id=actor.district_id,
        request=request,
        how=packed.how,
        is_last=packed.is_last,
        sent_at=at,
        sent_by=actor.name,
    )
    for edition in editions:
        count = counts[edition.ref]
        told = {"site": request.site, "site_change": count, "parcel": parcel}
        book(edition, Movement.Kind.SENT, -count, actor, at, **told)
    total = sum(counts.values())
    record(
        events.SENT, actor=actor, subject=parcel.ref, at=at, request=request_ref, count=total, is_last=packed.is_last
    )
    _go_on(actor, request, packed.is_last, at)
    return parcel


def _go_on(actor: Actor, request: Request, is_last: bool, at: dt.datetime) -> None:
    lines = wanted_of(actor=actor, request=request)
    if is_last or not any(line.rest for line in lines):
        finish_request(actor=actor, ref=request.ref, at=at)
        return
    sent, wanted = sum(line.sent for line in lines), sum(line.wanted for line in lines)
    send_part(actor=actor, ref=request.ref, sent=sent, wanted=wanted, at=at)


def _locked_request(actor: Actor, ref: str, at: dt.datetime) -> Request:
    """The request, read within the actor's reach and then locked: two parcels are packed one after the other."""
    found = materials_request(actor=actor, ref=ref, at=at)
    request = Request.objects.select_for_update(of=("self",)).select_related("site").get(pk=found.pk)
    if request.state not in IN_QUEUE:
        raise WrongState(_("The request has ended; nothing more can be sent for it."))
    return request


def _of_editions(actor: Actor, request: Request, editions: list[Edition], counts: dict[str, int]) -> Iterator[Invalid]:
    open_lines = {line.key: line for line in wanted_of(actor=actor, request=request)}
    answers = dict(Material.objects.filter(editions__in=editions).values_list("pk", "answers"))
    taken: dict[tuple[str, str], int] = {}
    for edition in editions:
        key, count = (answers[edition.material_id], edition.language), counts[edition.ref]
        taken[key] = taken.get(key, 0) + count
        sentence = _wrong(edition, open_lines.get(key), taken[key], count)
        if sentence is not None:
            yield Invalid(sentence, edition.ref)


def _wrong(edition: Edition, line: Wanted | None, taken: int, count: int) -> object:
    if edition.withdrawn_at is not None:
        return _("This edition was withdrawn; please take a newer one.")
    if line is None:
        return _("This was not asked for.")
    if taken > line.rest:
        sentence = ngettext("Only %(count)s is still open.", "Only %(count)s are still open.", line.rest)
        return sentence % {"count": line.rest}
    if count > edition.shelf_count:
        return only_on_shelf(edition.shelf_count)
    return None


def _of_limits(
    actor: Actor, request: Request, editions: list[Edition], counts: dict[str, int], at: dt.datetime
) -> Iterator[Invalid]:
    had = sent_this_year(actor=actor, site=request.site, at=at)
    for material in Material.objects.filter(editions__in=editions).distinct().order_by("id"):
        more = sum(counts[edition.ref] for edition in editions if edition.material_id == material.pk)
        if had.get(material.pk, 0) + more > material.most_per_site:
            told = {
                "title": material.title_in(get_language() or "en"),
                "count": had.get(material.pk, 0),
                "most": material.most_per_site,
            }
            sentence = _(
                "%(title)s: the site has had %(count)s of at most %(most)s this school year. "
                "Tick the box if you mean it."
            )
            yield Invalid(sentence % told, "limit_is_meant")
