"""The second person: old and new side by side, sign or refuse; and a wrong number, put right at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.law import policies, states
from upstander.program.law.selectors import entries as selectors
from upstander.program.law.services import corrections
from upstander.program.law.services import local as services
from upstander.web.local.forms import NumberForm
from upstander.web.local.views import today
from upstander.web.local.words import DECIDED
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send

Step = Callable[..., None]
# What a button sends -> the service, and the sentence afterwards.
STEPS: dict[str, tuple[Step, str | Promise]] = {
    "refuse": (services.refuse_entry, gettext_lazy("Refused. What was in force stays in force.")),
    "withdraw": (services.withdraw_entry, gettext_lazy("Taken back. What was in force stays in force.")),
    "confirm": (corrections.confirm_correction, gettext_lazy("Confirmed. Thank you for looking.")),
    "take_back": (corrections.take_correction_back, gettext_lazy("Taken back. The number before it stands again.")),
}


@needs("local.propose", "local.sign")
@read_or_send
def decide(request: DistrictRequest, ref: str) -> HttpResponse:
    """One change: what is in force beside what would be, and the buttons of whoever may decide."""
    if request.method == "POST":
        return _take(request, ref)
    return render(request, "local/decide.html", _told(request, ref))


@needs("local.propose")
@read_or_send
def number(request: DistrictRequest, ref: str, position: int) -> HttpResponse:
    """Put a wrong number right at once, or say that it was called and is right."""
    entry = selectors.entry_to_correct(actor=request.actor, ref=ref, on=today(request))
    lines = selectors.own_of(entry).lines
    if position >= len(lines):
        raise NotFound(ref)
    known = {"phone": lines[position].phone}
    is_right = request.POST.get("move") == "right"
    form = NumberForm(known if is_right else request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        phone = " ".join(form.cleaned_data["phone"].split())
        try:
            corrections.correct_phone(actor=request.actor, ref=ref, position=position, phone=phone, at=request.at)
        except (Invalid, WrongState) as refusal:
            form.add_error("phone", str(refusal))
        else:
            messages.success(request, _said_after(phone, lines[position].phone))
            return HttpResponseRedirect(reverse("local:overview"))
    context = {"form": form, "line": lines[position], "kind": DECIDED[entry.kind], "entry": entry}
    return render(request, "local/number.html", context, status=422 if form.errors else 200)


def _said_after(phone: str, before: str) -> str:
    if phone == before:
        return _("Thank you. The number counts as checked today.")
    return _("The right number is in force now. A second person looks at it afterwards.")


def _take(request: DistrictRequest, ref: str) -> HttpResponse:
    move, asked = request.POST.get("move", ""), {"actor": request.actor, "ref": ref, "at": request.at}
    try:
        if move == "sign":
            services.sign_entry(over=request.POST.get("over", ""), **asked)
            messages.success(request, _("Signed. It is in force now."))
        elif move in STEPS:
            step, said = STEPS[move]
            step(**asked)
            messages.success(request, str(said))
    except (Invalid, WrongState) as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("local:decide", args=[ref]))
    return HttpResponseRedirect(reverse("local:overview"))


def _told(request: DistrictRequest, ref: str) -> dict[str, Any]:
    on, actor = today(request), request.actor
    entry = selectors.entry_by_ref(actor=actor, ref=ref, on=on)
    over, old = selectors.seen_before(actor=actor, entry=entry)
    is_own = entry.proposed_by_id == actor.account_id
    return {
        "entry": entry,
        "kind": DECIDED[entry.kind],
        "over": over,
        "old": old,
        "new": selectors.own_of(entry).lines,
        "is_own": is_own,
        "can_decide": not is_own and entry.state in states.WAITS and policies.may_sign(actor, entry, on),
    }
