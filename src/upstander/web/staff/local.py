"""What the district itself has to say and has not."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.program.law.selectors.missing import Missing, missing
from upstander.web.shared.access import DistrictRequest
from upstander.web.staff.task import Task

MOST_SITES = 2  # beyond that, one line leads to the list


def unsaid(request: DistrictRequest) -> Iterator[Task]:
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
