"""Today's few things to do, by what the person's grants open. Each is one door with the next step behind it."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from upstander.program.directory.selectors.editing import waiting_for_editors
from upstander.program.directory.selectors.places import places_to_open
from upstander.program.facts.selectors.editing import Standing, facts_to_do
from upstander.web.shared.access import DistrictRequest
from upstander.web.staff import local, pages, training
from upstander.web.staff.task import Task


def tasks_for(request: DistrictRequest) -> list[Task]:
    """The tasks of the signed-in person, the most pressing first; never more than a screen."""
    found = (task for kind, capability in KINDS if request.actor.has(capability) for task in kind(request))
    return list(found)


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
    (training.sessions, "training.own_calendar"),
    (training.consultations, "training.own_calendar"),
    (training.joining, "staff.home"),
    (training.queue, "training.coordinate"),
    (local.unsaid, "local.propose"),
    (_facts, "facts.sign"),
    (_directory, "directory.edit"),
    (_addresses, "directory.sign"),
    (training.requests, "training.request"),
    (pages.stale, "pages.edit"),
    (pages.words, "staff.home"),  # these ask by themselves which of the reviews are theirs
    (pages.to_read, "staff.home"),
    (pages.edition, "staff.home"),
)
