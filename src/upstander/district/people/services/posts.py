"""Staff and their posts. What was known of a post is superseded, never changed, so that any day can be told again."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.people import events
from upstander.district.people.models import Person, Post
from upstander.district.people.services._rules import check_days, check_place, require_to_give
from upstander.district.places.models import Region, Site
from upstander.district.places.services.dated import replace, written_again
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState


@transaction.atomic
def give_account(*, actor: Actor, person: Person, account: Account, at: dt.datetime) -> None:
    """Let a member of staff sign in with an account. Needs `accounts.manage`; one account is one person here."""
    require(actor, "accounts.manage", Place(actor.district_id))
    person.account = account
    person.save(update_fields=["account"])
    record(events.ACCOUNT_GIVEN, actor=actor, subject=person.ref, at=at, account=account.ref)


@transaction.atomic
def start_post(
    *,
    actor: Actor,
    person: Person,
    role: str,
    starts_on: dt.date,
    at: dt.datetime,
    site: Site | None = None,
    region: Region | None = None,
    ends_on: dt.date | None = None,
) -> Post:
    """Give a person a post from a day on. Needs what `policies.needs_to_give` says.

    Raises Invalid where the post cannot stand in that place, ends before it starts, or is held on one of these days.
    """
    require_to_give(actor, role)
    post = Post(
        district_id=actor.district_id,
        person=person,
        role=role,
        site=site,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
    )
    _check(post)
    post.save(force_insert=True)
    events.CHANGED.tell(actor, [person.pk])
    told = {"person": person.ref, "role": str(role), "starts_on": starts_on.isoformat()}
    record(events.POST_STARTED, actor=actor, subject=post.ref, at=at, **told)
    return post


@transaction.atomic
def end_post(*, actor: Actor, post: Post, ends_on: dt.date, at: dt.datetime) -> Post:
    """The post has its last day before `ends_on`; returns the row as known now. Needs and raises as `start_post`."""
    known = _known(actor, post)
    _check(known, known.starts_on, ends_on)
    ended = replace(known, at=at, ends_on=ends_on)
    events.CHANGED.tell(actor, [ended.person_id])
    told = {"person": ended.person.ref, "ends_on": ends_on.isoformat()}
    record(events.POST_ENDED, actor=actor, subject=ended.ref, at=at, **told)
    return ended


@transaction.atomic
def move_post(*, actor: Actor, post: Post, site: Site, on: dt.date, at: dt.datetime) -> Post:
    """From a day on the person holds the same post at another site; returns the new post. Raises as `start_post`."""
    known = _known(actor, post)
    if known.site_id is None:
        raise WrongState(_("This post is at no site, so it cannot move to another one."))
    if known.ends_on and known.ends_on <= on:
        raise Invalid(_("This post is over by then."), "starts_on")
    _check(known, known.starts_on, on)
    replace(known, at=at, ends_on=on)
    moved = written_again(known, ends_on=known.ends_on, at=at, site_id=site.pk, starts_on=on)
    _check(moved)
    moved.save(force_insert=True)
    events.CHANGED.tell(actor, [moved.person_id])
    told = {"person": moved.person.ref, "starts_on": on.isoformat()}
    record(events.POST_MOVED, actor=actor, subject=moved.ref, at=at, **told)
    return moved


@transaction.atomic
def correct_post(*, actor: Actor, post: Post, starts_on: dt.date, ends_on: dt.date | None, at: dt.datetime) -> Post:
    """Say that a post's days were wrong; what was believed until now can still be told. Raises as `start_post`."""
    known = _known(actor, post)
    _check(known, starts_on, ends_on)
    corrected = replace(known, at=at, starts_on=starts_on, ends_on=ends_on)
    events.CHANGED.tell(actor, [corrected.person_id])
    told = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else ""}
    record(events.POST_CORRECTED, actor=actor, subject=corrected.ref, at=at, person=corrected.person.ref, **told)
    return corrected


@transaction.atomic
def take_back_post(*, actor: Actor, post: Post, at: dt.datetime) -> None:
    """A post that never was: nothing takes its place, and that it was believed can still be told."""
    known = _known(actor, post)
    Post.objects.filter(pk=known.pk).update(superseded_at=at)
    events.CHANGED.tell(actor, [known.person_id])
    record(events.POST_TAKEN_BACK, actor=actor, subject=known.ref, at=at, person=known.person.ref)


def _known(actor: Actor, post: Post) -> Post:
    known = Post.objects.select_for_update().filter(district_id=actor.district_id, pk=post.pk).first()
    require_to_give(actor, post.role)
    if known is None or known.superseded_at is not None:
        raise WrongState(_("This post was changed by someone else in the meantime."))
    return known


def _check(post: Post, starts_on: dt.date | None = None, ends_on: dt.date | None = None) -> None:
    """What no post may be, in words; on the days it has, or others that are proposed."""
    check_place(post.role, post.site_id, post.region_id)
    first, back = (post.starts_on, post.ends_on) if starts_on is None else (starts_on, ends_on)
    check_days(first, back)
    # One at a time for a person: two posts entered at once would each miss the other.
    Person.objects.select_for_update(no_key=True).get(pk=post.person_id)
    same = Post.objects.filter(person_id=post.person_id, role=post.role, superseded_at__isnull=True)
    same = same.filter(site=post.site, region=post.region).exclude(pk=post.pk)
    met = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first))
    if (met.filter(starts_on__lt=back) if back else met).exists():
        raise Invalid(_("This person holds this very post on some of these days already."), "starts_on")
