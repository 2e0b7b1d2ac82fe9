"""Asking connected calendars, one host at a time. No transaction is open while another server is waited for."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from procrastinate.contrib.django import app

from upstander.district.places.selectors import all_districts
from upstander.foundation.fetching import Cause, Fetched, FetchFailed, fetch
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import alone, in_district
from upstander.program.training.disposal import forget_calendars
from upstander.program.training.selectors.connected import due_calendars
from upstander.program.training.services.readings import READ_CALENDAR, Question, begin_reading, end_reading

Ask = Callable[[Question], Fetched]
MOST_A_ROUND = 20  # other jobs wait meanwhile; who is left out comes first in the next round
TIRED = {Cause.NO_ANSWER, Cause.TOO_SLOW, Cause.LATER}  # then the whole host rests until the next round


def ask(question: Question) -> Fetched:
    """Ask the host. Raises FetchFailed."""
    hosts = settings.CALENDAR_HOSTS
    return fetch(question.address, hosts, etag=question.etag, changed=question.changed)


def read_due(district_id: int, ref: str = "", ask: Ask = ask) -> None:
    """Ask the calendars of a district that are due, or the one. What it leaves out stays due."""
    actor, tired = job(READ_CALENDAR, district_id, frozenset()), set[str]()
    with in_district(district_id):
        due = due_calendars(actor=actor, at=now(), ref=ref)
    for each, host in due[:MOST_A_ROUND]:
        if host in tired:
            continue
        with alone(f"calendar-host:{host}") as is_mine:
            cause = _read(district_id, each, ask) if is_mine else None
        if cause in TIRED:
            tired.add(host)


def _read(district_id: int, ref: str, ask: Ask) -> Cause | None:
    """Ask one; gives the cause if it failed."""
    actor = job(READ_CALENDAR, district_id, frozenset())
    with in_district(district_id):
        question = begin_reading(actor=actor, ref=ref, at=now())
    if question is None:
        return None
    found = _asked(partial(ask, question))
    with in_district(district_id):
        end_reading(actor=actor, ref=ref, question=question, found=found, at=now())
    return found.cause if isinstance(found, FetchFailed) else None


def _asked(ask: Callable[[], Fetched]) -> Fetched | FetchFailed:
    try:
        return ask()
    except FetchFailed as failure:
        return failure


@app.task(name=READ_CALENDAR)
def read_calendar(district_id: int, ref: str) -> None:
    """Ask the calendar that its owner wants read. Not tried again by itself: the timetable finds what is still due."""
    read_due(district_id, ref)


@app.periodic(cron="*/10 * * * *")
@app.task(name="training.read_calendars", queueing_lock="training.read_calendars")
def read_calendars(timestamp: int) -> None:
    """Ask every connected calendar whose time has come. Where no host is named, nobody is asked."""
    for district in all_districts() if settings.CALENDAR_HOSTS else []:
        read_due(district.pk)


@app.periodic(cron="25 11 * * *")
@app.task(name="training.forget_calendars", queueing_lock="training.forget_calendars")
def forget_left_calendars(timestamp: int) -> None:
    """Delete the connected calendars of people who left the Cadre. Safe to run twice, or late."""
    for district in all_districts():
        with in_district(district.pk):
            forget_calendars(actor=job("training.forget_calendars", district.pk, frozenset()), at=now())
