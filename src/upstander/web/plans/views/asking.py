"""Sites that were asked about their planned day and have not answered, and asking them once more."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upstander.program.training import policies
from upstander.program.training.selectors.plans import plan_by_ref
from upstander.program.training.selectors.proposals import unanswered as unanswered_of
from upstander.program.training.services.plan_asking import ask_again
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.steps import take

PER_PAGE = 50


@needs("training.plan")
@require_safe
def unanswered(request: DistrictRequest, ref: str) -> HttpResponse:
    """The sites that have not answered, the one whose link ends first in front."""
    plan = plan_by_ref(actor=request.actor, ref=ref)
    found = Paginator(unanswered_of(actor=request.actor, plan=plan, at=request.at), PER_PAGE)
    context = {
        "plan": plan,
        "page": found.get_page(request.GET.get("page")),
        "today": policies.today(request.actor, request.at),
    }
    return render(request, "plans/unanswered.html", context)


@needs("training.plan")
@require_POST
def ask(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask one of them again, or all."""
    entry = request.POST.get("entry", "")
    take(request, lambda: ask_again(actor=request.actor, plan_ref=ref, entry_ref=entry, at=request.at), _asked)
    return HttpResponseRedirect(reverse("plans:unanswered", args=[ref]))


def _asked(count: int) -> str:
    return ngettext(
        "Asked again: %(count)s site. The link of the mail before no longer holds.",
        "Asked again: %(count)s sites. The links of the mails before no longer hold.",
        count,
    ) % {"count": count}
