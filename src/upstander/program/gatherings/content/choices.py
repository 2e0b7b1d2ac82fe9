"""What may be chosen for an evening or a symposium. There is no text to write, so nothing about anyone can be told."""

from django.utils.translation import gettext_lazy as _

TONGUES = [
    ("es", _("Spanish")),
    ("ase", _("American Sign Language")),
    ("ar", _("Arabic")),
    ("hy", _("Armenian")),
    ("zh", _("Chinese")),
    ("fa", _("Farsi")),
    ("tl", _("Filipino")),
    ("ko", _("Korean")),
    ("pa", _("Punjabi")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("vi", _("Vietnamese")),
]
TONGUE_LENGTH = 5
CARERS = [
    ("staff", _("Staff of the school")),
    ("after_school", _("The after-school program")),
    ("licensed", _("A licensed provider")),
    ("volunteers", _("Volunteers who were cleared by the district")),
]
MOST_PLACES, OLDEST = 200, 14
MOST_WANTED = 6  # places that one family asks for at once
