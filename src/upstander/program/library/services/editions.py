"""Noting which papers a district hands out, and keeping those that it handed out before."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from upstander.district.places.models import Site
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.library import events
from upstander.program.library.content.traces import changes
from upstander.program.library.models import PrintEdition
from upstander.program.library.selectors.editions import Taken
from upstander.program.library.selectors.prints import Sheet
from upstander.program.library.services._hold import hold_district

KEPT = dt.timedelta(days=730)  # for as long a copy of it may still hang somewhere


@transaction.atomic
def note_editions(
    *, actor: Actor, sheets: Sequence[Sheet], pdf: Callable[[Sheet], bytes | None], at: dt.datetime
) -> int:
    """Note the editions that hold from now on, and since when the others do not; gives how many ended.

    `sheets` are all that the district hands out, `pdf` gives the file of one, None where nobody took this edition: then
    it is not noted. Says of each that ended which pages and facts read otherwise now. A job's work; safe to run twice,
    or late.
    """
    # One job at a time: what holds is read before it is replaced.
    hold_district(actor)
    open_rows = PrintEdition.objects.filter(district_id=actor.district_id, ended_at=None).defer("body")
    held = {_place_of(row): row for row in open_rows.select_related("site")}
    holds = {(sheet.key, sheet.language, sheet.site_ref): sheet for sheet in sheets}
    ended = [row for place, row in held.items() if (now := holds.get(place)) is None or now.edition != row.edition]
    for row in ended:
        _end(row, holds.get(_place_of(row)), at)
    fresh = [sheet for place, sheet in holds.items() if place not in held or held[place].ended_at is not None]
    sites = _sites(actor, fresh)
    for sheet in fresh:
        if (body := pdf(sheet)) is not None:
            _row(actor, sheet, sites.get(sheet.site_ref), body, at).save(force_insert=True)
    if ended:
        record(events.EDITIONS_ENDED, actor=actor, subject="prints", at=at, count=len(ended))
    return len(ended)


@transaction.atomic
def note_taken(*, actor: Actor, taken: Iterable[Taken], sheets: Sequence[Sheet], at: dt.datetime) -> int:
    """Note the prints for single sites that were taken between two changes, so that none held when it was noted.

    Gives how many there were. `sheets` are all that the district hands out now. What is a row already is passed over,
    and so is what was made for a site that is gone. A job's work; safe to run twice, or late.
    """
    hold_district(actor)
    holds = {(sheet.key, sheet.language, sheet.site_ref): sheet for sheet in sheets}
    count = 0
    for each in taken:
        site = Site.objects.filter(district_id=actor.district_id, ref=each.site_ref).first()
        if site is not None and not _is_noted(actor, each, site):
            row = _row(actor, each, site, each.body, min(each.made_at, at))
            row.ended_at, row.kept_until = at, at + KEPT
            now = holds.get((each.key, each.language, each.site_ref))
            row.changed = changes(each.made_of, now.made_of) if now else []
            row.save(force_insert=True)
            count += 1
    if count:
        record(events.EDITIONS_ENDED, actor=actor, subject="prints", at=at, count=count)
    return count


def _is_noted(actor: Actor, taken: Taken, site: Site) -> bool:
    """Whether a row tells of this file: the same words may have held before, and were then taken anew."""
    same = {"site": site, "key": taken.key, "language": taken.language, "edition": taken.edition}
    rows = PrintEdition.objects.filter(district_id=actor.district_id, **same)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gte=taken.made_at)).exists()


def _place_of(row: PrintEdition) -> tuple[str, str, str]:
    """What can have one edition at a time."""
    return row.key, row.language, row.site.ref if row.site else ""


def _sites(actor: Actor, sheets: Sequence[Sheet]) -> dict[str, Site]:
    refs = {sheet.site_ref for sheet in sheets} - {""}
    return {site.ref: site for site in Site.objects.filter(district_id=actor.district_id, ref__in=refs)}


def _end(row: PrintEdition, successor: Sheet | None, at: dt.datetime) -> None:
    row.ended_at, row.kept_until = at, at + KEPT
    row.changed = changes(row.made_of, successor.made_of) if successor else []
    row.save(update_fields=["ended_at", "kept_until", "changed"])


def _row(actor: Actor, sheet: Sheet | Taken, site: Site | None, body: bytes, at: dt.datetime) -> PrintEdition:
    return PrintEdition(
        district_id=actor.district_id,
        site=site,
        key=sheet.key,
        language=sheet.language,
        edition=sheet.edition,
        made_of=dict(sheet.made_of),
        body=body,
        made_at=at,
    )
