"""What the law asks here: read by a coordinator today, or as it was on an earlier day."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from upstander.program.law.selectors.in_force import law_in_force
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import day_of

HEADINGS = {
    "reporters": _("Who must report"),
    "duties": _("What they owe, and when"),
    "recipients": _("Who takes a report, and who does not"),
    "levels": _("The county’s levels of response"),
    "contents": _("What a report contains"),
    "confidentiality": _("Confidentiality"),
    "immunity": _("Protection of those who report"),
    "situation": _("In particular situations"),
    "online": _("What an online report is good for"),
    "training": _("Training of staff"),
    "education": _("Education of students"),
    "notice": _("Notice to families"),
    "retention": _("How long records are kept"),
}


@needs("law.adopt")
@require_safe
def law(request: DistrictRequest) -> HttpResponse:
    """The layers in force on a day, today unless another is asked for, and what they ask."""
    on = _day(request.GET.get("on", "")) or day_of(request)
    found = law_in_force(actor=request.actor, language=get_language() or "", on=on)
    parts = [(HEADINGS[part.key], [(fact, part.begins.get(fact.key)) for fact in part.facts]) for part in found.parts]
    packs = [(pack, pack.is_overdue(on)) for pack in found.packs]
    return render(request, "guide/law.html", {"on": on, "packs": packs, "parts": parts})


def _day(text: str) -> date | None:
    """A day as a browser's date field writes it; anything else is as good as none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
