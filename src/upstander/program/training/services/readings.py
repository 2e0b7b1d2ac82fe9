"""Reading connected calendars, in two steps: what to ask is written down before, what came is taken after.

Between the two no transaction is open: another server may take its time. What comes is read for busy times alone.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from upstander.engines.calendar_files import CalendarRefused
from upstander.foundation.audit.writer import record
from upstander.foundation.fetching import Address, Fetched, FetchFailed, read_address
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import post_notice
from upstander.foundation.vault.seals import VaultError, about, open_sealed
from upstander.program.training import events
from upstander.program.training.content.calendars import BROKE_OFF, NO_KEY
from upstander.program.training.models import CadreMember, ConnectedCalendar
from upstander.program.training.services import _busy, _mails

READ_CALENDAR = "training.read_calendar"
EVERY = dt.timedelta(hours=4)
JITTER_SECONDS = 60 * 60  # so that not all of a district ask a host in the same minute
GIVEN_UP_AFTER = dt.timedelta(minutes=10)  # a job that has not ended by then was killed
MOST_TRIES = 6
WHOLE_AGAIN = dt.timedelta(days=30)  # an unchanged calendar is read anew at times: what repeats reaches further by then
NO_TIME = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Question:
    """What a job asks a host, and when it began; the answer counts only while nobody has asked since."""

    address: Address
    etag: str
    changed: str
    asked_at: dt.datetime


@transaction.atomic
def begin_reading(*, actor: Actor, ref: str, at: dt.datetime) -> Question | None:
    """Write down that a calendar is asked now, and give what to ask; None where it is not due, or asked already.

    The try counts before it is made: one that kills its job every time ends like any other that fails.
    """
    row = _locked(ref)
    if row is None or row.next_at is None or row.next_at > at:
        return None
    row.asked_at, row.next_at, row.tries_count = at, at + GIVEN_UP_AFTER, row.tries_count + 1
    trouble, address = _opened(row)
    if address is None:
        _leave_alone(row, trouble, actor, at)
        return None
    row.save()
    is_far = row.until is not None and row.until - at > _busy.HORIZON - WHOLE_AGAIN
    return Question(address, row.etag if is_far else "", row.changed if is_far else "", at)


@transaction.atomic
def end_reading(*, actor: Actor, ref: str, question: Question, found: Fetched | FetchFailed, at: dt.datetime) -> None:
    """Take the busy times that came, or note why none did; then those of the last reading stay.

    Does nothing where the calendar was disconnected, or asked by somebody else, in between.
    """
    row = _locked(ref)
    if row is None or row.asked_at != question.asked_at:
        return
    row.trouble, row.trouble_line = "", None
    try:
        has_changed = _taken(row, found, actor, at)
    except FetchFailed as failure:
        _note_trouble(row, failure.cause, actor, at, failure.wait or NO_TIME)
    except CalendarRefused as refused:
        row.trouble_line = refused.line
        _note_trouble(row, refused.why, actor, at)
    else:
        row.read_at, row.next_at, row.tries_count = at, _next(at), 0
        row.save()
        if has_changed:
            record(events.CALENDAR_READ, actor=actor, subject=row.member.ref, at=at, stretch_count=row.stretch_count)


def _opened(row: ConnectedCalendar) -> tuple[str, Address | None]:
    """The address, or why there is no use in asking."""
    if row.tries_count > MOST_TRIES:
        return row.trouble or BROKE_OFF, None
    try:
        return "", read_address(open_sealed(row.address, about=about(row)), settings.CALENDAR_HOSTS)
    except VaultError:
        return NO_KEY, None
    except FetchFailed as failure:
        return failure.cause, None


def _taken(row: ConnectedCalendar, found: Fetched | FetchFailed, actor: Actor, at: dt.datetime) -> bool:
    if isinstance(found, FetchFailed):
        raise found
    if found.data is None:
        return False
    times = _busy.found_in(found.data, actor, row.member, at)
    row.until, row.stretch_count, row.etag, row.changed = at + _busy.HORIZON, len(times), found.etag, found.changed
    return _busy.replace(row.member, times, is_connected=True)


def _note_trouble(
    row: ConnectedCalendar, trouble: str, actor: Actor, at: dt.datetime, wait: dt.timedelta = NO_TIME
) -> None:
    if row.tries_count >= MOST_TRIES:
        _leave_alone(row, trouble, actor, at)
        return
    row.trouble, row.next_at = trouble, max(_next(at), at + wait)
    row.save()


def _leave_alone(row: ConnectedCalendar, trouble: str, actor: Actor, at: dt.datetime) -> None:
    """Ask no more until its owner says so, and tell them once."""
    row.trouble, row.next_at = trouble, None
    row.save()
    to, key = _mails.of_person(row.member.person), f"calendar_left:{row.ref}:{at.isoformat()}"
    post_notice(actor=actor, kind="training_calendar_left", to=to, key=key, at=at, facts={})
    record(events.CALENDAR_LEFT, actor=actor, subject=row.member.ref, at=at, trouble=trouble)


def _next(at: dt.datetime) -> dt.datetime:
    return at + EVERY + dt.timedelta(seconds=secrets.randbelow(JITTER_SECONDS))


def _locked(ref: str) -> ConnectedCalendar | None:
    """The calendar, locked behind its member as in every step of its owner's: two who lock in two orders would wait
    for each other.
    """
    CadreMember.objects.select_for_update(of=("self",)).filter(connected__ref=ref).first()
    rows = ConnectedCalendar.objects.select_for_update(of=("self",)).select_related("member__person__account")
    return rows.filter(ref=ref).first()
