"""What of a district's own words waits for one person to review, of whichever kind it is."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.program.library.selectors.campaigns import campaigns_to_decide
from upstander.program.library.selectors.drafts import pages_to_decide
from upstander.program.library.selectors.passages import words_to_decide


def waits_since(*, actor: Actor, on: dt.date) -> dt.datetime | None:
    """Since when the newest passage, campaign or page waits for this very person on a day; None where none does."""
    moments = [each.row.entered_at for each in words_to_decide(actor=actor, on=on)]
    moments += [each.row.entered_at for each in campaigns_to_decide(actor=actor, on=on)]
    moments += [page.since for page in pages_to_decide(actor=actor, on=on)]
    return max(moments, default=None)
