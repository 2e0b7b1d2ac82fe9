"""Posts of a list that open doors, as the preview asks about them."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.district.access.policies import ROLE_OF_POST
from upstander.district.people.content import holders_called, post_called
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.doors import digest_of, staff_of, waiting_in
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
    waiting = waiting_in(preview)
    single = [(key, staff_of(change).role, _one(change)) for key, change in waiting.items() if change.target <= 0]
    kinds = [(value, role, _many(role, len(keys))) for value, (role, keys) in _at_sites(waiting).items()]
    return [
        Door(value, label, ABLE[ROLE_OF_POST[role]], may_vouch(actor, role)) for value, role, label in single + kinds
    ]


def keys_meant(waiting: Mapping[str, Change], values: Collection[str]) -> list[str]:
    """The keys of the posts that these answers mean; an answer to none of them stays, and is refused.

    So is an answer to a kind of post when other ones of it wait by now: a yes means the posts that somebody saw.
    """
    kinds = _at_sites(waiting)
    return [key for value in values for key in (kinds[value][1] if value in kinds else [value])]


def _at_sites(waiting: Mapping[str, Change]) -> dict[str, tuple[str, list[str]]]:
    """By what a yes sends, the kinds of post that people hold at their own site, each with the keys that wait."""
    found: dict[str, list[str]] = {}
    for key, change in waiting.items():
        if change.target > 0:
            found.setdefault(staff_of(change).role, []).append(key)
    return {f"{role}-{digest_of(sorted(keys))}": (role, keys) for role, keys in found.items()}


def _one(change: Change) -> str:
    staff = staff_of(change)
    told = {"name": f"{staff.given} {staff.family}".strip(), "number": staff.number, "post": post_called(staff.role)}
    says = _("%(name)s (%(number)s): %(post)s, %(place)s") % {**told, "place": change.name}
    return f"{says}, {staff.email}" if staff.email else says


def _many(role: str, count: int) -> str:
    says = ngettext("%(count)d post at a site: %(posts)s", "%(count)d posts, each at its own site: %(posts)s", count)
    return says % {"count": count, "posts": holders_called(role)}
