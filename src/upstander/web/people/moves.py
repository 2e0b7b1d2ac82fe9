"""What can be done on a person's page: one call of one service each, and the sentence that confirms it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.district.people.services import correct_leave, put_on_leave, take_back_leave
from upstander.program.compliance.services import correct_completion, rename_and_reissue
from upstander.web.people.posts import POST_MOVES
from upstander.web.shared.access import DistrictRequest

Given = Mapping[str, Any]


def _away(request: DistrictRequest, person: Any, given: Given) -> str:
    days = (person.pk, given["starts_on"], given["ends_on"])
    put_on_leave(actor=request.actor, leaves=[days], at=request.at)
    return _("Noted. What is due waits, and no reminder goes out meanwhile.")


def _correct(request: DistrictRequest, person: Any, given: Given) -> str:
    correct_leave(actor=request.actor, ref=request.POST["leave"], at=request.at, **given)
    return _("The days are corrected, and what is due with them.")


def _take_back(request: DistrictRequest, person: Any, given: Given) -> str:
    take_back_leave(actor=request.actor, ref=request.POST.get("leave", ""), at=request.at)
    return _("The leave is taken back, as if it had not been entered.")


def _name(request: DistrictRequest, person: Any, given: Given) -> str:
    count = rename_and_reissue(actor=request.actor, ref=person.ref, at=request.at, **given)
    if not count:
        return _("The name is saved.")
    return ngettext(
        "The name is saved. %(count)s certificate was issued anew.",
        "The name is saved. %(count)s certificates were issued anew.",
        count,
    ) % {"count": count}


def _withdraw(request: DistrictRequest, person: Any, given: Given) -> str:
    if correct_completion(actor=request.actor, ref=request.POST["completion"], at=request.at, **given):
        return _("The completion is recorded anew for the right day, and its certificate, if it had one, issued anew.")
    return _("The completion is taken back. If it had a certificate, that no longer stands.")


MOVES: Mapping[str, Callable[[DistrictRequest, Any, Given], str]] = {
    "away": _away,
    "correct": _correct,
    "take_back": _take_back,
    "name": _name,
    "withdraw": _withdraw,
    **POST_MOVES,
}
