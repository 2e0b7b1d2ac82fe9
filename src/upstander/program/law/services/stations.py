"""The police or sheriff's station of a site: proposed by whoever answers for the site, signed by a second person."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from upstander.district.places.models import LawStation, Site
from upstander.district.places.selectors import place_of, site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, refuse
from upstander.program.law import events, policies
from upstander.program.law.content import Line
from upstander.program.law.models import LocalEntry
from upstander.program.law.services import _fitting
from upstander.program.law.services._copies import tell_change
from upstander.program.law.services._stations import is_shared, save, station_named
from upstander.program.law.services.corrections import correct_station
from upstander.program.law.services.local import Thing, propose_entry


@transaction.atomic
def enter_station(
    *, actor: Actor, site_ref: str, name: str, kind: str, phone: str, verified_on: dt.date, at: dt.datetime
) -> LocalEntry | None:
    """Say which station takes a site's reports, under which number, and when somebody called it.

    At once, and None is given: the number of the site's own station called again, or filled in where no other site has
    that station (`local.propose`); filled in for all who share it (`places.manage`). A number that is changed
    (`places.manage`) holds at once too; the correction is given and a second person looks at it afterwards. A name that
    is new here and another station than the site's are proposed, so is the blank number of a shared station: the
    proposal is given and waits for a second person. Raises Invalid with its field, WrongState while another proposal
    waits.
    """
    on = policies.today(actor, at)
    site = site_by_ref(actor=actor, ref=site_ref, on=on, capability="local.propose")
    line = Line(Text(name, name), phone, "", verified_on)
    _check(actor, line, on)
    known = station_named(actor, name)
    changed = known if known is not None and known.phone and (known.phone, known.kind) != (phone, kind) else None
    if changed is not None:
        require(actor, "places.manage", place_of(actor=actor, site=site, on=on))
    elif known is None or site.law_station != known or _speaks_for_others(actor, known, site):
        return propose_entry(actor=actor, thing=Thing("station", kind, site_ref), lines=[line], at=at)
    if site.law_station != known:
        raise Invalid(
            _("This station has another number here. Write the same one, or correct it at its site."), "phone"
        )
    correction = correct_station(actor, site, changed, kind, line, at) if changed else None
    station = save(actor, site, known, kind, line, at)
    tell_change(actor)
    if correction is not None:
        record(events.NUMBER_CORRECTED, actor=actor, subject=correction.ref, at=at, kind=correction.kind)
        return correction
    record(events.STATION_ENTERED, actor=actor, subject=site.ref, at=at, station=station.ref)
    return None


def _speaks_for_others(actor: Actor, station: LawStation, site: Site) -> bool:
    """Whether filling in its blank number would set it for sites that the actor does not answer for."""
    return not station.phone and is_shared(actor, station, site) and not scope(actor, "places.manage").everywhere


def _check(actor: Actor, line: Line, on: dt.date) -> None:
    try:
        policies.check_lines(policies.Kind.STATION, [line], on, excluded=_fitting.excluded_names(actor, on) or ())
    except Invalid as refused:
        refuse(Invalid(str(each), (each.field or "name_0").rpartition("_")[0]) for each in (refused, *refused.also))
    if len(line.name.en) < len("ABC"):
        raise Invalid(_("Write the whole name of the station."), "name")
