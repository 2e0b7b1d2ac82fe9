"""Today's few things to do, by what the person's grants open. Each is one door with the next step behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.program.training import policies
from upstander.program.training.selectors.requests import Counts, queue_counts, requests_on_their_way
from upstander.program.training.selectors.sessions import own_sessions, sessions_to_match
from upstander.web.shared.access import DistrictRequest


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    href: str
    title: str
    text: str


def tasks_for(request: DistrictRequest) -> list[Task]:
    """The tasks of the signed-in person, the most pressing first; never more than a screen."""
    found = (task for kind, capability in KINDS if request.actor.has(capability) for task in kind(request))
    return list(found)


def _sessions(request: DistrictRequest) -> Iterator[Task]:
    today = policies.today(request.actor, request.at)
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


def _queue(request: DistrictRequest) -> Iterator[Task]:
    counts = queue_counts(actor=request.actor, at=request.at)
    if counts.waiting:
        yield Task(reverse("training:queue"), _waiting(counts), _oldest(counts))
    if counts.planned:
        title = ngettext("%(count)s session to confirm", "%(count)s sessions to confirm", counts.planned) % {
            "count": counts.planned
        }
        yield Task(reverse("training:queue"), title, _("Planned, but nobody was told yet."))
    for session in sessions_to_match(actor=request.actor, at=request.at)[:1]:
        yield Task(
            reverse("training:room", args=[session.ref]) + "#to-match",
            _("Staff numbers to be matched"),
            session.site.name,
        )


def _requests(request: DistrictRequest) -> Iterator[Task]:
    if request.actor.has("training.coordinate"):
        return  # coordinators have the queue
    on_their_way = list(requests_on_their_way(actor=request.actor, at=request.at)[:2])
    for asked in on_their_way:
        yield Task(
            reverse("training:follow", args=[asked.ref]),
            _("Your request for %(site)s") % {"site": asked.site.name},
            _("See where it stands."),
        )
    if not on_their_way:
        yield Task(
            reverse("training:ask"), _("Ask for a staff session"), _("A consultant comes to your site, or online.")
        )


def _waiting(counts: Counts) -> str:
    return ngettext(
        "%(count)s request waits for a consultant", "%(count)s requests wait for a consultant", counts.waiting
    ) % {"count": counts.waiting}


def _oldest(counts: Counts) -> str:
    return ngettext(
        "The oldest waits for %(count)s day.", "The oldest waits for %(count)s days.", counts.oldest_days
    ) % {"count": counts.oldest_days}


KINDS: tuple[tuple[Callable[[DistrictRequest], Iterator[Task]], str], ...] = (
    (_sessions, "training.own_calendar"),
    (_queue, "training.coordinate"),
    (_requests, "training.request"),
)
