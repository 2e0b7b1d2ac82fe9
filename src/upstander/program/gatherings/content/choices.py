"""What may be chosen for an evening or a symposium. There is no text to write, so nothing about anyone can be told."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.languages import offered_languages, shipped_languages

OURS = "en"  # whoever needs nothing else asks for nobody
TONGUE_LENGTH = 5
CARERS = [
    ("staff", _("Staff of the school")),
    ("after_school", _("The after-school program")),
    ("licensed", _("A licensed provider")),
    ("volunteers", _("Volunteers who were cleared by the district")),
]
MOST_PLACES, OLDEST = 200, 14
MOST_WANTED = 6  # places that one family asks for at once
NEEDS = [
    ("step_free", _("Step-free way and a place for a wheelchair")),
    ("captions", _("Live captions or a hearing loop")),
    ("large_print", _("Papers in large print")),
    ("quiet", _("A quiet room to step out to")),
    ("near_front", _("A seat near the front")),
    ("vegetarian", _("Food without meat")),
    ("allergy", _("Food for allergies; we ask at the door")),
]
BRINGS = [
    ("room", _("Room")),
    ("speakers", _("Speakers")),
    ("materials", _("Materials")),
    ("interpreters", _("Interpreters")),
    ("food", _("Refreshments")),
    ("volunteers", _("Helping hands")),
    ("funds", _("Funds")),
]
SPOKEN_OF = [
    ("awareness", _("What everybody should know")),
    ("schools", _("What schools can do")),
    ("law", _("Law and reporting")),
    ("services", _("Services and how to reach them")),
    ("healing", _("What helps to heal")),
    ("leading", _("Leading change")),
    ("own_way", _("Their own way, as far as they choose to tell")),
]
BREAKS = [(0, _("As the agenda has it")), (15, _("15 minutes")), (30, _("30 minutes")), (45, _("45 minutes"))]
MOST_GUESTS, MOST_FEE = 2000, 50_000
TITLE_LENGTH, NAME_LENGTH, PLACE_LENGTH = 120, 80, 160


def tongues() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """The languages into which somebody can interpret, for a form."""
    return offered_languages(without=[OURS])


def are_tongues(codes: Iterable[str]) -> bool:
    """Whether somebody can interpret into each of them; also of none."""
    return set(codes) <= shipped_languages().names.keys() - {OURS}
