"""Sites that were asked about their planned day and have not answered: what they said by phone, asking once more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from upstander.program.training import policies
from upstander.program.training.selectors.plans import plan_by_ref
from upstander.program.training.selectors.proposals import asked_among
from upstander.program.training.selectors.proposals import unanswered as unanswered_of
from upstander.program.training.services.plan_answers import answer_for_sites
from upstander.program.training.services.plan_asking import ask_again
from upstander.web.plans.forms import AnswersForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take

PER_PAGE = 50


@needs("training.plan")
@read_or_send
def unanswered(request: DistrictRequest, ref: str) -> HttpResponse:
    """The sites that have not answered, the one whose link ends first in front; a POST notes what some of them said."""
    plan = plan_by_ref(actor=request.actor, ref=ref)
    found = Paginator(unanswered_of(actor=request.actor, plan=plan, at=request.at), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    # Who has answered meanwhile is on no page any more; what was chosen for them is told all the same.
    listed = {entry.ref for entry in page}
    gone = [key for key in request.POST if key not in listed] if request.method == "POST" else []
    entries = [*page, *asked_among(actor=request.actor, plan=plan, refs=gone)] if gone else list(page)
    form = AnswersForm(request.POST if request.method == "POST" else None, entries=entries)
    if request.method == "POST" and form.is_valid():
        with told_at(form):
            count = answer_for_sites(actor=request.actor, plan_ref=ref, answers=form.answers(), at=request.at)
            messages.success(request, _noted(count))
            return HttpResponseRedirect(request.get_full_path())
    context = {"plan": plan, "page": page, "form": form, "today": policies.today(request.actor, request.at)}
    return render(request, "plans/unanswered.html", context, status=422 if form.errors else 200)


@needs("training.plan")
@require_POST
def ask(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask one of them again, or all."""
    entry = request.POST.get("entry", "")
    take(request, lambda: ask_again(actor=request.actor, plan_ref=ref, entry_ref=entry, at=request.at), _asked)
    return HttpResponseRedirect(reverse("plans:unanswered", args=[ref]))


def _noted(count: int) -> str:
    return ngettext(
        "Noted what %(count)s site said. Whoever is concerned gets a mail.",
        "Noted what %(count)s sites said. Whoever is concerned gets a mail.",
        count,
    ) % {"count": count}


def _asked(count: int) -> str:
    return ngettext(
        "Asked again: %(count)s site. The link of the mail before no longer holds.",
        "Asked again: %(count)s sites. The links of the mails before no longer hold.",
        count,
    ) % {"count": count}
