"""The sign-in sheet: on paper, and typed in later."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.program.training.selectors.sheets import sheet_of, sheet_pdf
from upstander.program.training.services.paper import Entered, enter_paper
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_pdf
from upstander.web.shared.refusals import told_at
from upstander.web.training.paper_forms import PaperForm

NAMED = 5


@needs("training.lead", "training.coordinate")
@require_safe
def sheet(request: DistrictRequest, ref: str) -> HttpResponse:
    """The sheet as a PDF in the page's language."""
    found = sheet_of(actor=request.actor, ref=ref, at=request.at)
    drawn = sheet_pdf(
        actor=request.actor,
        sheet=found,
        district_name=request.district.name,
        language=get_language() or "en",
        at=request.at,
    )
    return as_pdf(drawn.pdf, "list.pdf")


@needs("training.lead", "training.coordinate")
def enter(request: DistrictRequest, ref: str) -> HttpResponse:
    """Type a sheet in, with nothing but the keyboard."""
    found = sheet_of(actor=request.actor, ref=ref, at=request.at)
    form = PaperForm(request.POST if request.method == "POST" else None, sheet=found)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            entered = enter_paper(actor=request.actor, session_ref=ref, paper=form.paper(), at=request.at)
            _say(request, entered)
            return HttpResponseRedirect(reverse("training:room", args=[ref]))
    if "differences_are_known" not in form.errors:
        del form.fields["differences_are_known"]
    context = {"form": form, "sheet": found, "session": found.session}
    return render(request, "training/paper.html", context, status=422 if form.errors else 200)


def _say(request: DistrictRequest, entered: Entered) -> None:
    count = entered.written_count
    messages.success(
        request, ngettext("Entered: %(count)s mark.", "Entered: %(count)s marks.", count) % {"count": count}
    )
    if names := entered.without_initials:
        told = {"names": ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")}
        messages.info(request, _("Here without initials on the sheet: %(names)s") % told)
