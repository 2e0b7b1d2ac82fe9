"""A member's connected calendar: entering its address, having it read, and ending it.

The address is a key to a whole private calendar: it is sealed, it leaves the vault only to be asked, and it stands in
no page, mail, log or audit row.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.fetching import Address, Cause, FetchFailed, read_address
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.limits import within_limit
from upstander.foundation.queue.queue import defer_each
from upstander.foundation.vault.seals import about, seal
from upstander.program.training import events, policies
from upstander.program.training.models import BusyTime, CadreMember, ConnectedCalendar
from upstander.program.training.services import _members
from upstander.program.training.services.readings import READ_CALENDAR

MOST_AN_HOUR = 10


@transaction.atomic
def connect_calendar(*, actor: Actor, member_ref: str, address: str, at: dt.datetime) -> None:
    """Seal the address of the member's own calendar in place of the last one, and have it read.

    Only the member. Raises Invalid at `address` where this server asks nobody or not this host, for what is no https
    address, and for who tries too often.
    """
    member = _members.own(actor, member_ref, at)
    _not_too_often(member, at)
    found = _read_typed(address)
    _forget(member)
    row = ConnectedCalendar(district_id=member.district_id, member=member, host=found.host, connected_at=at, next_at=at)
    row.address = seal(f"https://{found.host}{found.target}", about=about(row))
    row.save()
    defer_each(READ_CALENDAR, district_id=member.district_id, refs=[row.ref])
    record(events.CALENDAR_CONNECTED, actor=actor, subject=member.ref, at=at)


@transaction.atomic
def ask_calendar(*, actor: Actor, member_ref: str, at: dt.datetime) -> None:
    """Have the connected calendar read at once, also one that was left alone. Only the member.

    Raises NotFound where none is connected, and Invalid for who asks too often.
    """
    member = _members.own(actor, member_ref, at)
    row = ConnectedCalendar.objects.select_for_update().filter(member=member).first()
    if row is None:
        raise NotFound(member_ref)
    _not_too_often(member, at)
    row.next_at, row.tries_count = at, 0
    row.save(update_fields=["next_at", "tries_count"])
    defer_each(READ_CALENDAR, district_id=member.district_id, refs=[row.ref])
    record(events.CALENDAR_ASKED, actor=actor, subject=member.ref, at=at)


@transaction.atomic
def disconnect_calendar(*, actor: Actor, member_ref: str, at: dt.datetime) -> None:
    """Delete the address and the busy times that came from it. Only the member. Doing it again changes nothing."""
    member = _members.own(actor, member_ref, at)
    _forget(member)
    record(events.CALENDAR_ENDED, actor=actor, subject=member.ref, at=at)


def _forget(member: CadreMember) -> None:
    BusyTime.objects.filter(member=member, is_connected=True).delete()
    ConnectedCalendar.objects.filter(member=member).delete()


def _not_too_often(member: CadreMember, at: dt.datetime) -> None:
    if not within_limit("calendar-asked", member.ref, most=MOST_AN_HOUR, seconds=60 * 60, at=at):
        raise Invalid(_("That was often enough for this hour. Please try again later."), "address")


def _read_typed(text: str) -> Address:
    if not policies.can_connect():
        raise Invalid(_("This server reads no calendars from outside. Please read a calendar file instead."), "address")
    try:
        return read_address(text.strip(), settings.CALENDAR_HOSTS)
    except FetchFailed as failure:
        if failure.cause is Cause.HOST_NOT_NAMED:
            sentence = _(
                "Calendars of this host cannot be connected here. A calendar file can be read from any program."
            )
        else:
            sentence = _("This is no calendar address. It begins with https:// or webcal:// and is copied as a whole.")
        raise Invalid(sentence, "address") from None
