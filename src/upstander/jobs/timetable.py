"""What happens by the clock. A worker queues each entry once a time, however many workers there are."""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from procrastinate.contrib.django import app

from upstander.district.accounts.disposal import forget_sessions
from upstander.district.places.selectors import all_districts
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.limits import forget_counts
from upstander.foundation.notices.disposal import forget_addresses
from upstander.insights.call_copies import write_all
from upstander.jobs.tasks import RETRY
from upstander.program.compliance.disposal import forget_pack_files
from upstander.program.compliance.services import recompute_obligations, write_reminders
from upstander.program.evaluation.disposal import forget_links
from upstander.program.facts.services import tell_week
from upstander.program.gatherings.disposal import forget_guests
from upstander.program.imports.disposal import forget_rows
from upstander.program.library.disposal import forget_editions
from upstander.program.library.services.asking import ask_reviewers
from upstander.program.library.services.own import publish_due
from upstander.program.materials.disposal import forget_pledgers
from upstander.program.materials.services.pledges import tend_pledges
from upstander.program.materials.services.recalls import recall_changed
from upstander.program.training.disposal import forget_visitors
from upstander.program.training.selectors.owners import to_pass_on
from upstander.program.training.services.plan_asking import remind_sites
from upstander.program.training.services.queue import escalate_late, pass_on_request
from upstander.program.training.services.warnings import warn_of_misfits

Done = TypeVar("Done")
log = logging.getLogger(__name__)
COUNTS_ARE_KEPT = dt.timedelta(days=1)  # far longer than any window in which tries are counted
JOBS_ARE_KEPT_HOURS = 7 * 24


def everywhere(name: str, work: Callable[..., object], *capabilities: str) -> None:
    """Do `work` as the job `name` in every district, each in a transaction of its own."""
    at = now()
    for district in all_districts():
        with in_district(district.pk):
            work(actor=job(name, district.pk, frozenset(capabilities)), at=at)


@app.periodic(cron="40 10 * * *")  # UTC: the small hours of the Americas
@app.task(name="house.forget", queueing_lock="house.forget", retry=RETRY)
def forget(timestamp: int) -> None:
    """Delete ended sessions and old counters; they belong to no district. Safe to run twice, or late."""
    at = now()
    forget_counts(before=at - COUNTS_ARE_KEPT)
    forget_sessions(at=at)


@app.periodic(cron="50 10 * * *")
@app.task(name="house.forget_jobs", queueing_lock="house.forget_jobs", retry=RETRY)
async def forget_jobs(timestamp: int) -> None:
    """Delete jobs that ended a week ago. One that failed stays: somebody has to look at it."""
    await app.job_manager.delete_old_jobs(nb_hours=JOBS_ARE_KEPT_HOURS)


@app.periodic(cron="0 11 * * *")
@app.task(name="house.forget_spreadsheets", queueing_lock="house.forget_spreadsheets", retry=RETRY)
def forget_spreadsheets(timestamp: int) -> None:
    """Erase the rows of spreadsheets whose time is over, district by district. Safe to run twice, or late."""
    everywhere("house.forget_spreadsheets", forget_rows)


@app.periodic(cron="2 11 * * *")
@app.task(name="house.forget_packs", queueing_lock="house.forget_packs", retry=RETRY)
def forget_packs(timestamp: int) -> None:
    """Erase the files of auditor packs whose time is over; they can be made again. Safe to run twice, or late."""
    everywhere("house.forget_packs", forget_pack_files)


@app.periodic(cron="4 11 * * *")
@app.task(name="house.forget_editions", queueing_lock="house.forget_editions", retry=RETRY)
def forget_papers(timestamp: int) -> None:
    """Erase the files of former papers whose time is over. Safe to run twice, or late."""
    everywhere("house.forget_editions", forget_editions)


@app.periodic(cron="5 11 * * *")
@app.task(name="house.forget_links", queueing_lock="house.forget_links", retry=RETRY)
def forget_made_up_codes(timestamp: int) -> None:
    """Forget the codes that link answers before and after a session. Safe to run twice, or late."""
    everywhere("house.forget_links", forget_links)


@app.periodic(cron="10 11 * * *")
@app.task(name="house.forget_mail", queueing_lock="house.forget_mail", retry=RETRY)
def forget_mail(timestamp: int) -> None:
    """Erase addresses and texts of old mails, district by district. Safe to run twice, or late."""
    everywhere("house.forget_mail", forget_addresses)


