"""The board of due days, its files, and one site's people with how they stand."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.district.people.content import holders_called
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.errors import NotFound
from upstander.insights.due import Asking, DueBoard, due_board, everyone_due, site_due
from upstander.program.compliance.selectors.due_board import PAGE, Tally, Which
from upstander.program.compliance.selectors.reach import recount_running
from upstander.program.compliance.selectors.roles import role_lines
from upstander.program.compliance.selectors.standing import PersonStanding
from upstander.web.coverage.forms import DueForm
from upstander.web.coverage.words import person_state, role_called
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv


@needs("coverage.read")
def board(request: DistrictRequest) -> HttpResponse:
    """How many of how many have done what is due, by region, role and site, on any day so far."""
    form = _form(request)
    found = _board(request, form)
    context = {
        "form": form,
        "board": found,
        "page": Paginator(range(found.listed_count), PAGE).get_page(found.which.page),
        "query": form.query,
        # A board as it was known then is derived from the rows themselves, which no count is changing.
        "recount": recount_running(actor=request.actor) if form.known_at_or_now is None else None,
        "may_read_people": scope(request.actor, "people.read").everywhere,
    }
    return render(request, "coverage/due.html", context, status=422 if form.errors else 200)


@needs("coverage.read")
def export(request: DistrictRequest) -> HttpResponse:
    """The board's sites and, below them, its roles as a file for a spreadsheet: counts, and no names of people."""
    form = _form(request)
    which = Which(order="name", region_ref=form.region_ref, size=None)
    found = due_board(actor=request.actor, asking=_asking(form), which=which)
    if found.asked is None or found.counts is None:
        raise NotFound("requirement")
    head = [_("Day"), _("Site"), _("Region"), *_column_names(), _("Role")]
    day = form.day.isoformat()
    sites = ([day, line.name, line.region, *_counts(line), ""] for line in found.counts.sites)
    region = next((line.name for line in found.counts.regions if line.ref == form.region_ref), "")
    told = role_lines(found.counts.roles, found.counts.wholes)
    roles = ([day, "", region, *_counts(each.line), role_called(each)] for each in told)
    return as_csv(f"due-{day}.csv", head, chain(sites, roles))


@needs("coverage.read")
def export_people(request: DistrictRequest) -> HttpResponse:
    """Everyone by name and site with how they stand, for those who may read all the district's people."""
    form, today = _form(request), timezone.localdate(request.at)
    _asked, people = everyone_due(actor=request.actor, asking=_asking(form), today=today)
    head = [_("Site"), _("Staff number"), _("Name"), _("Role"), _("Stands"), _("Due by"), _("Completed on")]
    return as_csv(f"due-people-{form.day.isoformat()}.csv", head, _people_rows(people))


@needs("coverage.read")
def site(request: DistrictRequest, ref: str) -> HttpResponse:
    """One site's people: who has to be spoken to, by when, and who is done."""
    form, today = _form(request), timezone.localdate(request.at)
    report = site_due(actor=request.actor, ref=ref, asking=_asking(form), today=today)
    context = {"report": report, "on": form.day, "query": form.query}
    return render(request, "coverage/due_site.html", context)


def _form(request: DistrictRequest) -> DueForm:
    form = DueForm(request.GET, at=request.at)
    form.is_valid()
    return form


def _asking(form: DueForm) -> Asking:
    return Asking(form.day, form.known_at_or_now, get_language() or "en", form.training_asked)


def _board(request: DistrictRequest, form: DueForm) -> DueBoard:
    page = request.GET.get("page", "1")
    which = Which(
        order=form.cleaned_data.get("order", "overdue"),
        region_ref=form.region_ref,
        page=int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
    )
    found = due_board(actor=request.actor, asking=_asking(form), which=which)
    form.offer_regions([(line.ref, line.name) for line in found.counts.regions if line.ref] if found.counts else [])
    form.offer_trainings(found.offered)
    return found


def _column_names() -> list[str]:
    return [_("Staff"), _("Done"), _("Due within a week"), _("Overdue"), _("Newly hired, in time"), _("On leave")]


def _counts(line: Tally) -> list[int]:
    return [line.staff, line.done, line.soon, line.overdue, line.fresh, line.away]


def _people_rows(people: Iterable[PersonStanding]) -> Iterator[list[object]]:
    states = {state: person_state(state).word for state in ("done", "due", "grace", "overdue", "excused")}
    roles: dict[str, str] = {}
    for each in people:
        if each.roles not in roles:
            roles[each.roles] = ", ".join(holders_called(role) for role in each.roles.split(","))
        yield [
            each.site,
            each.staff_number,
            each.name,
            roles[each.roles],
            states[each.state],
            _day(each.due_on),
            _day(each.fulfilled_on),
        ]


@lru_cache(maxsize=512)
def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
