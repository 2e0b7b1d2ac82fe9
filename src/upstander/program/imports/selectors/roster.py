"""What lists of the staff are held against: everybody's name and posts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from django.utils.translation import gettext as _

from upstander.district.people.selectors import everyone, posts_known
from upstander.district.places.selectors import regions_on
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.columns import Choice
from upstander.program.imports.content.matching import Target
from upstander.program.imports.content.outcomes import Meaning, Preview
from upstander.program.imports.content.reading import Line, Reading
from upstander.program.imports.content.roster import Held, Staffing, in_region, roster
from upstander.program.imports.models import Import
from upstander.program.imports.policies import PREPARE
from upstander.program.imports.selectors.days import whole_district


def preview_of_roster(
    actor: Actor,
    load: Import,
    reading: Reading,
    meaning: Meaning,
    role_of: Callable[[Line], str | None],
    choice: Choice,
    on: dt.date,
) -> Preview:
    """What a list of the staff would change on this day. It ends nobody's post while cells of it cannot be read."""
    ends_on = on if choice.is_complete and not reading.problems else None
    return roster(reading.lines, meaning, role_of, _staffing(actor, load), choice.since_on, ends_on)


def regions_named(actor: Actor, on: dt.date) -> list[Target]:
    """The regions of the day, as places of posts."""
    regions = regions_on(actor=actor, on=on)
    return [Target(in_region(region.pk), region.ref, "", region.name, _("Region")) for region in regions]


def _staffing(actor: Actor, load: Import) -> Staffing:
    names = {number: name for _pk, _ref, number, name in everyone(actor=actor, capability=PREPARE)}
    posts: dict[str, list[Held]] = defaultdict(list)
    district = whole_district()
    for post in posts_known(actor=actor):
        place = in_region(post.region_id) if post.region_id else post.site_id or district.id
        where = (post.site or post.region or district).name
        posts[post.person.staff_number].append(Held(post.ref, post.role, place, post.starts_on, post.ends_on, where))
    return Staffing(names, posts, load.vouched)
