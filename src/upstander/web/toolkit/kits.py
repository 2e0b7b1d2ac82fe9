"""A campaign's words to take along: as a page, as plain text, and as a sheet to hang up. The same for everyone."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from upstander.insights.prints import kept_pdf
from upstander.program.library.content.kits import WORDS
from upstander.program.library.selectors.kits import Taken, kit_by_key, kit_sheet
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, public
from upstander.web.shared.kept import same_for_everyone
from upstander.web.shared.papers import as_pdf

REASON = "What a school says in public, anyone may read and take along."
TEXT_FILE, SHEET_FILE = "words.txt", "sheet.pdf"
MADE_WITHIN = 60  # seconds


@open_to_anyone(REASON)
@require_safe
@same_for_everyone
def kit(request: DistrictRequest, key: str) -> HttpResponse:
    """The words piece by piece, each ready to be copied."""
    return public(render(request, "toolkit/kit.html", _told(_taken(request, key))))


@open_to_anyone(REASON)
@require_safe
def text(request: DistrictRequest, key: str) -> HttpResponse:
    """All of it as plain text, for whatever program a school writes in."""
    said = render_to_string("toolkit/kit.txt", _told(_taken(request, key)))
    answer = HttpResponse(said, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{TEXT_FILE}"'
    return public(answer)


@open_to_anyone(REASON)
@require_safe
def sheet(request: DistrictRequest, key: str) -> HttpResponse:
    """One sheet to hang up, with the numbers of the district, as the worker made it; or that it is being made."""
    found = kit_sheet(key=key, **asked(request))
    pdf = kept_pdf(actor=request.actor, sheet=found)
    if pdf is not None:
        return as_pdf(pdf, SHEET_FILE)
    told = {"key": key, "name": found.title}
    answer = render(request, "toolkit/being_made.html", told, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = str(MADE_WITHIN)
    return answer


def _taken(request: DistrictRequest, key: str) -> Taken:
    return kit_by_key(key=key, **asked(request))


def _told(taken: Taken) -> dict[str, Any]:
    return {"each": taken.campaign, "pieces": [(piece, WORDS[piece], lines) for piece, lines in taken.pieces.items()]}
