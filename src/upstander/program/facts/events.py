"""What the audit keeps about facts, and who hears of a change."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare
from upstander.foundation.kernel.changes import Change

LOADED = declare("facts.loaded", _("Facts were loaded"), "added", "changed", "removed", "unchanged")
CORRECTED = declare("facts.corrected", _("One person corrected a shared fact at once"), "reason")
CHECKED = declare("facts.checked", _("A shared fact was read again and is right"), "reason")
CONFIRMED = declare("facts.confirmed", _("A second person confirmed a corrected fact"), "reason")
TAKEN_BACK = declare("facts.taken_back", _("The correction of a fact was taken back"), "reason")
KEPT = declare("facts.kept", _("A correction was kept over a new edition"), "reason")
EDITION_TAKEN = declare("facts.edition_taken", _("A new edition took the place of a correction"), "reason")
WEEK_TOLD = declare("facts.week_told", _("Who answers for facts was told of the week"), "count")

# Told when something else is shown of a fact in the actor's district. Whoever keeps a page, a copy or a
# stack of printed cards listens.
CHANGED = Change()
