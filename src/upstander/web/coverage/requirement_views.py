"""Setting what is asked of the staff: a preview first, then a dated row; everyone's due days follow by a job."""

import datetime as dt
from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.district.people.content import holders_called
from upstander.foundation.kernel.seen import seal_of
from upstander.program.compliance.selectors.reach import recount_running
from upstander.program.compliance.selectors.requirements import (
    AWARENESS,
    replaced_rows,
    stand_of,
    standing_row,
    standing_rows,
    subject_of_sessions,
)
from upstander.program.compliance.services import (
    Terms,
    end_requirement,
    preview_requirement,
    set_requirement,
)
from upstander.program.training.selectors.offerings import staff_editions
from upstander.web.coverage import words
from upstander.web.coverage.forms import EndForm, RequirementForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at

REFRESH_SECONDS = 5
MISTAKEN = "mistaken"
KEY_LENGTH = 60
FIRST = {
    "audience": "all_staff",
    "cadence": "school_year",
    "every_months": 12,
    "grace_days": 0,
    "opens_days": 0,
    "break_days": 0,
    "threshold_percent": 100,
    "validity_months": 12,
}


@needs("requirements.manage")
@require_safe
def requirements(request: DistrictRequest) -> HttpResponse:
    """What is asked now, what was asked before, and how far the new count of due days is."""
    rows = [_told(row) for row in standing_rows(actor=request.actor)]
    context = {
        "rows": rows,
        "lacks_sessions": bool(rows) and not any(told["by_sessions"] for told in rows),
        "replaced": [_told(row) for row in replaced_rows(actor=request.actor)],
        "recount": recount_running(actor=request.actor),
        "refresh": REFRESH_SECONDS,
    }
    return render(request, "coverage/requirements.html", context)


@needs("requirements.manage")
@read_or_send
def new(request: DistrictRequest) -> HttpResponse:
    """Ask for a training that was not asked for before."""
    by_sessions = not any(_by_sessions(row) for row in standing_rows(actor=request.actor))
    first = FIRST | {"starts_on": timezone.localdate(request.at), "by_sessions": by_sessions}
    return _answered(request, None, first)


@needs("requirements.manage")
@read_or_send
def change(request: DistrictRequest, ref: str) -> HttpResponse:
    """Change what is asked from a day on, or put right what was entered by mistake; the row before stays on record."""
    row = standing_row(actor=request.actor, ref=ref)
    if row.ref != ref and request.method != "POST":
        return _to_what_stands(request, "coverage:change_requirement", row)
    first = {field.name: getattr(row, field.name) for field in fields(Terms)}
    first |= {"starts_on": max(row.starts_on, timezone.localdate(request.at)), "by_sessions": _by_sessions(row)}
    return _answered(request, row, first)


@needs("requirements.manage")
@read_or_send
def end(request: DistrictRequest, ref: str) -> HttpResponse:
    """Ask for it until a day, and say why no longer."""
    row = standing_row(actor=request.actor, ref=ref)
    if row.ref != ref and request.method != "POST":
        return _to_what_stands(request, "coverage:end_requirement", row)
    form = EndForm(request.POST if request.method == "POST" else None, stands=stand_of(row.subject))
    if request.method == "POST" and form.is_valid():
        told = form.typed()
        until = told.pop("last_day") + dt.timedelta(days=1)
        told |= {"ref": row.ref, "ends_on": until, "seen": form.cleaned_data["seen"]}
        with told_at(form):
            end_requirement(actor=request.actor, at=request.at, by_job=True, **told)
            return _saved(request)
    context = {"form": form, "row": _told(row)}
    return render(request, "coverage/requirement_end.html", context, status=422 if form.errors else 200)


def _to_what_stands(request: DistrictRequest, route: str, row: Any) -> HttpResponse:
    messages.info(request, _("This was changed in the meantime. Here is what stands now."))
    return HttpResponseRedirect(reverse(route, args=[row.ref]))


def _answered(request: DistrictRequest, row: Any, first: dict[str, Any]) -> HttpResponse:
    """The form; with "preview" how many people it would concern; with "save" the new row."""
    others = {other.subject: _title(other) for other in standing_rows(actor=request.actor)}
    others.pop(row.subject if row else "", None)
    choices = sorted((subject, title) for subject, title in others.items() if subject != AWARENESS)
    is_sent = request.method == "POST"
    form = RequirementForm(
        request.POST if is_sent else None,
        stands=stand_of(row.subject) if row else (),
        initial=first,
        others=choices,
        editions=staff_editions(actor=request.actor),
        is_new=row is None,
        is_of_sessions=row is not None and row.subject == AWARENESS,
    )
    reach = None
    if is_sent and form.is_valid():
        asked = _asked(request, form, row, taken=set(others))
        with told_at(form):
            if "save" in request.POST:
                reason = form.cleaned_data.get("reason", "new")
                set_requirement(actor=request.actor, at=request.at, reason=reason, by_job=True, **asked)
                return _saved(request)
            today = timezone.localdate(request.at)
            reach = preview_requirement(actor=request.actor, today=today, at=request.at, **asked)
    context = {"form": form, "row": row and _told(row), "reach": reach}
    return render(request, "coverage/requirement_form.html", context, status=422 if form.errors else 200)


def _asked(request: DistrictRequest, form: RequirementForm, row: Any, taken: set[str]) -> dict[str, Any]:
    """The terms and their period. What was a mistake is put right for the whole period in which it was asked."""
    given = form.typed()
    starts_on, reason = given.pop("starts_on"), given.pop("reason", "new")
    kept = {"fact_key": row.fact_key} if row else {}
    by_sessions = given.pop("by_sessions")
    named = subject_of_sessions(actor=request.actor, starts_on=starts_on) if by_sessions else None
    subject = row.subject if row else named or _key(given["title_en"], taken)
    if by_sessions and subject != AWARENESS:
        given["also_counts"] = [*given.get("also_counts", []), AWARENESS]
    seen = form.cleaned_data["seen"] if row else seal_of(stand_of(subject))
    asked: dict[str, Any] = {"terms": Terms(subject=subject, **kept, **given), "starts_on": starts_on, "seen": seen}
    if row and reason == MISTAKEN:
        asked |= {"starts_on": row.starts_on, "ends_on": row.ends_on}
    elif row and row.ends_on and starts_on < row.ends_on:  # what follows it was decided apart, and stays
        asked["ends_on"] = row.ends_on
    return asked


def _key(title: str, taken: set[str]) -> str:
    """What the training is called in files and addresses: its English name, with a number where that is taken."""
    plain = slugify(title)[: KEY_LENGTH - 4] or "training"
    tries = [plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in tries if each not in taken)


def _saved(request: DistrictRequest) -> HttpResponse:
    messages.success(request, _("Saved. Everyone's due days are counted again now; this page says how far that is."))
    return HttpResponseRedirect(reverse("coverage:requirements"))


def _told(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "title": _title(row),
        "source": getattr(row, f"source_{_tongue()}"),
        "owner": getattr(row, f"owner_{_tongue()}"),
        "audience": words.AUDIENCES[row.audience],
        "roles": [holders_called(role) for role in row.roles],
        "cadence": words.CADENCES[row.cadence],
        "by_sessions": _by_sessions(row),
        "reason": words.REASONS.get(row.reason, ""),
        "last_day": row.ends_on and row.ends_on - dt.timedelta(days=1),
    }


def _by_sessions(row: Any) -> bool:
    return AWARENESS in (row.subject, *row.also_counts)


def _title(row: Any) -> str:
    return str(getattr(row, f"title_{_tongue()}"))


def _tongue() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"
