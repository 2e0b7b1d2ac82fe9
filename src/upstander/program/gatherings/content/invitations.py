"""The invitation to an evening: what, when, where, and what is there for families; never what it is about.

One source for the page, the letter and the message, so that all of them say the same. It is written for a fridge door:
whoever finds it learns that a school invites families, and nothing of anybody's reason to come.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.foundation.kernel.languages import in_order, language_names


@dataclass(frozen=True, slots=True)
class Invitation:
    """One evening as families read of it. `care_left` is how many places in the care are still free."""

    ref: str
    site_name: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    place: tuple[str, ...]
    phone: str
    care_ages: tuple[int, int] | None
    care_left: int
    interpreters: tuple[str, ...]
    has_food: bool
    is_step_free: bool
    is_online: bool
    is_called_off: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the invitation."""

    label: str
    text: str


def title_of(invitation: Invitation) -> str:
    """What the evening is called, everywhere."""
    return _("An evening for families at %(site)s") % {"site": invitation.site_name}


def lead_of() -> str:
    """The one sentence about what happens there."""
    return _("Meet other families and staff, hear what helps our young people stay well, and ask what you like.")


def lines_of(invitation: Invitation) -> list[Line]:
    """When, where and what is there, in the language of this moment."""
    found = [Line(_("When"), when(invitation)), Line(_("Where"), where(invitation))]
    if invitation.care_ages:
        first, last = invitation.care_ages
        ages = _("for ages %(first)s to %(last)s, at no cost, next door") % {"first": first, "last": last}
        found.append(Line(_("Care for little ones"), ages))
    if invitation.interpreters:
        found.append(Line(_("Interpretation"), language_names(in_order(invitation.interpreters))))
    if invitation.has_food and not invitation.is_online:
        found.append(Line(_("Refreshments"), _("There is something to eat and drink.")))
    if invitation.is_step_free and not invitation.is_online:
        found.append(Line(_("Access"), _("The room can be reached without steps.")))
    found.append(Line(_("Cost"), _("None. You need not sign up, and nobody writes down who comes.")))
    if invitation.phone:
        found.append(Line(_("Questions"), _("Call the school: %(phone)s") % {"phone": invitation.phone}))
    return found


def when(invitation: Invitation) -> str:
    """Day and hours."""
    day = date_format(invitation.on, _("l, F j, Y"))
    return f"{day}, {time_format(invitation.starts)} – {time_format(invitation.ends)}"


def where(invitation: Invitation) -> str:
    """The room and the street, or that it is online."""
    return _("Online. The school tells you how to join.") if invitation.is_online else ", ".join(invitation.place)


def message_of(invitation: Invitation, language: str, address: str) -> str:
    """A text for the school's message system, in one language; the first line is the title."""
    with translation.override(language):
        lines = [f"{line.label}: {line.text}" for line in lines_of(invitation)]
        return "\n".join([title_of(invitation), lead_of(), *lines, address])
