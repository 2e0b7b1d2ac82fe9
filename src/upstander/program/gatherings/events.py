"""What the audit keeps about gatherings: refs, counts and choices, never who."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

ARRANGED = declare(
    "gatherings.evening_arranged", _("What an evening carries was settled"), "evening", "care_places", "interpreters"
)
PLACES_WANTED = declare("gatherings.places_wanted", _("A family asked for places"), "care_count", "language")
