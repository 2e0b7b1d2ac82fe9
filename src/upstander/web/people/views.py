"""Posts, leaves, names and certificates of one member of staff, entered by those who keep the records."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.district.people.selectors import (
    find_people,
    leaves_of,
    leaves_on,
    person_by_ref,
    posts_ever_of,
    posts_of,
)
from upstander.foundation.kernel.errors import NotFound, Refused
from upstander.program.compliance.selectors.completions import Done, completions_of
from upstander.web.people.forms import FindForm, LeaveForm, NameForm, leave_form, take_back_form
from upstander.web.people.moves import MOVES
from upstander.web.people.posts import HireForm, forms_of_posts, hired, places_of, shown_posts
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import tell, told_at

PAGE = 25
# Moves with a form for each row, and the field that names the row.
ONE_OF = {"correct": "leave", "withdraw": "completion", "post_days": "post", "post_move": "post"}


@needs("people.amend")
@require_safe
def find(request: DistrictRequest) -> HttpResponse:
    """Look for a person, and see who is away."""
    form = FindForm(request.GET or None)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    away = leaves_on(actor=request.actor, on=timezone.localdate(request.at))
    context = {
        "form": form,
        "text": text,
        "may_hire": request.actor.has("people.load"),
        "people": find_people(actor=request.actor, text=text, capability="people.amend", most=PAGE),
        "page": Paginator(away, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "people/find.html", context)


@needs("people.load")
@read_or_send
def hire(request: DistrictRequest) -> HttpResponse:
    """Enter one person who joins the staff."""
    form = HireForm(request.POST if request.method == "POST" else None, places=places_of(request))
    if form.is_valid():
        with told_at(form):
            found = hired(request, form.cleaned_data)
            messages.success(request, _("Welcome to %(name)s.") % {"name": found.full_name})
            return HttpResponseRedirect(reverse("people:person", args=[found.ref]))
    return render(request, "people/hire.html", {"form": form}, status=422 if form.errors else 200)


@needs("people.amend")
@read_or_send
def person(request: DistrictRequest, ref: str) -> HttpResponse:
    """One person: posts, days away, name, completed trainings; each form says by `move` what it does."""
    found = person_by_ref(actor=request.actor, ref=ref, capability="people.amend")
    done, leaves = _completions(request, ref), leaves_of(actor=request.actor, person=found)
    posts = posts_ever_of(actor=request.actor, person=found)
    forms = _forms(request, found, posts, leaves, done)
    if request.method == "POST" and _done(request, found, forms):
        return HttpResponseRedirect(reverse("people:person", args=[ref]))
    today = timezone.localdate(request.at)
    context = {
        "person": found,
        "posts": posts_of(actor=request.actor, on=today, person=found),
        "forms": forms,
        **shown_posts(posts, forms),
        "leaves": [(leave, forms[f"correct:{leave.ref}"]) for leave in leaves],
        "completions": [(row, forms[f"withdraw:{row.ref}"]) for row in done],
    }
    return render(request, "people/person.html", context, status=422 if request.method == "POST" else 200)


def _completions(request: DistrictRequest, ref: str) -> list[Done]:
    """What is on record of them, for who may put it right."""
    if not request.actor.has("completions.record"):
        return []
    return completions_of(actor=request.actor, person_ref=ref, language=get_language() or "en")


def _forms(
    request: DistrictRequest, found: Any, posts: list[Any], leaves: list[Any], done: list[Done]
) -> dict[str, Form]:
    """Every form of the page by its move, and the ref of its row if there is one; what was sent is in its own."""
    move = request.POST.get("move", "")
    name = {"given_name": found.given_name, "family_name": found.family_name}

    def sent(*moves: str) -> Any:
        return request.POST if move in moves else None

    forms: dict[str, Form] = {
        "away": LeaveForm(sent("away")),
        "name": NameForm(sent("name"), initial=name),
        "take_back": Form(sent("take_back")),
        "post_take_back": Form(sent("post_take_back")),
        **forms_of_posts(request, posts),
    }
    for leave in leaves:
        is_sent = move == "correct" and request.POST.get("leave") == leave.ref
        forms[f"correct:{leave.ref}"] = leave_form(request.POST if is_sent else None, leave)
    for row in done:
        is_sent = move == "withdraw" and request.POST.get("completion") == row.ref
        forms[f"withdraw:{row.ref}"] = take_back_form(request.POST if is_sent else None, row.ref)
    return forms


def _done(request: DistrictRequest, found: Any, forms: dict[str, Form]) -> bool:
    """Do what was asked, if its form stands; what is refused is told at its field."""
    move = request.POST.get("move", "")
    row = ONE_OF.get(move)
    form = forms.get(f"{move}:{request.POST.get(row)}" if row else move)
    if move not in MOVES or form is None:
        raise NotFound(move)
    if not form.is_valid():
        return False
    try:
        messages.success(request, MOVES[move](request, found, form.cleaned_data))
    except Refused as refusal:
        tell(form, refusal)
        messages.error(request, str(refusal))
        return False
    return True
