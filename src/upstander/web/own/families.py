"""For families: a letter to fill in by hand, the evenings to come, and whom of the program they can call."""

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.text import sort_key
from upstander.program.gatherings.selectors.coming import evenings_to_come
from upstander.program.law.selectors.families import School, schools_for_families, team_of_school
from upstander.program.library.selectors.papers import letter_pdf
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, day_of
from upstander.web.shared.kept import same_for_everyone
from upstander.web.shared.keyed import guarded
from upstander.web.shared.papers import as_pdf, start_of

TEAM_REASON = "A family needs no account to learn whom to call; posts stand there, and never a name."


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


@open_to_anyone(TEAM_REASON)
@require_safe
@same_for_everyone
def teams(request: DistrictRequest) -> HttpResponse:
    """Every school, by the first sign of its name: what somebody looks for is not sent, so nothing is searched here."""
    found = schools_for_families(actor=request.actor, on=day_of(request))
    letters = [(letter, list(run)) for letter, run in groupby(found, key=_letter)]
    return render(request, "own/teams.html", {"letters": letters})


@open_to_anyone(TEAM_REASON)
@require_safe
@same_for_everyone
def team(request: DistrictRequest, ref: str) -> HttpResponse:
    """Whom the families of one school can call: its region's team, and headquarters behind it."""
    found = team_of_school(actor=request.actor, site_ref=ref, on=day_of(request))
    return render(request, "own/team.html", {"team": found})


def _letter(school: School) -> str:
    return sort_key(school.name)[:1].upper()
