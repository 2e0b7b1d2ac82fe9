"""The quiet note on staff pages that the rules in use are due to be looked at again."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from upstander.program.law.selectors import overdue_packs
from upstander.web.shared.access import DistrictRequest


@dataclass(frozen=True, slots=True)
class Note:
    """A place whose rules are past their review, in the page's language."""

    place: str
    review_by: date


def overdue_notes(request: DistrictRequest) -> list[Note]:
    """One note for each law pack in use that is past its review; the pack keeps working."""
    found = overdue_packs(actor=request.actor, on=timezone.localdate(request.at))
    return [Note(one.name.in_language(get_language() or ""), one.review_by) for one in found]
