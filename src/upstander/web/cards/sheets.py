"""The sheet of a site: its numbers and people, on a page and on one paper in both languages."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from upstander.program.guidance.selectors.papers import sheet_pdf
from upstander.program.guidance.selectors.sheets import sheet_for
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import asked, day_of
from upstander.web.shared.papers import as_pdf, start_of


@needs("guide.open_door")
@require_safe
def sheet(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """The sheet in the page's language, with what is still missing named first."""
    found = sheet_for(site_ref=site_ref, **asked(request))
    return render(request, "cards/sheet.html", {"sheet": found, "text": found.text})


@needs("guide.open_door")
@require_safe
def pdf(request: DistrictRequest, site_ref: str) -> HttpResponse:
    """The sheet on paper: the page's language in front, the other behind."""
    first = asked(request)
    languages = [first["language"], *(code for code, _ in settings.LANGUAGES if code != first["language"])]
    sides = [sheet_for(site_ref=site_ref, **{**first, "language": language}) for language in languages]
    drawn = sheet_pdf(
        actor=request.actor,
        sheets=sides,
        district_name=request.district.name,
        addresses={language: _call_screen(request, site_ref, language) for language in languages},
        at=start_of(day_of(request)),
    )
    return as_pdf(drawn.pdf, "sheet.pdf")


def _call_screen(request: DistrictRequest, site_ref: str, language: str) -> str:
    """The whole address of the site's call screen in a language, for the code on that side."""
    with translation.override(language):
        return request.build_absolute_uri(reverse("guide:site_call", args=[site_ref]))
