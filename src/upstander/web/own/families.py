"""For families: a letter to fill in by hand, and the evenings to come."""

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.program.gatherings.selectors.coming import evenings_to_come
from upstander.program.library.selectors.papers import letter_pdf
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, day_of
from upstander.web.shared.keyed import guarded
from upstander.web.shared.papers import as_pdf, start_of


@open_to_anyone("A letter without a name in it; families fill it in by hand.")
@require_safe
def letter(request: DistrictRequest) -> HttpResponse:
    """The letter on paper, in the reader's language first."""
    own, on = asked(request)["language"], day_of(request)
    languages = (own, *(code for code, _name in settings.LANGUAGES if code != own))
    drawn = letter_pdf(actor=request.actor, languages=languages, district=request.district.name, on=on, at=start_of(on))
    return as_pdf(drawn.pdf, "letter.pdf")


@open_to_anyone("Invitations go to every family; the list says where and when, never what about.")
@require_safe
def evenings(request: DistrictRequest) -> HttpResponse:
    """The evenings to come, by region. The addresses of invitations are keys, so no search engine may follow them."""
    found = sorted(evenings_to_come(actor=request.actor, at=request.at), key=lambda each: (each.region, each.starts_at))
    regions = [(region, list(run)) for region, run in groupby(found, key=lambda each: each.region)]
    return guarded(render(request, "own/evenings.html", {"regions": regions}))
