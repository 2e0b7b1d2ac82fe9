"""What lists of the staff are held against: everybody's name and posts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from upstander.district.people.selectors import everyone, posts_known
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.columns import Choice
from upstander.program.imports.content.outcomes import Meaning, Preview
from upstander.program.imports.content.reading import Line, Reading
from upstander.program.imports.content.roster import Held, Staffing, roster
from upstander.program.imports.selectors.days import whole_district
from upstander.program.imports.selectors.imports import IMPORT


def preview_of_roster(
    actor: Actor, reading: Reading, meaning: Meaning, role_of: Callable[[Line], str | None], choice: Choice, on: dt.date
) -> Preview:
    """What a list of the staff would change on this day. It ends nobody's post while cells of it cannot be read."""
    ends_on = on if choice.is_complete and not reading.problems else None
    return roster(reading.lines, meaning, role_of, _staffing(actor), choice.since_on, ends_on)


def _staffing(actor: Actor) -> Staffing:
    names = {number: name for _pk, _ref, number, name in everyone(actor=actor, capability=IMPORT)}
    posts: dict[str, list[Held]] = defaultdict(list)
    district = whole_district()
    for post in posts_known(actor=actor):
        place = None if post.region_id else post.site_id or district.id
        where = post.site.name if post.site else district.name
        posts[post.person.staff_number].append(Held(post.ref, post.role, place, post.starts_on, post.ends_on, where))
    return Staffing(names, posts)
