"""Noting which papers a district hands out, and keeping those that it handed out before."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.db import transaction

from upstander.district.places.models import Site
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.library import events
from upstander.program.library.content.traces import changes
from upstander.program.library.models import PrintEdition
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


def _row(actor: Actor, sheet: Sheet, site: Site | None, body: bytes, at: dt.datetime) -> PrintEdition:
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
