"""What a release tells people: one mail each, with what is new for them and nothing else. Subjects are neutral."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.district.people.models import Person, Post
from upstander.district.places.policies import held_on
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import said
from upstander.foundation.notices.services import Draft, post_notices
from upstander.program.training import policies
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.models import Assignment, Plan, PlanEntry, Request, Session
from upstander.program.training.selectors._teams import team_of
from upstander.program.training.selectors.proposals import token_of
from upstander.program.training.services._mails import of_person

ROLES = (Post.Role.SITE_ADMINISTRATOR, Post.Role.SITE_DESIGNEE)  # a designee is asked where there is no administrator


def principals(actor: Actor, entries: Iterable[PlanEntry | Request], on: dt.date) -> dict[int, list[Person]]:
    """Who answers for the site of each on a day, by the site's id; two statements however many sites there are."""
    posts = Post.objects.filter(held_on(on), site__in=[entry.site_id for entry in entries], role__in=ROLES)
    found: dict[int, dict[str, list[Person]]] = {}
    for post in posts.select_related("person__account").order_by("person__sort_key", "id"):
        found.setdefault(post.site_id or 0, {}).setdefault(post.role, []).append(post.person)
    return {site: next(roles[role] for role in ROLES if role in roles) for site, roles in found.items()}


def people_of(session: Session) -> list[Person]:
    """Everyone of the session's team, before it is called off."""
    return [each.member.person for each in team_of(session)]


def tell_sites(
    actor: Actor,
    plan: Plan,
    proposed: list[PlanEntry],
    before: Mapping[str, Session],
    asked: dict[int, list[Person]],
    at: dt.datetime,
    *,
    again: str = "",
) -> None:
    """To each principal: the days of their sites, and for each a link to accept or decline.

    `again` names what brings the question once more; each way of asking sends one mail a day for the same links.

    `before` are the sessions in whose place they come, by the entry's key: not every principal made the request, and so
    hears of its cancellation.
    """
    by_person: dict[int, tuple[Person, list[PlanEntry]]] = {}
    for entry in proposed:
        for person in asked.get(entry.site_id, []):
            by_person.setdefault(person.pk, (person, []))[1].append(entry)
    when = f":{again}:{policies.today(actor, at)}:{_asked_before(proposed)}" if again else ""
    drafts = [
        Draft(of_person(person), f"plan:{plan.ref}:asked:{person.ref}{when}", _asked(person, entries, before, again))
        for person, entries in by_person.values()
    ]
    post_notices(actor=actor, kind="plan_asked", drafts=drafts, at=at)


def tell_consultants(
    actor: Actor, plan: Plan, proposed: list[PlanEntry], gone: list[tuple[Session, list[Person]]], at: dt.datetime
) -> None:
    """To each consultant: the sessions planned with them, and those they do not know yet to be off."""
    people: dict[int, Person] = {}
    new: dict[int, list[Any]] = {}
    lost: dict[int, list[Any]] = {}
    for entry in proposed:
        for seat in entry.seats.all():
            people[seat.member.person_id] = seat.member.person
            new.setdefault(seat.member.person_id, []).append(entry)
    for session, team in gone:
        for person in team:
            people[person.pk] = person
            lost.setdefault(person.pk, []).append(session)
    drafts = [
        Draft(of_person(person), f"plan:{plan.ref}:with:{person.ref}", _with(person, new.get(pk, []), lost.get(pk, [])))
        for pk, person in people.items()
    ]
    post_notices(actor=actor, kind="plan_with_you", drafts=drafts, at=at)


def tell_declined(actor: Actor, entry: PlanEntry, team: list[Person], at: dt.datetime) -> None:
    """To everyone who would have held the session that the site declined."""
    drafts = [
        Draft(of_person(person), f"plan:declined:{entry.ref}:{person.ref}", _with(person, [], [entry]))
        for person in team
    ]
    post_notices(actor=actor, kind="plan_with_you", drafts=drafts, at=at)


def tell_replaced(actor: Actor, session: Session, old: Assignment, new: Assignment, at: dt.datetime) -> None:
    """To the two consultants, where no calendar file has told anybody yet. Needs the site."""
    changes: list[tuple[Person, list[Any], list[Any]]] = [
        (new.member.person, [session], []),
        (old.member.person, [], [session]),
    ]
    drafts = [
        Draft(of_person(person), f"plan:replaced:{new.ref}:{person.ref}", _with(person, came, went))
        for person, came, went in changes
    ]
    post_notices(actor=actor, kind="plan_with_you", drafts=drafts, at=at)


def tell_reopened(actor: Actor, entry: PlanEntry, at: dt.datetime) -> None:
    """To everyone who will hold the session after all."""
    drafts = [
        Draft(
            of_person(person), f"plan:reopened:{entry.ref}:{entry.asked_count}:{person.ref}", _with(person, [entry], [])
        )
        for person in (seat.member.person for seat in entry.seats.all())
    ]
    post_notices(actor=actor, kind="plan_with_you", drafts=drafts, at=at)


def _asked_before(entries: list[PlanEntry]) -> str:
    """Which entries are asked, the how manieth time: the same question twice is one mail, a new link is another."""
    return sha256(",".join(sorted(f"{each.ref}{each.asked_count}" for each in entries)).encode()).hexdigest()[:32]


def _asked(person: Person, entries: list[PlanEntry], before: Mapping[str, Session], again: str) -> dict[str, Any]:
    with translation.override(person.language):
        lines = [
            {
                **_line(entry),
                "before": _begins(before.get(entry.key)),
                "consultant": _names(entry.host or entry),
                "host": entry.host.site.name if entry.host else "",
                "token": token_of(entry),
            }
            for entry in _by_day(entries)
        ]
        last = max((entry.answer_by for entry in entries if entry.answer_by), default=None)
        until = date_format(last, _("l, F j, Y")) if last else ""
        is_in_parts = len(entries) > len({entry.site_id for entry in entries}) == 1
        return {"lines": lines, "again": again, "until": until, "is_in_parts": is_in_parts}


def _with(person: Person, new: Iterable[Any], lost: Iterable[Any]) -> dict[str, Any]:
    with translation.override(person.language):
        return {"new": [_line(each) for each in _by_day(new)], "lost": [_line(each) for each in _by_day(lost)]}


def _by_day(held: Iterable[Any]) -> list[Any]:
    return sorted(held, key=lambda each: (each.on, each.starts))


def _line(each: Any) -> dict[str, str]:
    return {
        "site": each.site.name,
        "whose": _whose(each),
        "guests": ", ".join(_guests(each)),
        "day": date_format(each.on, _("l, F j, Y")),
        "starts": time_format(each.starts),
        "ends": time_format(each.ends),
    }


def _whose(each: Any) -> str:
    """For which audience it is, where the site trains several apart."""
    part = each.part if isinstance(each, PlanEntry) else ""
    return said(kind_of(TRAINING).options_of("audience")[part]) if part else ""


def _begins(session: Session | None) -> str:
    return f"{date_format(session.on, _('l, F j, Y'))}, {time_format(session.starts)}" if session else ""


def _guests(each: PlanEntry | Session) -> Iterator[str]:
    """Who comes too; of a session that is off nobody does."""
    if isinstance(each, PlanEntry):
        yield from (guest.site.name for guest in each.guests.all() if not guest.is_left_out)


def _names(entry: PlanEntry) -> str:
    return ", ".join(seat.member.person.full_name for seat in entry.seats.all())
