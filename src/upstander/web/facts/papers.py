"""Former papers, for editors: what was handed out until when, what changed then, and the paper itself."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.library.selectors.editions import former_editions, former_pdf, in_words
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_pdf

PER_PAGE = 25


@needs("facts.edit")
@require_safe
def papers(request: DistrictRequest) -> HttpResponse:
    """Every former edition, the last that ended first."""
    page = Paginator(former_editions(actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "editions": in_words(actor=request.actor, rows=page)}
    return render(request, "facts/papers.html", context)


@needs("facts.edit")
@require_safe
def paper(request: DistrictRequest, ref: str) -> HttpResponse:
    """The file of one, always to be saved and under a name that says so: nobody takes it for the present one."""
    key, pdf = former_pdf(actor=request.actor, ref=ref)
    return as_pdf(pdf, f"former-{key}.pdf", is_download=True)
