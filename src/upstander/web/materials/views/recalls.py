"""Which site holds which edition, and what has to be taken away."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.program.facts.selectors import facts_by_key
from upstander.program.materials.selectors.holdings import Held, counts_of, holdings, recalls_for
from upstander.program.materials.services.recalls import finish_recall
from upstander.web.materials.templatetags.material_words import titled
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv
from upstander.web.shared.steps import take

PER_PAGE = 50


@needs("materials.manage")
@require_safe
def held(request: DistrictRequest) -> HttpResponse:
    """Every site with the editions it holds."""
    withdrawn = request.GET.get("show") == "withdrawn"
    found = holdings(actor=request.actor, only_withdrawn=withdrawn)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "materials/held.html", {"page": page, "withdrawn": withdrawn})


@needs("materials.manage")
@require_safe
def held_file(request: DistrictRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    head = [_("Site"), _("Material"), _("Language"), _("Edition of"), _("Copies"), _("Withdrawn")]
    return as_csv("held.csv", head, map(_cells, holdings(actor=request.actor)))


@needs("training.follow")
@require_safe
def recalls(request: DistrictRequest) -> HttpResponse:
    """What has to be taken away at the sites one follows, and why."""
    done_ones = request.GET.get("show") == "done"
    page = Paginator(recalls_for(actor=request.actor, at=request.at, done=done_ones), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page.object_list)
    counts = counts_of(actor=request.actor, recalls=shown)
    keys = {key for recall in shown for key in recall.edition.changed_facts}
    today = timezone.localdate(request.at)
    book = facts_by_key(actor=request.actor, keys=keys, language=get_language() or "en", on=today)
    lines = [
        {
            "recall": recall,
            "count": counts.get((recall.edition_id, recall.site_id), 0),
            "facts": [book[key] for key in recall.edition.changed_facts if key in book.entries],
            "late_days": (today - recall.due_on).days,
        }
        for recall in shown
    ]
    return render(request, "materials/recalls.html", {"page": page, "lines": lines, "done": done_ones})


@needs("training.follow")
@require_POST
def done(request: DistrictRequest, ref: str) -> HttpResponse:
    """The copies are gone, or on their way back."""
    take(
        request,
        lambda: finish_recall(actor=request.actor, ref=ref, how=request.POST.get("how", ""), at=request.at),
        _("Noted. Thank you."),
    )
    return redirect("materials:recalls")


def _cells(held: Held) -> list[object]:
    edition = held.edition
    day, gone = edition.edition_on.isoformat(), edition.get_withdrawn_for_display()
    return [held.site.name, titled(edition.material), edition.get_language_display(), day, held.count, gone]
