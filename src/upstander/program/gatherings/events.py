"""What the audit keeps about gatherings: refs, counts and choices, never who."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

ARRANGED = declare(
    "gatherings.evening_arranged", _("What an evening carries was settled"), "evening", "care_places", "interpreters"
)
PLACES_WANTED = declare("gatherings.places_wanted", _("A family asked for places"), "care_count", "language")
SYMPOSIUM_MADE = declare("gatherings.symposium_made", _("A symposium was begun"), "on", "capacity", "request")
SYMPOSIUM_CHANGED = declare(
    "gatherings.symposium_changed", _("Day, place or size of a symposium was changed"), "is_told", "moved_up_count"
)
SYMPOSIUM_MOVED = declare(
    "gatherings.symposium_moved", _("A symposium was published, closed, held or cancelled"), "move", "told_count"
)
PART_ADDED = declare("gatherings.part_added", _("A symposium got one part more"), "part", "kind")
PART_REMOVED = declare("gatherings.part_removed", _("A part of a symposium was taken out"), "part", "kind")
SPEAKER_SETTLED = declare("gatherings.speaker_settled", _("What was agreed with a speaker was noted"), "speaker", "fee")
SPEAKER_PAID = declare("gatherings.speaker_paid", _("A payment to a speaker was noted"), "speaker", "amount")
GUEST_ASKED = declare("gatherings.guest_asked", _("A guest was sent a link to prove an address"))
GUEST_PROVED = declare("gatherings.guest_proved", _("A guest signed up"), "guest", "state")
GUEST_WITHDREW = declare("gatherings.guest_withdrew", _("A guest gave a place back"), "guest", "moved_up_count")
GUEST_CAME = declare("gatherings.guest_came", _("Who came to a symposium was noted"), "guest", "is_here")
GUESTS_FORGOTTEN = declare(
    "gatherings.guests_forgotten", _("Guests of past symposiums were erased"), "guests", "unproven"
)
