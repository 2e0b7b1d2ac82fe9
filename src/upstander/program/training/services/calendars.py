"""Making, replacing and ending the secret address of a calendar."""

import datetime as dt
from typing import Any

from django.db import transaction

from upstander.district.places.models import Site
from upstander.district.places.selectors import place_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.foundation.kernel.refs import new_code
from upstander.program.training import events, policies
from upstander.program.training.models import CODE_LENGTH, Feed
from upstander.program.training.services import _members


@transaction.atomic
def make_own_feed(*, actor: Actor, member_ref: str, at: dt.datetime) -> str:
    """Give a member's calendar a new address, whose code is returned; the old one leads nowhere from now on.

    Only the member: whoever coordinates them sees their sessions anyway, and need not know the address.
    """
    member = _members.own(actor, member_ref, at)
    code = _make(at, district_id=actor.district_id, member=member)
    record(events.FEED_MADE, actor=actor, subject=member.ref, at=at, whose="member")
    return code


@transaction.atomic
def make_site_feed(*, actor: Actor, site_ref: str, at: dt.datetime) -> str:
    """Give a site's calendar a new address, whose code is returned; the old one leads nowhere from now on.

    Needs `training.request` at the site.
    """
    site = _site(actor, site_ref, at)
    code = _make(at, district_id=actor.district_id, site=site)
    record(events.FEED_MADE, actor=actor, subject=site.ref, at=at, whose="site")
    return code


@transaction.atomic
def end_own_feed(*, actor: Actor, member_ref: str, at: dt.datetime) -> None:
    """End the address of a member's calendar. Only the member."""
    member = _members.own(actor, member_ref, at)
    Feed.objects.filter(member=member).delete()
    record(events.FEED_ENDED, actor=actor, subject=member.ref, at=at, whose="member")


@transaction.atomic
def end_site_feed(*, actor: Actor, site_ref: str, at: dt.datetime) -> None:
    """End the address of a site's calendar. Needs `training.request` at the site."""
    site = _site(actor, site_ref, at)
    Feed.objects.filter(site=site).delete()
    record(events.FEED_ENDED, actor=actor, subject=site.ref, at=at, whose="site")


def _make(at: dt.datetime, **whose: Any) -> str:
    code = new_code(CODE_LENGTH)
    Feed.objects.update_or_create(**whose, defaults={"code": code, "made_at": at})
    return code


def _site(actor: Actor, ref: str, at: dt.datetime) -> Site:
    site = Site.objects.select_for_update(no_key=True).filter(district_id=actor.district_id, ref=ref).first()
    if site is None:
        raise NotFound(ref)
    try:
        require(actor, "training.request", place_of(actor=actor, site=site, on=policies.today(actor, at)))
    except NotAllowed:
        raise NotFound(ref) from None
    return site
