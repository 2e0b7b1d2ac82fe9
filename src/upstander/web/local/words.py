"""How the kinds of entries read on a page, and which fields each line of them has."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its heading, the same in a list, the form's first words, fields, a line's name."""

    title: Said
    short: Said
    lead: Said
    fields: tuple[str, ...]
    line: Said


WHO_HINT = _("A person, a post or an office. Never anything about a student.")
KINDS: dict[str, Kind] = {
    "child_welfare": Kind(
        _("Child-welfare numbers"),
        _("Child welfare"),
        _("Numbers of your county’s child-welfare office that stand on the call screen before the county’s own."),
        ("name", "name_es", "phone", "verified_on"),
        _("Number"),
    ),
    "coordinator": Kind(
        _("How to reach the program coordinator"),
        _("Program coordinator"),
        _("Who coordinates is known from the posts. Enter the number that staff may call on a school day."),
        ("name", "name_es", "phone", "verified_on"),
        _("Number"),
    ),
    "region_lead": Kind(
        _("How to reach the region’s Cadre lead"),
        _("Cadre lead"),
        _("Who leads is known from the posts. Enter the number that staff may call on a school day."),
        ("name", "name_es", "phone", "verified_on"),
        _("Number"),
    ),
    "steps": Kind(
        _("Who acts at the school"),
        _("Who acts"),
        _(
            "When exploitation on campus is suspected or confirmed, staff make both calls themselves. Then they "
            "turn to these people, in this order."
        ),
        ("name", "phone", "deputy"),
        _("Person"),
    ),
    "level_name": Kind(
        _("What your district calls this level"),
        _("Name of a level"),
        _("The name changes, the level does not: what it is and what it asks for stay as the county says."),
        ("name", "name_es"),
        _("Name"),
    ),
    "level_steps": Kind(
        _("Who acts at this level"),
        _("Who acts at a level"),
        _("Your county leaves this to the district. Until every level has its people, none is shown to staff."),
        ("name", "name_es", "phone", "deputy"),
        _("Person"),
    ),
}
KINDS["offices"] = Kind(
    _("Where students find help at the school"),
    _("Offices for students"),
    _(
        "Students see these offices on the open pages, by the name of the school and without the topic. Only offices, "
        "their rooms and hours: never a person. You fill it in, and somebody outside the school looks at it."
    ),
    ("office", "room", "open_at"),
    _("Office"),
)
KINDS["families"] = Kind(
    _("Numbers that families may call"),
    _("For families"),
    _(
        "Families read them on the open pages, each under the post that answers and never under a name. Enter "
        "telephones and addresses of the program’s offices only, never somebody’s own."
    ),
    ("post", "phone", "email", "verified_on"),
    _("Number"),
)
# What has a page of its own and is decided like the others.
STATION = Kind(
    _("Station for reports"),
    _("Station for reports"),
    _("The city police or county sheriff’s station that takes a site’s reports."),
    (),
    _("Station"),
)
DECIDED: dict[str, Kind] = {**KINDS, "station": STATION}
LABELS: dict[str, Any] = {
    "name": _("Person, post or office"),
    "name_es": _("The same in Spanish"),
    "phone": _("Phone"),
    "deputy": _("Who stands in"),
    "verified_on": _("Called on"),
    "office": _("Office"),
    "post": _("Who answers"),
    "room": _("Room"),
    "open_at": _("When students can come"),
    "email": _("E-mail address of the post"),
}
LEVEL_LABEL = _("The name in English")
HINTS: dict[str, Any] = {
    "verified_on": _("The day somebody called this number and reached the right office."),
    "email": _("One that stays when people change. Leave it empty where there is none."),
    "room": _("Its number, for instance “B12”. Leave it empty where there is none."),
}
STATION_KINDS = (("city_police", _("City police")), ("county_sheriff", _("County sheriff")))
TONES = {"proposed": "waits", "corrected": "waits", "in_force": "good", "refused": "stops"}
