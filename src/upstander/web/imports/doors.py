"""Posts of a list that open doors, as the preview asks about them."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.district.access.policies import ROLE_OF_POST
from upstander.district.people.content import holders_called, post_called
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.doors import staff_of, waiting_in
from upstander.program.imports.content.outcomes import Change, Preview
from upstander.program.imports.policies import may_vouch
from upstander.web.imports.words import ABLE


class Door(NamedTuple):
    """One question: what a yes sends, the post or posts in words, what their holders will be able to do."""

    value: str
    label: str
    able: str | Promise
    may_say_yes: bool


def doors_of(actor: Actor, preview: Preview) -> list[Door]:
    """Each post of a region or the district by itself; those that people hold at their own site by their kind."""
    at_sites: dict[str, int] = {}
    doors = []
    for key, change in waiting_in(preview).items():
        role = staff_of(change).role
        if change.target > 0:
            at_sites[role] = at_sites.get(role, 0) + 1
        else:
            doors.append(Door(key, _one(change), ABLE[ROLE_OF_POST[role]], may_vouch(actor, role)))
    return doors + [
        Door(role, _many(role, count), ABLE[ROLE_OF_POST[role]], may_vouch(actor, role))
        for role, count in at_sites.items()
    ]


def keys_meant(waiting: Mapping[str, Change], values: Collection[str]) -> list[str]:
    """The keys of the posts that these answers mean; an answer to none of them stays, and is refused."""
    roles = {staff_of(change).role for change in waiting.values()}
    at_sites = [key for key, change in waiting.items() if change.target > 0 and staff_of(change).role in values]
    return [*at_sites, *(value for value in values if value not in roles)]


def _one(change: Change) -> str:
    staff = staff_of(change)
    told = {"name": f"{staff.given} {staff.family}".strip(), "number": staff.number}
    return _("%(name)s (%(number)s): %(post)s, %(place)s") % {
        **told,
        "post": post_called(staff.role),
        "place": change.name,
    }


def _many(role: str, count: int) -> str:
    says = ngettext("%(count)d post at a site: %(posts)s", "%(count)d posts, each at its own site: %(posts)s", count)
    return says % {"count": count, "posts": holders_called(role)}
