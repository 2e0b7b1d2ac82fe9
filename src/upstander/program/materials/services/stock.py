"""Copies that come onto the shelf, are put right, or come back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.materials import events, policies
from upstander.program.materials.models import Movement
from upstander.program.materials.services._ledger import book, locked
from upstander.program.training.policies import today

Kind = Movement.Kind


@transaction.atomic
def receive_copies(*, actor: Actor, edition_ref: str, count: int, at: dt.datetime) -> None:
    """Put printed copies on the shelf. Needs `materials.manage`; raises Invalid for a number out of reason."""
    policies.require_manager(actor)
    policies.require_count(count, "count")
    (edition,) = locked(edition_ref)
    book(edition, Kind.RECEIVED, count, actor, at)
    record(events.MOVED, actor=actor, subject=edition.ref, at=at, kind=Kind.RECEIVED, count=count)


@transaction.atomic
def correct_shelf(*, actor: Actor, edition_ref: str, count: int, reason: str, at: dt.datetime) -> None:
    """Say how many copies are really on the shelf, and why; the ledger keeps the difference.

    Needs `materials.manage`. Raises Invalid without a known reason, or where nothing differs.
    """
    policies.require_manager(actor)
    (edition,) = locked(edition_ref)
    if reason not in Movement.Reason:
        raise Invalid(_("Please choose a reason."), "reason")
    if not 0 <= count <= policies.MOST_AT_ONCE or count == edition.shelf_count:
        raise Invalid(_("Please give the number that is there now, if it differs."), "count")
    change = count - edition.shelf_count
    book(edition, Kind.CORRECTED, change, actor, at, reason=reason)
    record(events.MOVED, actor=actor, subject=edition.ref, at=at, kind=Kind.CORRECTED, count=change)


@transaction.atomic
def return_copies(*, actor: Actor, edition_ref: str, site_ref: str, count: int, at: dt.datetime) -> None:
    """Take copies back from a site onto the shelf. Needs `materials.manage`; no site returns more than it holds."""
    policies.require_manager(actor)
    policies.require_count(count, "count")
    (edition,) = locked(edition_ref)
    reader = lend(actor, "places.read")
    site = site_by_ref(actor=reader, ref=site_ref, on=today(actor, at))
    book(edition, Kind.RETURNED, count, actor, at, site=site, site_change=-count)
    record(events.MOVED, actor=actor, subject=edition.ref, at=at, kind=Kind.RETURNED, count=count)
