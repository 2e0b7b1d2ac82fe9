"""A site's standing, its head's certification once a school year, and the district's list of who has certified."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.district.places.selectors import place_of, school_year_on, site_by_ref
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.program.compliance.selectors.certifications import (
    Standing,
    certification_of,
    certifications,
    site_standing,
    standing_told,
)
from upstander.program.compliance.selectors.papers import certification_pdf
from upstander.program.compliance.services import certify_site
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.papers import as_csv, as_pdf
from upstander.web.shared.steps import take

PER_PAGE = 50


@needs("coverage.read")
@require_safe
def sites(request: DistrictRequest) -> HttpResponse:
    """Every site in reach: certified in this school year, or not yet."""
    year, lines = certifications(actor=request.actor, on=_today(request))
    done = sum(line.certification is not None for line in lines)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "proof/sites.html", {"year": year, "page": page, "done": done, "total": len(lines)})


@needs("coverage.read")
@require_safe
def sites_file(request: DistrictRequest) -> HttpResponse:
    """The same list as a file for a spreadsheet, those who have not certified too."""
    _year, lines = certifications(actor=request.actor, on=_today(request))
    head = [_("Site"), _("Certified on"), _("By")]
    told = [(line.site.name, line.certification) for line in lines]
    rows = [[name, row.certified_on.isoformat(), row.person.full_name] if row else [name, "", ""] for name, row in told]
    return as_csv("certifications.csv", head, rows)


@needs("coverage.read")
@read_or_send
def site(request: DistrictRequest, ref: str) -> HttpResponse:
    """How the site stands with each requirement, and its certification; its head certifies here."""
    today = _today(request)
    found = site_by_ref(actor=request.actor, ref=ref, on=today, capability="coverage.read")
    if request.method == "POST":
        told: dict[str, Any] = {"site": found, "today": today, "replaces": request.POST.get("replaces", "")}
        take(
            request,
            lambda: certify_site(actor=request.actor, at=request.at, **told),
            _("Thank you. Your certification is kept with what was counted today."),
        )
        return HttpResponseRedirect(reverse("proof:site", args=[ref]))
    year = school_year_on(actor=request.actor, on=today)
    row = year and certification_of(actor=request.actor, site=found, year=year, on=today)
    context = {
        "site": found,
        "year": year,
        "standing": _lines(site_standing(actor=request.actor, site=found, on=today, known_at=request.at)),
        "row": row,
        "told": _lines(standing_told(row)) if row else [],
        "may_certify": _may(request, "proof.certify", found, today),
        "may_read_people": _may(request, "people.read", found, today),
        "on": today,
    }
    return render(request, "proof/site.html", context)


@needs("coverage.read")
@require_safe
def paper(request: DistrictRequest, ref: str) -> HttpResponse:
    """The certification that stands, on one page."""
    today = _today(request)
    found = site_by_ref(actor=request.actor, ref=ref, on=today, capability="coverage.read")
    year = school_year_on(actor=request.actor, on=today)
    row = year and certification_of(actor=request.actor, site=found, year=year, on=today)
    if not row:
        raise NotFound("certification")
    drawn = certification_pdf(
        actor=request.actor, row=row, district_name=request.district.name, language=get_language() or "en"
    )
    return as_pdf(drawn.pdf, "certification.pdf")


def _lines(standing: list[Standing]) -> list[tuple[str, Standing]]:
    language = get_language() or "en"
    return [(each.title(language), each) for each in standing]


def _may(request: DistrictRequest, capability: str, site: Any, on: dt.date) -> bool:
    try:
        require(request.actor, capability, place_of(actor=request.actor, site=site, on=on))
    except NotAllowed:
        return False
    return True


def _today(request: DistrictRequest) -> dt.date:
    return timezone.localdate(request.at)
