"""The door of a symposium: who signed up, ticked off one by one, with the numbers; and the list as a file."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upstander.foundation.kernel.languages import language_name
from upstander.program.gatherings.content.choices import NEEDS
from upstander.program.gatherings.selectors.symposiums import guests_of, numbers_of, symposium_managed
from upstander.program.gatherings.services.guests import note_came
from upstander.program.gatherings.states import PLACE_WORDS, Place
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv
from upstander.web.shared.steps import pressed, take


@needs("gatherings.manage")
@require_safe
def door(request: DistrictRequest, ref: str) -> HttpResponse:
    """The list at the door."""
    found = symposium_managed(actor=request.actor, ref=ref)
    needed = dict(NEEDS)
    guests = list(guests_of(actor=request.actor, symposium=found))
    lines = [
        (each, PLACE_WORDS[Place(each.state)], ", ".join(str(needed[key]) for key in each.needs)) for each in guests
    ]
    context = {"found": found, "lines": lines, "numbers": numbers_of(actor=request.actor, symposium=found)}
    return render(request, "gatherings/door.html", context)


@needs("gatherings.manage")
@require_POST
def came(request: DistrictRequest, ref: str) -> HttpResponse:
    """Tick one guest off, or take the tick back."""
    is_here, guest = pressed(request, "is_here", {"yes", "no"}) == "yes", request.POST.get("guest", "")
    told: dict[str, Any] = {"ref": ref, "guest_ref": guest, "is_here": is_here, "at": request.at}
    take(request, lambda: note_came(actor=request.actor, **told), _("Noted."))
    return HttpResponseRedirect(reverse("gatherings:door", args=[ref]) + f"#{guest}")


@needs("gatherings.manage")
@require_safe
def export(request: DistrictRequest, ref: str) -> HttpResponse:
    """The list with who came, for a spreadsheet."""
    found = symposium_managed(actor=request.actor, ref=ref)
    needed = dict(NEEDS)
    head = [_("Name"), _("Organization"), _("State"), _("Came at"), _("Interpretation"), _("Needs")]
    rows = (
        [
            each.name,
            each.organization,
            PLACE_WORDS[Place(each.state)],
            timezone.localtime(each.came_at).strftime("%H:%M") if each.came_at else "",
            language_name(each.interpreter) if each.interpreter else "",
            ", ".join(str(needed[key]) for key in each.needs),
        ]
        for each in guests_of(actor=request.actor, symposium=found)
    )
    return as_csv("guests.csv", head, rows)
