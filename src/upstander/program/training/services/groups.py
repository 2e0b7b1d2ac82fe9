"""Small sites that are trained together in a school year: a coordinator joins and separates them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import SchoolYear, Site
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.program.training import events, policies, states
from upstander.program.training.content.kinds import TRAINING
from upstander.program.training.models import Hosting, Session, SessionGuest
from upstander.program.training.services import _guests

MOST_GUESTS = 5


@transaction.atomic
def join_sites(
    *, actor: Actor, year: SchoolYear, host_ref: str, guest_refs: Sequence[str], at: dt.datetime
) -> list[Hosting]:
    """Let guests be trained together with a host, and in its rooms, by every plan of the year drafted from now on.

    A host takes further guests at any time before its session is agreed. Needs `training.plan` in the whole district.
    Raises Invalid at `host` or `guests` for sites that are in a group or have a session already.
    """
    require(actor, "training.plan", Place(actor.district_id))
    SchoolYear.objects.select_for_update().get(pk=year.pk)  # of two that join at once the second sees the first
    on = policies.today(actor, at)
    host = site_by_ref(actor=actor, ref=host_ref, on=on)
    guests = [site_by_ref(actor=actor, ref=ref, on=on) for ref in dict.fromkeys(guest_refs)]
    refuse(tuple(_wrong(year, host, guests, at)))
    made = Hosting.objects.bulk_create(
        Hosting(
            district_id=actor.district_id,
            year=year,
            host=host,
            guest=guest,
            account_id=actor.account_id,
            actor_name=actor.name,
            at=at,
        )
        for guest in guests
    )
    record(events.SITES_JOINED, actor=actor, subject=host.ref, at=at, guests=",".join(guest.ref for guest in guests))
    return made


@transaction.atomic
def separate_sites(*, actor: Actor, year: SchoolYear, host_ref: str, at: dt.datetime) -> None:
    """Let the sites of a host's group be trained by themselves again, by every plan drafted from now on.

    Needs `training.plan` in the whole district. Raises WrongState where nobody is joined, or a session of them is
    agreed: that has to be taken back first.
    """
    require(actor, "training.plan", Place(actor.district_id))
    SchoolYear.objects.select_for_update().get(pk=year.pk)
    host = site_by_ref(actor=actor, ref=host_ref, on=policies.today(actor, at))
    if SessionGuest.objects.filter(session__in=_coming(at).filter(site=host), left_at__isnull=True).exists():
        raise WrongState(_("A session of this group is agreed. Take it back first; it stands among the sessions."))
    hosted = Hosting.objects.filter(year=year, host=host)
    if not _guests.end_hostings(actor, hosted, Hosting.End.SEPARATED, at):
        raise WrongState(_("These sites are not trained together any more."))
    record(events.SITES_SEPARATED, actor=actor, subject=host.ref, at=at)


def _wrong(year: SchoolYear, host: Site, guests: list[Site], at: dt.datetime) -> Iterator[Invalid]:
    live = Hosting.objects.filter(year=year, ended_at__isnull=True)
    sites = [host, *guests]
    if host in guests:
        yield Invalid(_("The host cannot be its own guest."), "guests")
    if not guests:
        yield Invalid(_("Please choose at least one guest."), "guests")
    if live.filter(host=host).count() + len(guests) > MOST_GUESTS:
        yield Invalid(_("A host has at most %(most)s guests.") % {"most": MOST_GUESTS}, "guests")
    if live.filter(guest=host).exists():
        yield Invalid(_("This site is a guest elsewhere. Separate that group first."), "host")
    if (live.filter(guest__in=guests) | live.filter(host__in=guests)).exists():
        yield Invalid(_("One of these sites is in a group already. Separate that group first."), "guests")
    visited = SessionGuest.objects.filter(session__in=_coming(at), site__in=sites, left_at__isnull=True)
    if visited.exists() or _coming(at).filter(site__in=sites).exists():
        told = _("One of these sites has a session already. Take it back first, or leave the site out.")
        yield Invalid(told, "guests")


def _coming(at: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(request__kind=TRAINING, state__in=states.TO_BE_HELD, starts_at__gt=at)
