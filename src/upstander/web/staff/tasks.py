"""Today's few things to do, by what the person's grants open. Each is one door with the next step behind it."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from upstander.program.directory.selectors.editing import waiting_for_editors
from upstander.program.directory.selectors.places import places_to_open
from upstander.program.facts.selectors.editing import Standing, facts_to_do
from upstander.program.law.selectors.missing import Missing, missing
from upstander.program.training.selectors.call_backs import call_backs_in_hand, consultations_offered
from upstander.program.training.selectors.queue import Counts, queue_counts
from upstander.program.training.selectors.requests import requests_on_their_way
from upstander.program.training.selectors.sessions import own_sessions, sessions_to_match, without_meeting
from upstander.web.shared.access import DistrictRequest
from upstander.web.staff import pages
from upstander.web.staff.task import Task

MOST_SITES = 2  # beyond that, one line leads to the list


def tasks_for(request: DistrictRequest) -> list[Task]:
    """The tasks of the signed-in person, the most pressing first; never more than a screen."""
    found = (task for kind, capability in KINDS if request.actor.has(capability) for task in kind(request))
    return list(found)


def _sessions(request: DistrictRequest) -> Iterator[Task]:
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


def _consultations(request: DistrictRequest) -> Iterator[Task]:
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


def _joining(request: DistrictRequest) -> Iterator[Task]:
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


def _queue(request: DistrictRequest) -> Iterator[Task]:
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


def _requests(request: DistrictRequest) -> Iterator[Task]:
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


def _local(request: DistrictRequest) -> Iterator[Task]:
    """What the district itself has to say and has not: derived each time, so that a task ends with its cause."""
    found = missing(actor=request.actor, on=timezone.localdate(request.at))
    yield from _to_sign(found)
    yield from _numbers(found)
    yield from _offices(found)
    if len(found.sites) > MOST_SITES:
        if found.without_steps:
            text = _("They see the coordinator and the region’s lead until then.")
            yield Task(reverse("local:sites"), _sites_to_name(len(found.without_steps)), text)
        return
    for site in found.without_steps:
        title = _("Name who acts at your school") if len(found.sites) == 1 else _("Name who acts at a site")
        text = _("%(site)s: two or three people and one number. Five minutes.") % {"site": site.name}
        yield Task(reverse("local:change_of", args=["steps", site.ref]), title, text)
    for site in found.steps_proposed:
        yield Task(reverse("local:overview"), _("Waits for a second person"), _who_acts(site.name))
    for site in found.without_station:
        title = _("Enter the number of your police or sheriff’s station")
        yield Task(reverse("local:station", args=[site.ref]), title, site.name)


def _offices(found: Missing) -> Iterator[Task]:
    """Only a school's own people can say where its students find help; until then they find no office of it."""
    if len(found.without_offices) > MOST_SITES:
        text = _("Their students find none until then.")
        yield Task(reverse("local:sites"), _("Schools of yours have named no office for students"), text)
        return
    for site in found.without_offices:
        text = _("%(site)s: offices, rooms and hours, never a person and never the topic.") % {"site": site.name}
        where = reverse("local:change_of", args=["offices", site.ref])
        yield Task(where, _("Tell students where they find help"), text)


def _who_acts(site_name: str) -> str:
    return _("%(site)s: who acts there is proposed, and somebody else signs it.") % {"site": site_name}


def _to_sign(found: Missing) -> Iterator[Task]:
    if found.policies_to_sign:
        text = _("The call screen links it once a second person has signed it.")
        yield Task(reverse("local:policy"), _("Sign a version of the district’s policy"), text)
    count = len(found.to_decide)
    if count:
        title = ngettext(
            "%(count)s change waits for your signature", "%(count)s changes wait for your signature", count
        ) % {"count": count}
        where = reverse("local:decide", args=[found.to_decide[0].ref]) if count == 1 else reverse("local:overview")
        yield Task(where, title, _("Somebody else proposed it or corrected a number."))


