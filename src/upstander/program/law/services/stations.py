"""The police or sheriff's station of a site: filled in by whoever answers for the site, changed by the coordinator."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.district.places.selectors import law_stations, place_of, site_by_ref
from upstander.district.places.services import assign_stations, save_station
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import lend, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid
from upstander.program.law import events, policies
from upstander.program.law.content import Line
from upstander.program.law.services import _fitting
from upstander.program.law.services._copies import copy_calls_again


@transaction.atomic
def enter_station(
    *, actor: Actor, site_ref: str, name: str, kind: str, phone: str, verified_on: dt.date, at: dt.datetime
) -> None:
    """Say which station takes a site's reports, under which number, and when somebody called it.

    A station known by that name is used; a blank number is filled in by anyone who may propose at the site
    (`local.propose`). Another station than the site's, or another number than a station has, needs `places.manage`.
    Raises Invalid with the field it belongs to.
    """
    on = policies.today(actor, at)
    site = site_by_ref(actor=actor, ref=site_ref, on=on, capability="local.propose")
    _check(actor, name, phone, verified_on, on)
    known = next((one for one in law_stations(actor=actor) if one.name.casefold() == name.casefold()), None)
    changes_station = site.law_station is not None and site.law_station != known
    if changes_station or (known is not None and known.phone and (known.phone, known.kind) != (phone, kind)):
        require(actor, "places.manage", place_of(actor=actor, site=site, on=on))
    keeper = lend(actor, "places.manage")
    station = save_station(
        actor=keeper, name=name, kind=kind, phone=phone, verified_on=verified_on, station=known, at=at
    )
    if site.law_station != station:
        assign_stations(actor=keeper, stations={site: station}, at=at)
    copy_calls_again(actor)
    record(events.STATION_ENTERED, actor=actor, subject=site.ref, at=at, station=station.ref)


def _check(actor: Actor, name: str, phone: str, verified_on: dt.date, on: dt.date) -> None:
    line = Line(Text(name, name), phone, "", verified_on)
    try:
        policies.check_lines(policies.Kind.COORDINATOR, [line], on, excluded=_fitting.excluded_names(actor, on) or ())
    except Invalid as refused:
        raise Invalid(str(refused), (refused.field or "name_0").rpartition("_")[0]) from None
    if len(name) < len("ABC"):
        raise Invalid(_("Write the whole name of the station."), "name")
