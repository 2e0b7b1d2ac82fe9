"""Whose hands a request can be in."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from upstander.district.access.selectors import actor_for
from upstander.district.accounts.models import Account
from upstander.district.people.models import Post
from upstander.district.people.selectors import accounts_away
from upstander.district.places.models import Site
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import place_of, region_of
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.models import Request
from upstander.program.training.selectors.call_backs import holders_today


def first_owner(*, actor: Actor, site: Site, on: dt.date, kind: str) -> Account | None:
    """Who a new request of the site belongs to: the first of `takers_of`. None where the district has named nobody."""
    return next(iter(takers_of(actor=actor, site=site, on=on, kind=kind)), None)


def takers_of(*, actor: Actor, site: Site, on: dt.date, kind: str) -> list[Account]:
    """Who may own such a request of the site: in the order of the kind's posts, those who are away that day last."""
    posts = kind_of(kind).takers
    region = region_of(actor=actor, site=site, on=on)
    here = Q(region__isnull=True, site__isnull=True)
    if region:
        here |= Q(region=region)
    found = _accounts(actor, on, here, role__in=posts)
    away = accounts_away(actor=actor, on=on)
    found.sort(key=lambda each: (each[1].pk in away, posts.index(each[0])))
    return [account for _role, account in found]


def leads_of(*, actor: Actor, site: Site, on: dt.date) -> list[Account]:
    """The lead of the site's region and the deputy, as far as they can sign in."""
    region = region_of(actor=actor, site=site, on=on)
    if region is None:
        return []
    found = _accounts(actor, on, role__in=(Post.Role.REGION_LEAD, Post.Role.REGION_DEPUTY), region=region)
    return [account for role, account in sorted(found, key=lambda each: each[0] != Post.Role.REGION_LEAD)]


def coordinators(*, actor: Actor, on: dt.date) -> list[Account]:
    """The coordinators of the district, by name, as far as they can sign in."""
    return [account for _role, account in _accounts(actor, on, role=Post.Role.COORDINATOR)]


def owners_for(*, actor: Actor, request: Request, at: dt.datetime) -> list[Account]:
    """To whom the request can be handed: everybody who takes its kind at its site and does not have it yet."""
    on = policies.today(actor, at)
    found = takers_of(actor=actor, site=request.site, on=on, kind=request.kind)
    return list({each.pk: each for each in found if each.pk != request.owner_id}.values())


def may_own(*, actor: Actor, account: Account, request: Request, at: dt.datetime) -> bool:
    """Whether the account coordinates the request's site today."""
    on = policies.today(actor, at)
    return _reaches(actor_for(account, actor.district_id, on), request.site, on)


def may_act(*, actor: Actor, account: Account, request: Request, at: dt.datetime) -> bool:
    """Whether the account coordinates the site today, or has the request in hand as a member of the Cadre."""
    in_hand = holders_today(actor=actor, on=policies.today(actor, at))
    return (request.pk, account.pk) in in_hand or may_own(actor=actor, account=account, request=request, at=at)


def to_pass_on(*, actor: Actor, at: dt.datetime) -> list[str]:
    """Requests on their way that are in nobody's hands, or in those of somebody who may not act on them any more.

    What an account holds is asked once, however many requests it has.
    """
    on = policies.today(actor, at)
    in_hand = holders_today(actor=actor, on=on)
    held: dict[int, Actor] = {}
    found = []
    for request in _on_their_way(actor):
        owner = request.owner
        if owner is not None and (request.pk, owner.pk) in in_hand:
            continue
        if owner is not None and owner.pk not in held:
            held[owner.pk] = actor_for(owner, actor.district_id, on)
        if owner is None or not _reaches(held[owner.pk], request.site, on):
            found.append(request.ref)
    return found


def _on_their_way(actor: Actor) -> QuerySet[Request]:
    found = Request.objects.filter(district_id=actor.district_id, state__in=states.ON_THEIR_WAY)
    return found.select_related("owner", "site").order_by("requested_at", "id")


def _reaches(held: Actor, site: Site, on: dt.date) -> bool:
    """Whether somebody with these grants coordinates the site on that day."""
    try:
        require(held, "training.coordinate", place_of(actor=held, site=site, on=on))
    except NotAllowed:
        return False
    return True


def _accounts(actor: Actor, on: dt.date, *here: Q, **held: Any) -> list[tuple[str, Account]]:
    """Role and account of who holds such a post, by name. From the posts outward: there are few of these."""
    posts = Post.objects.filter(
        held_on(on), *here, district_id=actor.district_id, person__account__isnull=False, **held
    )
    told = posts.select_related("person__account").order_by("person__sort_key", "id")
    return [(post.role, post.person.account) for post in told if post.person.account]
