"""What a list would change, its problems, the yes that some posts need, and letting it count."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.errors import NotAllowed, NotFound, Refused
from upstander.program.imports.content.columns import OF_DAYS
from upstander.program.imports.content.outcomes import WRITTEN, Preview
from upstander.program.imports.policies import may_apply
from upstander.program.imports.selectors import imports as selectors
from upstander.program.imports.selectors.days import agreed_then
from upstander.program.imports.selectors.preview import outlook, preview_of, waiting_posts
from upstander.program.imports.services import apply_import, vouch_for_posts
from upstander.program.imports.states import DESCRIBED, MATCHED
from upstander.web.imports import words
from upstander.web.imports.doors import doors_of, keys_meant
from upstander.web.imports.views._steps import language, take
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.papers import as_csv

LINES_A_PAGE, MOST_PROBLEMS = 50, 50


@needs("ledger.prepare")
@read_or_send
def preview(request: DistrictRequest, ref: str) -> HttpResponse:
    """Everything that applying would change, and what could not be read."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state != MATCHED:
        return redirect("imports:one", ref)
    if request.method == "POST":
        return _apply(request, ref)
    seen = outlook(actor=request.actor, load=load, on=timezone.localdate(request.at))
    if seen.open_count:  # a day has passed, or a school is gone: something is open again
        return redirect("imports:match", ref)
    found = preview_of(actor=request.actor, load=load, seen=seen, language=language())
    outcome = request.GET.get("show", "")
    lines = [change for change in found.changes if not outcome or change.outcome == outcome]
    reading = seen.reading
    context = {
        "load": load,
        "preview": found,
        "seen": seen,
        "is_of_days": load.kind in OF_DAYS,
        "agreed": _agreed(request, load, found),
        "counts": [(name, *words.OUTCOMES[name], count) for name, count in found.counts.items()],
        "outcome": outcome,
        "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page")),
        "reading": reading,
        "doors": doors_of(request.actor, found),
        "may_apply": may_apply(request.actor),
        "problems": [*reading.problems, *reading.remarks][:MOST_PROBLEMS],
        "problem_count": len(reading.problems) + len(reading.remarks),
    }
    return render(request, "imports/preview.html", context)


@needs("ledger.prepare")
@require_POST
def vouch(request: DistrictRequest, ref: str) -> HttpResponse:
    """Say yes to posts that open doors: to single ones, or to all of a kind that each holds at their own site."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    on = timezone.localdate(request.at)
    seen = outlook(actor=request.actor, load=load, on=on)
    keys = keys_meant(waiting_posts(actor=request.actor, load=load, seen=seen), request.POST.getlist("door"))

    def work() -> None:
        vouch_for_posts(actor=request.actor, ref=ref, keys=keys, at=request.at, on=on)

    says = ngettext("%(count)d post comes with this list.", "%(count)d posts come with this list.", len(keys))
    return take(request, ref, work, says % {"count": len(keys)})


@needs("ledger.prepare")
@require_safe
def problems(request: DistrictRequest, ref: str) -> HttpResponse:
    """Every cell that cannot be read, as a file to work through."""
    load = selectors.import_by_ref(actor=request.actor, ref=ref)
    if load.state not in (DESCRIBED, MATCHED):
        raise NotFound(ref)
    reading = outlook(actor=request.actor, load=load, on=timezone.localdate(request.at)).reading
    head = [_("Sheet"), _("Row"), _("Column"), _("Shows"), _("Why"), _("What to do")]
    found = (
        (*problem[:4], *map(str, words.REASONS[problem.reason])) for problem in (*reading.problems, *reading.remarks)
    )
    return as_csv(f"problems-{ref}.csv", head, found)


def _agreed(request: DistrictRequest, load: Any, found: Preview) -> list[Any]:
    """The sessions that a list of days out comes too late for."""
    return agreed_then(actor=request.actor, preview=found, at=request.at) if load.kind in OF_DAYS else []


def _apply(request: DistrictRequest, ref: str) -> HttpResponse:
    try:
        counts = apply_import(
            actor=request.actor,
            ref=ref,
            seal=request.POST.get("seal", ""),
            without_refused="without_refused" in request.POST,
            many_may_end="many_may_end" in request.POST,
            twins_are_meant="twins_are_meant" in request.POST,
            tell="tell" in request.POST,
            at=request.at,
            on=timezone.localdate(request.at),
        )
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("imports:preview", ref)
    written = sum(counts[outcome] for outcome in WRITTEN)
    says = ngettext("Applied: %(count)d row was recorded.", "Applied: %(count)d rows were recorded.", written)
    same = _("Applied. All of it was recorded before, so nothing has changed.")
    messages.success(request, says % {"count": written} if written else same)
    return redirect("imports:one", ref)
