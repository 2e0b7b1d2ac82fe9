"""What lists of hours are held against: the hours that stand, and who works on shifts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.imports.content.hours import Standing, site_hours
from upstander.program.imports.content.outcomes import Meaning, Preview
from upstander.program.imports.content.reading import Hours, Line
from upstander.program.imports.policies import PREPARE
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.policies import ON_SHIFTS
from upstander.program.training.selectors.windows import windows_for

PLAN = "training.plan"


def audiences_offered() -> dict[str, Text]:
    """The house's words for who is free, by key."""
    return kind_of(TRAINING).options_of("audience")


def preview_of_hours(
    actor: Actor, lines: list[Line], meaning: Meaning, audience_of: Callable[[Line], str | None], on: dt.date
) -> Preview:
    """What a list of hours would change on this day."""
    sites = sites_for(actor=actor, on=on, capability=PREPARE, active_only=False)
    on_shifts = set(sites.filter(kind__in=ON_SHIFTS).values_list("pk", flat=True))
    return site_hours(lines, meaning, audience_of, _book(actor, on), on_shifts, on)


def _book(actor: Actor, on: dt.date) -> dict[int, list[Standing]]:
    book: dict[int, list[Standing]] = defaultdict(list)
    for row in windows_for(actor=lend(actor, PLAN), on=on):
        if row.site_id is not None:  # the rule of a level gives way to a site's own hours, so it is no contradiction
            hours = Hours(row.audience, row.weekday, row.starts, row.ends, row.most_per_year, row.is_paid_time)
            book[row.site_id].append(Standing(row.ref, hours, row.starts_on, row.ends_on))
    return book