@app.periodic(cron="30 13 * * *")  # UTC: before work begins in the Americas
@app.task(name="house.warn_of_misfits", queueing_lock="house.warn_of_misfits", retry=RETRY)
def warn(timestamp: int) -> None:
    """Tell consultants and coordinators of planned sessions that no longer fit; each of them once."""
    everywhere("house.warn_of_misfits", warn_of_misfits)


@app.periodic(cron="0 11 * * *")
@app.task(name="house.obligations", queueing_lock="house.obligations", retry=RETRY)
def obligations(timestamp: int) -> None:
    """Derive from nothing what everyone has to do: a change that was missed is put right, and told in the audit."""
    everywhere("house.obligations", recompute_obligations, "requirements.manage")


@app.periodic(cron="15 * * * *")  # each hour: districts have their own hours, and a worker may have slept
@app.task(name="compliance.remind", queueing_lock="compliance.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """Remind people of trainings that are due, where it is time for mail; each district in a transaction of its own.

    Safe to run twice, or late: each step is told once, and nobody gets two such mails in a week.
    """
    everywhere("compliance.remind", write_reminders, "requirements.manage")


@app.periodic(cron="20 11 * * *")
@app.task(name="house.copy_calls", queueing_lock="house.copy_calls", retry=RETRY)
def copy_calls(timestamp: int) -> None:
    """Write every copy of the call screen again: stations loaded from a file, and texts that depend on the day."""
    try:
        write_all(at=now())
    except OSError:
        log.exception("The copies of the call screen could not be written; they hold what they held.")


@app.periodic(cron="30 13 * * *")  # UTC: the beginning of the working day in the Americas
@app.task(name="training.look_after", queueing_lock="training.look_after", retry=RETRY)
def look_after_requests(timestamp: int) -> None:
    """Pass on what nobody has any more, remind sites of days to answer, and tell upward what waits too long.

    What visitors left behind is deleted. Safe to run twice, or late: each level is told once, and each step is a
    transaction of its own in its district.
    """
    at = now()
    for district in all_districts():
        step = partial(_step, job("training.look_after", district.pk, frozenset({"training.coordinate"})), at)
        step(forget_visitors)
        step(forget_guests)
        for ref in step(to_pass_on):  # before anybody is told of what waits: they may act
            step(partial(pass_on_request, ref=ref))
        step(remind_sites)
        step(escalate_late)


def _step(actor: Actor, at: dt.datetime, work: Callable[..., Done]) -> Done:
    """Do `work` in a transaction of its own: what it locks is free afterwards, and what fails later leaves it done."""
    with in_district(actor.district_id):
        return work(actor=actor, at=at)


@app.periodic(cron="35 13 * * 1")  # Mondays, before work begins in the Americas
@app.task(name="facts.tell_week", queueing_lock="facts.tell_week", retry=RETRY)
def tell_of_facts(timestamp: int) -> None:
    """Tell who answers for facts what was corrected last week and what waits for them. Safe to run twice, or late."""
    everywhere("facts.tell_week", tell_week, "facts.edit")


@app.periodic(cron="40 13 * * *")  # UTC: before work begins in the Americas
@app.task(name="materials.look_after", queueing_lock="materials.look_after", retry=RETRY)
def look_after_materials(timestamp: int) -> None:
    """Ask for copies back on which a fact no longer reads as it was printed; look after promises of donors, and forget
    who they were. Safe to run twice, or late.
    """
    at = now()
    for district in all_districts():
        actor = job("materials.look_after", district.pk, frozenset({"materials.manage"}))
        with in_district(district.pk):
            recall_changed(actor=actor, at=at)
            tend_pledges(actor=actor, at=at)
            forget_pledgers(actor=actor, at=at)


@app.periodic(cron="45 13 * * 1-5")  # UTC: before work begins in the Americas
@app.task(name="library.ask_reviewers", queueing_lock="library.ask_reviewers", retry=RETRY)
def ask_to_review(timestamp: int) -> None:
    """Mail those for whom words of their district wait. Safe to run twice, or late: each gets one a day at most."""
    everywhere("library.ask_reviewers", ask_reviewers)


@app.periodic(cron="*/5 * * * *")  # people choose a minute; a few of them later is soon enough
@app.task(name="library.publish_due", queueing_lock="library.publish_due", retry=RETRY)
def publish_pages(timestamp: int) -> None:
    """Show districts' own pages whose day has come, and take out those whose last day is over. Safe to run twice."""
    for district in all_districts():
        with in_district(district.pk):
            publish_due(actor=job("library.publish_due", district.pk, frozenset()), at=now())
