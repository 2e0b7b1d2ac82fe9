"""Travel times that the district knows: a file that is read as a whole, and forgotten again."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from upstander.engines.tables.ways import MOST_WAYS
from upstander.program.training.selectors.travel import travel_file
from upstander.program.training.services.travel import forget_travel_file, read_travel_file
from upstander.web.plans.forms import TravelForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take


@needs("training.plan")
def times(request: DistrictRequest) -> HttpResponse:
    """Which times are kept, and the form for a new file."""
    is_sent = request.method == "POST"
    form = TravelForm(request.POST, request.FILES) if is_sent else TravelForm()
    if is_sent and form.is_valid() and _read(request, form):
        return HttpResponseRedirect(reverse("plans:travel"))
    context = {"form": form, "file": travel_file(actor=request.actor), "most": MOST_WAYS}
    return render(request, "plans/travel.html", context, status=422 if form.errors else 200)


@needs("training.plan")
@require_POST
def forget(request: DistrictRequest) -> HttpResponse:
    """Estimate all ways again."""
    take(
        request,
        lambda: forget_travel_file(actor=request.actor, at=request.at),
        _("Deleted. From now on all ways are estimated."),
    )
    return HttpResponseRedirect(reverse("plans:travel"))


def _read(request: DistrictRequest, form: TravelForm) -> bool:
    with told_at(form):
        count = read_travel_file(actor=request.actor, rows=form.cleaned_data["file"], at=request.at)
        kept = ngettext("%(count)s pair of sites is kept.", "%(count)s pairs of sites are kept.", count)
        messages.success(request, " ".join([kept % {"count": count}, _("The next plan counts with these times.")]))
        return True
    return False
