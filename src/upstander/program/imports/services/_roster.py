"""Posts of a list of the staff, begun, ended and taken back; the people's own services say what may be."""

import datetime as dt
from collections.abc import Iterable

from upstander.district.people.models import Post
from upstander.district.people.policies import needs_to_give
from upstander.district.people.services import RosterRow, load_roster, take_back_roster
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.doors import staff_of
from upstander.program.imports.content.outcomes import Change
from upstander.program.imports.content.roster import A_DAY, in_region
from upstander.program.imports.models import Import, ImportResult

LANGUAGE = "en"  # of letters to somebody new, until they say otherwise


def record_roster(actor: Actor, writes: list[Change], at: dt.datetime) -> list[str]:
    """Begin new posts, of people who may be new, and end others; the refs in the order of `writes`.

    Whoever may give a post that opens doors has said yes to it: what giving it takes is lent to who applies the list.
    """
    actor = _lent(actor, [staff_of(change).role for change in writes])
    rows = [_row(change) for change in writes if not change.old_ref]
    ends = {change.old_ref: change.line.until + A_DAY for change in writes if change.old_ref and change.line.until}
    loaded = load_roster(actor=actor, rows=rows, ends=ends, at=at)
    began, ended = iter(loaded.began), iter(loaded.ended)
    return [next(ended) if change.old_ref else next(began) for change in writes]


def take_back_posts(actor: Actor, load: Import, at: dt.datetime) -> None:
    """Posts that the list began never were, those it ended go on as before. Raises WrongState if changed since."""
    results = dict(ImportResult.objects.filter(load=load).order_by("pk").values_list("made_ref", "replaced_ref"))
    before = dict(Post.objects.filter(ref__in=filter(None, results.values())).values_list("ref", "ends_on"))
    began = [made for made, replaced in results.items() if not replaced]
    ended = {made: before[replaced] for made, replaced in results.items() if replaced}
    # What the list began with two people's yes it takes back for the one who may undo lists.
    actor = _lent(actor, Post.objects.filter(ref__in=began).values_list("role", flat=True))
    take_back_roster(actor=actor, began=began, ended=ended, at=at)


def _lent(actor: Actor, roles: Iterable[str]) -> Actor:
    return lend(actor, *{capability for role in roles for capability in needs_to_give(role)})


def _row(change: Change) -> RosterRow:
    line, staff = change.line, staff_of(change)
    assert line.day, "a post without a first day is never new"
    return RosterRow(
        staff_number=staff.number,
        given_name=staff.given,
        family_name=staff.family,
        email=staff.email,
        language=LANGUAGE,
        role=staff.role,
        site_id=change.target if change.target > 0 else None,
        region_id=in_region(change.target) if change.target < 0 else None,
        starts_on=line.day,
        ends_on=line.until + A_DAY if line.until else None,
    )