def _numbers(found: Missing) -> Iterator[Task]:
    if not found.has_child_welfare or found.unfit:
        yield Task(reverse("local:overview"), _("The call screen misses a number"), _("Please look at your contacts."))
    for each in found.stale[:1]:
        address = reverse("local:number", args=[each.entry.ref, each.position])
        yield Task(address, _("Call a number again"), _("Nobody has checked it for a year."))


def _sites_to_name(count: int) -> str:
    return ngettext("%(count)s site has not named who acts", "%(count)s sites have not named who acts", count) % {
        "count": count
    }


def _directory(request: DistrictRequest) -> Iterator[Task]:
    """Entries of the directory to check, and records of lists from elsewhere to look at."""
    waiting = waiting_for_editors(actor=request.actor, on=timezone.localdate(request.at))
    if count := waiting.entries + waiting.corrections:
        title = ngettext(
            "%(count)s entry of the directory to check", "%(count)s entries of the directory to check", count
        )
        text = _("Half a year has passed, something was changed, or a reader says that something is wrong.")
        yield Task(reverse("directory:entries"), title % {"count": count}, text)
    if count := waiting.records:
        title = ngettext("%(count)s record of a list to look at", "%(count)s records of lists to look at", count)
        text = _("Nothing of a list from elsewhere is published unless you take it and check it.")
        yield Task(reverse("directory:incoming"), title % {"count": count}, text)


def _addresses(request: DistrictRequest) -> Iterator[Task]:
    """The first address that somebody else wishes to open."""
    for place in places_to_open(actor=request.actor)[:1]:
        title = _("Shall anyone know an address of %(name)s?") % {"name": place.organization.name}
        yield Task(reverse("directory:place", args=[place.ref]), title, _("It stays confidential until you agree."))


def _waiting(counts: Counts) -> str:
    return ngettext(
        "%(count)s request waits for a consultant", "%(count)s requests wait for a consultant", counts.waiting
    ) % {"count": counts.waiting}


def _oldest(counts: Counts) -> str:
    return ngettext(
        "The oldest waits for %(count)s day.", "The oldest waits for %(count)s days.", counts.oldest_days
    ) % {"count": counts.oldest_days}


def _facts(request: DistrictRequest) -> Iterator[Task]:
    """Facts that somebody has to look at, by what is to be done; each with the day by which."""
    found = facts_to_do(actor=request.actor, on=timezone.localdate(request.at))
    for standing, title in FACTS.items():
        lines = found.get(standing, [])
        if not lines or not (request.actor.has("facts.edit") or standing is Standing.WAITS):
            continue
        one = lines[0].entry
        where = reverse("facts:fact", args=[one.key]) if len(lines) == 1 else reverse("facts:facts")
        text = _("First: %(fact)s, by %(day)s.") % {
            "fact": one.label.in_language(get_language() or ""),
            "day": date_format(lines[0].due_on, "DATE_FORMAT"),
        }
        yield Task(where, title(len(lines)) % {"count": len(lines)}, text)


FACTS: dict[Standing, Callable[[int], str]] = {
    Standing.ASKED: lambda count: ngettext(
        "A new edition differs from %(count)s correction of yours",
        "A new edition differs from %(count)s corrections of yours",
        count,
    ),
    Standing.WAITS: lambda count: ngettext(
        "%(count)s corrected number to look at", "%(count)s corrected numbers to look at", count
    ),
    Standing.EXPIRED: lambda count: ngettext(
        "%(count)s fact to be read again", "%(count)s facts to be read again", count
    ),
}
KINDS: tuple[tuple[Callable[[DistrictRequest], Iterator[Task]], str], ...] = (
    (_sessions, "training.own_calendar"),
    (_consultations, "training.own_calendar"),
    (_joining, "staff.home"),
    (_queue, "training.coordinate"),
    (_local, "local.propose"),
    (_facts, "facts.sign"),
    (_directory, "directory.edit"),
    (_addresses, "directory.sign"),
    (_requests, "training.request"),
    (pages.stale, "pages.edit"),
    (pages.words, "staff.home"),  # these ask by themselves which of the reviews are theirs
    (pages.to_read, "staff.home"),
    (pages.edition, "staff.home"),
)
