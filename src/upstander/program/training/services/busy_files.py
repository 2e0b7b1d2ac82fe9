"""Busy times out of a member's own calendar. The file is read once and not kept; only times leave it.

A file is handed over by its owner. An address that we would ask again and again is not taken: it is a key to a whole
private calendar, we have nowhere yet to seal one, and our servers ask nobody outside.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines.calendar_files import CalendarRefused, Why, busy_times
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import events, policies
from upstander.program.training.models import BusyFile, BusyTime
from upstander.program.training.services import _members

HORIZON = dt.timedelta(days=400)
WHY = {
    Why.TOO_LARGE: _("This file is too large. Please export only this school year."),
    Why.NOT_TEXT: _("This is not a calendar file: it holds something else than text."),
    Why.NOT_A_CALENDAR: _("This is not a calendar file. Its name usually ends in .ics."),
    Why.BROKEN_LINE: _("This line cannot be read."),
    Why.NOT_CLOSED: _("The file breaks off: something that begins here does not end."),
    Why.NO_START: _("An entry has no start."),
    Why.BAD_TIME: _("This is no time, or an end before its start."),
    Why.BAD_RULE: _("This rule for repeating cannot be read."),
    Why.TOO_OFTEN: _("This entry repeats too often."),
    Why.UNKNOWN_ZONE: _("This time zone is not known here."),
}


@transaction.atomic
def read_busy_file(*, actor: Actor, member_ref: str, data: bytes, at: dt.datetime) -> int:
    """Take the busy times of the coming 400 days from a calendar file, in place of those of the last one.

    It is the member's own step, or a coordinator's of their region; gives the number of stretches. Raises Invalid at
    `file` with the line that cannot be read; then the times of the last file stay.
    """
    member = _members.kept_by(actor, member_ref, at)
    try:
        found = busy_times(data, policies.zone_of(actor), at, at + HORIZON)
    except CalendarRefused as refused:
        raise Invalid(_sentence(refused), "file") from None
    BusyTime.objects.filter(member=member, is_from_file=True).delete()
    BusyTime.objects.bulk_create(
        BusyTime(
            district_id=member.district_id,
            member=member,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            is_from_file=True,
        )
        for each in found
    )
    told = {"read_at": at, "until": at + HORIZON, "stretch_count": len(found)}
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


def _sentence(refused: CalendarRefused) -> str:
    if refused.line is None:
        return str(WHY[refused.why])
    return _("Line %(line)s: %(why)s Nothing was changed.") % {"line": refused.line, "why": WHY[refused.why]}
