"""What training leaves to do today: sessions, consultations, the queue, requests."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.program.training.selectors.call_backs import call_backs_in_hand, consultations_offered
from upstander.program.training.selectors.queue import Counts, queue_counts
from upstander.program.training.selectors.requests import requests_on_their_way
from upstander.program.training.selectors.sessions import own_sessions, sessions_to_match, without_meeting
from upstander.web.shared.access import DistrictRequest
from upstander.web.staff.task import Task


def sessions(request: DistrictRequest) -> Iterator[Task]:
    """The next two sessions that somebody holds."""
    today = timezone.localdate(request.at)
    for session in own_sessions(actor=request.actor).coming[:2]:
        day = (
            _("Today")
            if session.on == today
            else f"{date_format(session.on, 'l')}, {date_format(session.on, 'MONTH_DAY_FORMAT')}"
        )
        yield Task(
            reverse("training:room", args=[session.ref]),
            _("Your session at %(site)s") % {"site": session.site.name},
            f"{day}, {time_format(session.starts)}",
        )


def consultations(request: DistrictRequest) -> Iterator[Task]:
    """Calls that somebody has in hand, and those that are offered."""
    for each in call_backs_in_hand(actor=request.actor)[:2]:
        title = _("Call back: %(site)s") % {"site": each.request.site.name}
        yield Task(reverse("cadre:consultation", args=[each.request.ref]), title, _by(each.request.due_on))
    if offered := consultations_offered(actor=request.actor, at=request.at).free:
        count = len(offered)
        title = ngettext("%(count)s consultation offered to you", "%(count)s consultations offered to you", count)
        title %= {"count": count}
        yield Task(reverse("cadre:consultations"), title, _by(offered[0].due_on))


def _by(due_on: dt.date | None) -> str:
    return _("By %(day)s.") % {"day": date_format(due_on, "DATE_FORMAT")} if due_on else ""


def joining(request: DistrictRequest) -> Iterator[Task]:
    """Sessions of the next days that are joined from afar, and nobody has said where."""
    if not (request.actor.has("training.own_calendar") or request.actor.has("training.coordinate")):
        return
    found = without_meeting(actor=request.actor, at=request.at)
    for session in found[:1]:
        title = ngettext(
            "%(count)s online session has no address to join",
            "%(count)s online sessions have no address to join",
            len(found),
        )
        text = _("First: %(site)s, %(day)s.") % {
            "site": session.site.name,
            "day": date_format(session.on, "MONTH_DAY_FORMAT"),
        }
        yield Task(reverse("training:joining", args=[session.ref]), title % {"count": len(found)}, text)


def queue(request: DistrictRequest) -> Iterator[Task]:
    """What waits for who coordinates."""
    counts = queue_counts(actor=request.actor, at=request.at)
    if counts.waiting:
        yield Task(reverse("training:queue"), _waiting(counts), _oldest(counts))
    if counts.planned:
        title = ngettext("%(count)s session to confirm", "%(count)s sessions to confirm", counts.planned) % {
            "count": counts.planned
        }
        yield Task(reverse("training:queue"), title, _("Planned, but nobody was told yet."))
    if counts.asked:
        title = ngettext("%(count)s site has yet to answer", "%(count)s sites have yet to answer", counts.asked)
        text = _("They were asked by mail whether their day suits them.")
        yield Task(reverse("training:queue"), title % {"count": counts.asked}, text)
    for session in sessions_to_match(actor=request.actor, at=request.at)[:1]:
        yield Task(
            reverse("training:room", args=[session.ref]) + "#to-match",
            _("Staff numbers to be matched"),
            session.site.name,
        )


def requests(request: DistrictRequest) -> Iterator[Task]:
    """A site's own requests; where there is none, the way to ask."""
    if request.actor.has("training.coordinate"):
        return  # coordinators have the queue
    on_their_way = list(requests_on_their_way(actor=request.actor, at=request.at)[:2])
    for asked in on_their_way:
        yield (
            _proposed(asked)
            if asked.waits_for == "site"
            else Task(
                reverse("training:follow", args=[asked.ref]),
                _("Your request for %(site)s") % {"site": asked.site.name},
                _first_wish(asked),
            )
        )
    if not on_their_way:
        yield Task(
            reverse("training:ask"), _("Ask for a staff session"), _("A consultant comes to your site, or online.")
        )


def _proposed(asked: Any) -> Task:
    """A day that a plan proposes to the site."""
    title = _("A day for %(site)s: please answer") % {"site": asked.site.name}
    text = _("By %(day)s.") % {"day": date_format(asked.due_on, "DATE_FORMAT")}
    return Task(reverse("training:follow", args=[asked.ref]), title, text)


def _first_wish(asked: Any) -> str:
    """The first wished day, by which two requests of a site are told apart."""
    day = min((window.on for window in asked.windows.all()), default=None)
    if day is None:
        return _("See where it stands.")
    return _("For %(day)s. See where it stands.") % {"day": date_format(day, "DATE_FORMAT")}


def _waiting(counts: Counts) -> str:
    return ngettext(
        "%(count)s request waits for a consultant", "%(count)s requests wait for a consultant", counts.waiting
    ) % {"count": counts.waiting}


def _oldest(counts: Counts) -> str:
    return ngettext(
        "The oldest waits for %(count)s day.", "The oldest waits for %(count)s days.", counts.oldest_days
    ) % {"count": counts.oldest_days}
