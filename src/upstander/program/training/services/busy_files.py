"""Busy times out of a member's own calendar file. The file is read once and not kept; only times leave it."""

import datetime as dt

from django.db import transaction

from upstander.engines.calendar_files import CalendarRefused
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import events
from upstander.program.training.content.calendars import said_of_file
from upstander.program.training.models import BusyFile, BusyTime
from upstander.program.training.services import _busy, _members


@transaction.atomic
def read_busy_file(*, actor: Actor, member_ref: str, data: bytes, at: dt.datetime) -> int:
    """Take the busy times of the coming 400 days from a calendar file, in place of those of the last one.

    It is the member's own step, or a coordinator's of their region; gives the number of stretches. Raises Invalid at
    `file` with the line that cannot be read; then the times of the last file stay.
    """
    member = _members.kept_by(actor, member_ref, at)
    try:
        found = _busy.found_in(data, actor, member, at)
    except CalendarRefused as refused:
        raise Invalid(said_of_file(refused), "file") from None
    _busy.replace(member, found, is_from_file=True)
    told = {"read_at": at, "until": at + _busy.HORIZON, "stretch_count": len(found)}
    BusyFile.objects.update_or_create(district_id=member.district_id, member=member, defaults=told)
    record(events.BUSY_FILE_READ, actor=actor, subject=member.ref, at=at, stretch_count=len(found))
    return len(found)


@transaction.atomic
def forget_busy_file(*, actor: Actor, member_ref: str, at: dt.datetime) -> None:
    """Delete the busy times that came from a file. The member's own step, or a coordinator's of their region."""
    member = _members.kept_by(actor, member_ref, at)
    BusyTime.objects.filter(member=member, is_from_file=True).delete()
    BusyFile.objects.filter(member=member).delete()
    record(events.BUSY_FILE_FORGOTTEN, actor=actor, subject=member.ref, at=at)
