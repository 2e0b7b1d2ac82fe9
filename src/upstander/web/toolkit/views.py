"""The open pages on paper: what there is, and each as a file. Nothing here reads or stores anything about a reader."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.insights.prints import all_sheets, kept_pdf, made, pdf_of, sheet_for
from upstander.program.library.content.prints import Form
from upstander.program.library.selectors.of_sites import sites_with
from upstander.program.library.selectors.prints import Sheet
from upstander.web.shared import errors
from upstander.web.shared.access import DistrictRequest, open_to_anyone
from upstander.web.shared.entrances import asked, public
from upstander.web.shared.kept import same_for_everyone
from upstander.web.shared.papers import as_pdf
from upstander.web.shared.turns import Turns

SITE_PRINTS = Turns("site prints", most=40, seconds=60 * 60)  # a second of processor time each
REASON = "What anyone may read on a page, anyone may take along on paper."
HEADINGS = {
    Form.BOOK: _("Everything in one file"),
    Form.POSTER: _("To hang up"),
    Form.CARDS: _("To carry"),
    Form.SLIDES: _("For a talk"),
    Form.NOTES: _("For a talk"),
    Form.FOLD: _("To fill in"),
    Form.WORKSHEET: _("To fill in"),
}


@open_to_anyone(REASON)
@require_safe
@same_for_everyone
def index(request: DistrictRequest) -> HttpResponse:
    """Everything to print, with what is in it, how long and large it is, of which day and in which languages."""
    sheets = all_sheets(**asked(request))
    prints = [(sheet, made(actor=request.actor, sheet=sheet)) for sheet in sheets]
    groups = [(heading, list(run)) for heading, run in groupby(prints, key=lambda pair: HEADINGS[pair[0].form])]
    is_waiting = any(file is None for _sheet, file in prints)
    return public(render(request, "toolkit/index.html", {"groups": groups, "is_waiting": is_waiting}))


@open_to_anyone(REASON)
@require_safe
def pdf(request: DistrictRequest, key: str) -> HttpResponse:
    """One print, in the edition that its words have now."""
    return _paper(request, sheet_for(key=key, **asked(request)))


@open_to_anyone("The call screen of each site and the offices of each school are open; so are cards with them.")
@require_safe
@same_for_everyone
def sites(request: DistrictRequest, key: str) -> HttpResponse:
    """The sites for which a print can be made, by name."""
    sheet = sheet_for(key=key, **asked(request))
    if not sheet.site_screen:
        raise NotFound("print")
    sites = sites_with(screen=sheet.site_screen, **asked(request))
    return public(render(request, "toolkit/sites.html", {"sheet": sheet, "sites": sites}))


@open_to_anyone("It says of a site what its open screens say.")
@require_safe
def site_pdf(request: DistrictRequest, key: str, site_ref: str) -> HttpResponse:
    """One print as it is made for one site. One that was made lies ready for anyone; making new ones has a bound."""
    sheet = sheet_for(key=key, site_ref=site_ref, **asked(request))
    is_ready = kept_pdf(actor=request.actor, sheet=sheet) is not None
    if not (is_ready or request.actor.is_signed_in or SITE_PRINTS.take(request)):
        return errors.too_many(request)
    return _paper(request, sheet)


def _paper(request: DistrictRequest, sheet: Sheet) -> HttpResponse:
    """No cache keeps it: of two copies the older one would be taken for what holds now."""
    return as_pdf(pdf_of(actor=request.actor, sheet=sheet, at=request.at), f"{sheet.key}.pdf")
