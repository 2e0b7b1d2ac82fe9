"""What the staff navigation offers. Data: one line per place, shown to those whose grants open it."""

import enum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor

# Law 1: "I'm worried about a student" never waits for a route table, so its address is written out.
CALL_ADDRESS = "/{language}/guide/call/"


class Group(enum.IntEnum):
    """What a place is about: so the places behind "More" are found by reading a few words."""

    TRAINING = enum.auto()
    CONCERN = enum.auto()
    DISTRICT = enum.auto()
    OWN = enum.auto()


GROUPS = {
    Group.TRAINING: _("Training"),
    Group.CONCERN: _("Worried about a student"),
    Group.DISTRICT: _("Your district"),
    Group.OWN: _("You"),
}


class Place(NamedTuple):
    """A line of the navigation: any one of the capabilities opens it."""

    route: str
    name: str | Promise
    capabilities: tuple[str, ...]
    group: Group = Group.TRAINING


class Shown(NamedTuple):
    """A place as drawn for one person on one page."""

    href: str
    name: str
    current: bool
    group: Group


class Bar(NamedTuple):
    """The navigation of one page: what stands in the row, what opens behind "More", and whether one is there."""

    row: list[Shown]
    more: list[Shown]

    @property
    def is_in_more(self) -> bool:
        return any(place.current for place in self.more)

    @property
    def groups(self) -> list[tuple[str | Promise, list[Shown]]]:
        """The places behind "More", each group under its name."""
        by_group = sorted(self.more, key=lambda place: place.group)
        return [(GROUPS[group], list(places)) for group, places in groupby(by_group, key=lambda place: place.group)]


REVIEWS = ("pages.review_legal", "pages.review_lived", "pages.review_language")
PLACES: tuple[Place, ...] = (
    Place("staff:home", _("Today"), ("staff.home",)),
    Place("training:requests", _("Requests"), ("training.request",)),
    Place("training:queue", _("Queue"), ("training.coordinate",)),
    Place("plans:plans", _("Year plan"), ("training.plan",)),
    Place("training:mine", _("My sessions"), ("training.own_calendar",), Group.OWN),
    Place("cadre:my_time", _("My time"), ("training.own_calendar",), Group.OWN),
    Place("cadre:consultations", _("Consultations"), ("training.own_calendar",), Group.OWN),
    Place("coverage:board", _("Coverage"), ("coverage.read",)),
    Place("reminders:schedule", _("Reminders"), ("requirements.manage",)),
    Place("training:sessions", _("Sessions"), ("training.coordinate",)),
    Place("cadre:cadre", _("Cadre"), ("training.coordinate",)),
    Place("guide:staff_first", _("What I noticed"), ("guide.staff_door",), Group.CONCERN),
    Place("cards:staff_index", _("Cards"), ("guide.staff_door",), Group.CONCERN),
    Place("guide:practice", _("Practice"), ("guide.staff_door",), Group.CONCERN),
    Place("report:start", pgettext_lazy("place", "Help with your report"), ("guide.staff_door",), Group.CONCERN),
    Place("training:offerings", _("Offerings"), ("training.follow", "training.own_calendar")),
    Place("gatherings:evenings", _("Evenings"), ("training.follow",)),
    Place("gatherings:symposiums", _("Symposiums"), ("gatherings.manage",)),
    Place("materials:catalogue", _("Materials"), ("materials.manage",)),
    Place("materials:wishes", _("Wish list"), ("materials.manage",)),
    Place("materials:recalls", _("Copies to take away"), ("training.follow",)),
    Place("campaigns:index", _("Campaigns"), ("campaigns.join", *REVIEWS)),
    Place("directory:entries", _("Directory"), ("directory.edit",), Group.DISTRICT),
    Place("directory:units", _("Department units"), ("training.follow",), Group.CONCERN),
    Place("proof:own", _("My certificates"), ("proof.own",), Group.OWN),
    Place("cadre:calendars", _("Calendars"), ("training.own_calendar", "training.request"), Group.OWN),
    Place("places:sites", _("Schools and sites"), ("places.read",), Group.DISTRICT),
    Place("places:years", _("School years"), ("places.manage",), Group.DISTRICT),
    Place("people:find", _("People and posts"), ("people.amend",), Group.DISTRICT),
    Place("imports:start", _("Spreadsheets"), ("ledger.prepare",), Group.DISTRICT),
    Place("local:overview", _("What your district says"), ("local.propose", "local.sign"), Group.DISTRICT),
    Place("editor:index", _("Words on pages"), ("pages.edit", "pages.vet", *REVIEWS), Group.DISTRICT),
    Place("facts:facts", _("Numbers and facts"), ("facts.edit", "facts.sign"), Group.DISTRICT),
    Place("guide:doors", _("Staff doors"), ("guide.open_door",), Group.DISTRICT),
    Place("guide:rule", _("Local rule"), ("law.adopt",), Group.DISTRICT),
    Place("outbox:trouble", _("Mail that did not arrive"), ("notices.resend",), Group.DISTRICT),
    Place("outbox:sent", _("Sent mail"), ("notices.read",), Group.DISTRICT),
)
MOST_IN_A_ROW = 5  # more than these go behind "More": a wrapped bar is read by nobody


def places_for(actor: Actor, path: str) -> Bar:
    """The places that the actor may enter, most used first. The longest address that begins the path is current."""
    open_places = [
        (place, address, name)
        for place, address, name in _told(get_language())
        if any(map(actor.has, place.capabilities))
    ]
    here = max((address for _, address, _ in open_places if path.startswith(address)), key=len, default="")
    shown = [Shown(address, name, address == here, place.group) for place, address, name in open_places]
    most = MOST_IN_A_ROW if len(shown) > MOST_IN_A_ROW + 1 else len(shown)
    return Bar(shown[:most], shown[most:])


@cache
def _told(_language: str | None) -> list[tuple[Place, str, str]]:
    """Each place with its address and name in the active language: looked up once a process, not on every page."""
    return [(place, reverse(place.route), str(place.name)) for place in PLACES]
