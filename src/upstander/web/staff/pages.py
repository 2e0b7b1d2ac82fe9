"""What the pages ask of somebody: words to review or to decide about, campaigns, whole pages, and what ships."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from upstander.program.library.selectors.campaigns import campaigns_to_decide
from upstander.program.library.selectors.drafts import pages_to_decide
from upstander.program.library.selectors.passages import words_to_decide
from upstander.program.library.selectors.readings import pages_to_sign
from upstander.program.library.selectors.stale import stale_words
from upstander.web.shared.access import DistrictRequest
from upstander.web.staff.task import Task

SEEN_LATER = gettext_lazy("Readers see it once you, or somebody like you, have looked at it.")


def stale(request: DistrictRequest) -> Iterator[Task]:
    """Words of the district over which an edition says something else now."""
    found = stale_words(actor=request.actor, on=timezone.localdate(request.at))
    if found:
        title = ngettext(
            "A new edition differs from %(count)s passage of yours",
            "A new edition differs from %(count)s passages of yours",
            len(found),
        ) % {"count": len(found)}
        text = _("Keep yours, take what it says, or write yours anew. Until then yours stand.")
        yield Task(reverse("editor:page", args=[found[0].page]), title, text)


def words(request: DistrictRequest) -> Iterator[Task]:
    """Words of the district on public pages that wait for this very person."""
    on = timezone.localdate(request.at)
    found = words_to_decide(actor=request.actor, on=on)
    if found:
        title = ngettext(
            "%(count)s passage on a page waits for you", "%(count)s passages on pages wait for you", len(found)
        ) % {"count": len(found)}
        where = reverse("editor:decide", args=[found[0].row.ref]) if len(found) == 1 else reverse("editor:index")
        yield Task(where, title, str(SEEN_LATER))


def to_read(request: DistrictRequest) -> Iterator[Task]:
    """The first campaign and the first page of the district's own that wait for this very person."""
    on, language = timezone.localdate(request.at), get_language() or "en"
    for version in campaigns_to_decide(actor=request.actor, on=on)[:1]:
        title = _("A campaign waits for you: %(name)s") % {"name": version.name.in_language(language)}
        yield Task(reverse("campaigns:decide", args=[version.row.ref]), title, str(SEEN_LATER))
    for page in pages_to_decide(actor=request.actor, on=on)[:1]:
        yield Task(reverse("editor:index"), _("A page waits for you: %(name)s") % {"name": page.title}, str(SEEN_LATER))


def edition(request: DistrictRequest) -> Iterator[Task]:
    """The pages that ship and wait for this very person's review; loading an edition makes none."""
    count = len(pages_to_sign(actor=request.actor))
    if count:
        title = ngettext(
            "%(count)s page of the edition for you to review", "%(count)s pages of the edition for you to review", count
        ) % {"count": count}
        yield Task(reverse("editor:index"), title, _("Until then the pages say who has yet to look at them."))
