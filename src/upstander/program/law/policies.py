"""Who may propose and who may sign what, and what a line of the district's own layer may look like."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from upstander.district.places.models import Region, Site
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, refuse
from upstander.program.facts.policies import today as today
from upstander.program.law.content import Line
from upstander.program.law.content.families import post_key
from upstander.program.law.content.offices import OPEN, is_room, office_key
from upstander.program.law.content.typed import (
    is_mail,
    is_name,
    is_phone,
    is_policy_number,
    is_public_address,
    is_school_police,
)
from upstander.program.law.models import MAIL_LENGTH, NAME_LENGTH, LocalEntry, PolicyVersion

Kind = LocalEntry.Kind
# How many lines each kind takes at most, and whether every line must be a number that somebody has called.
MOST_LINES = {
    Kind.CHILD_WELFARE: 3,
    Kind.COORDINATOR: 1,
    Kind.REGION_LEAD: 1,
    Kind.STEPS: 6,
    Kind.LEVEL_NAME: 1,
    Kind.LEVEL_STEPS: 6,
    Kind.STATION: 1,
    Kind.OFFICES: 8,
    Kind.FAMILIES: 3,
}
CONTACTS = frozenset({Kind.CHILD_WELFARE, Kind.COORDINATOR, Kind.REGION_LEAD, Kind.FAMILIES})
IN_A_REGION = frozenset({Kind.REGION_LEAD, Kind.FAMILIES})
LEVELS = frozenset({Kind.LEVEL_NAME, Kind.LEVEL_STEPS})


def is_of_a_region(kind: str, region_ref: str) -> bool:
    """Whether an entry of this kind belongs to a region: what families may call stands for headquarters, too."""
    return kind in IN_A_REGION and (kind == Kind.REGION_LEAD or bool(region_ref))


def place_of_thing(actor: Actor, site: Site | None, region: Region | None, on: dt.date) -> Place:
    """Where an entry belongs: at its site, in its region, or in the whole district."""
    if site is not None:
        return place_of(actor=actor, site=site, on=on)
    return Place(actor.district_id, region.pk if region else None)


def may_propose(actor: Actor, site: Site | None, region: Region | None, on: dt.date) -> bool:
    """Whether the actor may say something about the site, the region, or without either the whole district."""
    try:
        require(actor, "local.propose", place_of_thing(actor, site, region, on))
    except NotAllowed:
        return False
    return True


def speaks_for_site(actor: Actor, site: Site) -> bool:
    """Whether the actor answers for the very site: only its own people say where its students find help."""
    return site.pk in scope(actor, "local.propose").site_ids


def may_sign(actor: Actor, entry: LocalEntry, on: dt.date) -> bool:
    """Whether the entry is in the actor's reach to sign; that they did not propose it is asked apart.

    What holds for the whole district holds in each region too, so a region's lead may be its second pair of eyes. The
    offices for students are filled in at the school and looked at by somebody outside it.
    """
    reach = scope(actor, "local.sign")
    if reach.everywhere or (entry.site_id in reach.site_ids and entry.kind != Kind.OFFICES):
        return True
    if entry.site is None and entry.region is None:
        return may_sign_for_district(actor)
    return place_of_thing(actor, entry.site, entry.region, on).region_id in reach.region_ids


def may_sign_for_district(actor: Actor) -> bool:
    """Whether the actor may be the second person for what holds in the whole district."""
    reach = scope(actor, "local.sign")
    return reach.everywhere or bool(reach.region_ids)


def check_lines(kind: str, lines: Sequence[Line], on: dt.date, *, excluded: Collection[str] | None) -> None:
    """Raise Invalid, naming the field ("phone_1" for the second line), for all that lines may not be.

    `excluded` are the names of the police that takes no report here; None where the law excludes none.
    """
    if len(lines) > MOST_LINES[Kind(kind)]:
        raise Invalid(
            _("There are more lines than fit on a phone’s screen. Keep the first %(most)s.")
            % {"most": MOST_LINES[Kind(kind)]}
        )
    refuse(_of_lines(kind, lines, on, excluded))


def _of_lines(kind: str, lines: Sequence[Line], on: dt.date, excluded: Collection[str] | None) -> Iterator[Invalid]:
    if kind == Kind.OFFICES:
        yield from _of_offices(lines)
        return
    if kind == Kind.FAMILIES:
        yield from _of_posts(lines)
    for position, line in enumerate(lines):
        if kind != Kind.FAMILIES:
            yield from _of_names(line, position, excluded)
        yield from _of_number(kind, line, position, on)
    if kind == Kind.STEPS and lines and not lines[0].phone:
        yield Invalid(_("The first person to act needs a phone number."), "phone_0")


def _of_offices(lines: Sequence[Line]) -> Iterator[Invalid]:
    for position, line in enumerate(lines):
        if not office_key(line.name):
            yield Invalid(_("Please choose one of the offices."), f"office_{position}")
        if line.room and not is_room(line.room):
            yield Invalid(_("Write the room’s number only, for instance “B12”."), f"room_{position}")
        if line.open_at not in OPEN:
            yield Invalid(_("When can students come? Please choose."), f"open_at_{position}")
        if line.phone or line.deputy or line.verified_on:
            yield Invalid(_("An office has a room and hours here, nothing else."), f"office_{position}")


def _of_posts(lines: Sequence[Line]) -> Iterator[Invalid]:
    """Each line is a post of the closed list, and each post stands there once: there is no room for a name."""
    posts = [post_key(line.name) for line in lines]
    for position, (line, post) in enumerate(zip(lines, posts, strict=True)):
        if not post or line.deputy:
            yield Invalid(_("Please choose one of the posts."), f"post_{position}")
        elif post in posts[:position]:
            yield Invalid(_("This post has a number above already."), f"post_{position}")
        if line.email and (len(line.email) > MAIL_LENGTH or not is_mail(line.email)):
            yield Invalid(_("Write an e-mail address, for instance team@example.org."), f"email_{position}")


def _of_names(line: Line, position: int, excluded: Collection[str] | None) -> Iterator[Invalid]:
    spanish = line.name.es if line.name.es != line.name.en else ""  # one name in both languages is refused once
    for field, name in (("name", line.name.en), ("name_es", spanish), ("deputy", line.deputy)):
        if name and (len(name) > NAME_LENGTH or not is_name(name)):
            sentence = _("Write only the name of a person, a post or an office, for instance “Front office”.")
            yield Invalid(sentence, f"{field}_{position}")
        elif name and excluded is not None and is_school_police(name, excluded):
            yield Invalid(_("School police cannot take this report, so they cannot stand here."), f"{field}_{position}")
    if not line.name.en:
        yield Invalid(_("Who is it? Give a name, a post or an office."), f"name_{position}")


def _of_number(kind: str, line: Line, position: int, on: dt.date) -> Iterator[Invalid]:
    if line.phone and not is_phone(line.phone):
        yield Invalid(_("Write a phone number, for instance (650) 555-0110."), f"phone_{position}")
    if kind not in CONTACTS and kind != Kind.STATION:
        return
    if not line.phone:
        yield Invalid(_("A contact without a number helps nobody."), f"phone_{position}")
    if line.verified_on is None or line.verified_on > on:
        yield Invalid(
            _("Give the day on which somebody called this number, today at the latest."), f"verified_on_{position}"
        )


def check_policy(policy: PolicyVersion, on: dt.date) -> None:
    """Raise Invalid, for all at once, where something else than a policy could be said, or a review is still to come.

    Without a name in Spanish there is only the one name.
    """
    refuse(_of_policy(policy, on))


def _of_policy(policy: PolicyVersion, on: dt.date) -> Iterator[Invalid]:
    if not is_policy_number(policy.number):
        yield Invalid(_("Write only what the policy is filed under, for instance “BUL-1347.5”."), "number")
    for field, name in (("name", policy.name), ("name_es", policy.name_es)):
        if not is_name(name) and (name or field == "name"):
            yield Invalid(_("Write only the name of the policy, without a phone number."), field)
    if not is_public_address(policy.address):
        yield Invalid(_("Write an address that begins with https:// and the name of your district’s site."), "address")
    if policy.reviewed_on is not None and policy.reviewed_on > on:
        yield Invalid(_("It cannot have been reviewed on a day that is still to come."), "reviewed_on")
