"""Reading places."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from upstander.district.places.models import (
    ClosedDay,
    District,
    Host,
    LawStation,
    Region,
    SchoolYear,
    Site,
    SiteRegion,
    SiteStatus,
)
from upstander.district.places.policies import SECONDARY_SITES, held_on, known_by
from upstander.foundation.kernel.access import Place, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound

SATURDAY = 5
# Every request asks this first, so it is written out: building it anew costs more than running it.
COLUMNS = [field.attname for field in District._meta.concrete_fields]
DISTRICT = f"SELECT {', '.join(f'district.{name}' for name in COLUMNS)} FROM places_district district"  # noqa: S608
DISTRICT_OF_HOST = f"{DISTRICT} JOIN places_host host ON host.district_id = district.id WHERE host.hostname = %s"
DISTRICT_OF_ACTOR = f"{DISTRICT} WHERE district.id = %s"  # and every public page this
NAMED = re.compile(r"%\((\w+)\)s")


def district_for_host(hostname: str) -> District | None:
    """The district this host name leads to, or None. Asked before anyone is known, so it takes no actor."""
    return _district(DISTRICT_OF_HOST, hostname.lower())


def hostname_of(district_id: int) -> str | None:
    """The first host name of a district, for links in its mails. Public, so it takes no actor."""
    return Host.objects.filter(district_id=district_id).order_by("pk").values_list("hostname", flat=True).first()


def site_address(district_id: int) -> str:
    """Where a district's own site lives: its host name, with the scheme and port of this server's address. Public."""
    here = urlsplit(settings.SITE_ADDRESS)
    host = hostname_of(district_id) or here.hostname or ""
    return here._replace(netloc=f"{host}:{here.port}" if here.port else host).geturl()


def all_hosts() -> list[tuple[str, str]]:
    """Host name and district name of every district here, for the neutral chooser. Takes no actor: it is public."""
    return list(Host.objects.order_by("district__name", "hostname").values_list("hostname", "district__name"))


def district_by_key(key: str) -> District | None:
    """The district with this key, or None. Takes no actor: commands ask before they can make one."""
    return District.objects.filter(key=key).first()


def all_districts() -> list[District]:
    """Every district here, the first made first. Takes no actor: commands ask which there are."""
    return list(District.objects.order_by("id"))


def district_of(*, actor: Actor) -> District:
    """The actor's own district."""
    found = _district(DISTRICT_OF_ACTOR, actor.district_id)
    assert found, "an actor is of a district that is there"
    return found


def _district(question: str, asked: str | int) -> District | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [asked])
        row = cursor.fetchone()
    return District.from_db(connection.alias, COLUMNS, row) if row else None


def sites_for(
    *,
    actor: Actor,
    on: dt.date,
    known_at: dt.datetime | None = None,
    capability: str = "places.read",
    kind: str = "",
    region: Region | None = None,
    active_only: bool = True,
) -> QuerySet[Site]:
    """The sites in reach of the actor's `capability` on a day, by name; `kind` and `region` narrow them.

    With `active_only` just those active that day; without it, every site ever known.
    """
    reach = scope(actor, capability)
    sites = Site.objects.filter(district_id=actor.district_id).order_by("sort_key", "id")
    if active_only:
        active = SiteStatus.objects.filter(held_on(on, known_at), status=SiteStatus.Status.ACTIVE)
        sites = sites.filter(pk__in=active.values("site_id"))
    if not reach.everywhere:
        sites = sites.filter(
            Q(pk__in=reach.site_ids) | Q(pk__in=_in_regions(reach.region_ids, on, known_at).values("site_id"))
        )
    if kind:
        sites = sites.filter(kind=kind)
    if region is not None:
        sites = sites.filter(pk__in=_in_regions(frozenset({region.pk}), on, known_at).values("site_id"))
    return sites


def site_by_ref(*, actor: Actor, ref: str, on: dt.date, capability: str = "places.read") -> Site:
    """The site with this ref, open or closed. Raises NotFound when there is none in the actor's reach."""
    reachable = sites_for(actor=actor, on=on, capability=capability, active_only=False)
    site = reachable.select_related("law_station").filter(ref=ref).first()
    if site is None:
        raise NotFound(ref)
    return site


def secondary_sites(
    *,
    actor: Actor,
    on: dt.date,
    known_at: dt.datetime,
    capability: str = "coverage.read",
) -> QuerySet[Site]:
    """The secondary schools in reach that were active on a day, by the rule of that day (`policies.SECONDARY_SITES`).

    What a directory says of a school (its type, its grades) is taken as it stands; status, region and rule are by date.
    """
    asked = {"district": actor.district_id, "on": on, "known_at": known_at}
    # Django's own parameters go by position, so ours must as well.
    in_order = [asked[name] for name in NAMED.findall(SECONDARY_SITES)]
    question = NAMED.sub("%s", SECONDARY_SITES)
    counted = RawSQL(f"SELECT site_id FROM ({question}) AS counted", in_order)  # noqa: S608, S611  # nosec B611 - a constant
    reachable = sites_for(actor=actor, on=on, known_at=known_at, capability=capability)
    return reachable.filter(pk__in=counted)


def regions_on(*, actor: Actor, on: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Region]:
    """The district's regions on a day, by name."""
    return Region.objects.filter(held_on(on, known_at), district_id=actor.district_id).order_by("name")


def region_by_ref(*, actor: Actor, ref: str) -> Region:
    """The region with this ref. Raises NotFound."""
    region = Region.objects.filter(district_id=actor.district_id, ref=ref).first()
    if region is None:
        raise NotFound(ref)
    return region


def region_of(*, actor: Actor, site: Site, on: dt.date, known_at: dt.datetime | None = None) -> Region | None:
    """The region a site belongs to on a day, or None when it was placed in none."""
    placed = SiteRegion.objects.select_related("region").filter(
        held_on(on, known_at), district_id=actor.district_id, site=site
    )
    found = placed.first()
    return found.region if found else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Dated facts of several sites on one day, by the site's id: the region's name and the status."""

    region: dict[int, str]
    status: dict[int, str]


def facts_of(*, actor: Actor, sites: Collection[Site], on: dt.date) -> Facts:
    """Region and status of many sites on a day, with two queries however many they are."""
    dated = {"district_id": actor.district_id, "site__in": sites}
    placed = SiteRegion.objects.filter(held_on(on), **dated).values_list("site_id", "region__name")
    held = SiteStatus.objects.filter(held_on(on), **dated).values_list("site_id", "status")
    return Facts(dict(placed), dict(held))


def place_of(*, actor: Actor, site: Site, on: dt.date) -> Place:
    """Where the site is, as `require` wants to know it: district, the region of that day, and the site itself.

    The region is asked for only when the actor holds something in a region: to all others it makes no difference.
    """
    is_asked = any(grant.region_id is not None for grant in actor.grants)
    region = region_of(actor=actor, site=site, on=on) if is_asked else None
    return Place(actor.district_id, region.pk if region else None, site.pk)


def status_history(*, actor: Actor, site: Site, known_at: dt.datetime | None = None) -> QuerySet[SiteStatus]:
    """What the site was from when to when, newest first, as known at `known_at`."""
    known = SiteStatus.objects.filter(known_by(known_at), district_id=actor.district_id, site=site)
    return known.order_by("-starts_on", "-id")


def status_on(*, actor: Actor, site: Site, on: dt.date, known_at: dt.datetime | None = None) -> str:
    """The site's status on a day, "" when nothing is known of it."""
    held = SiteStatus.objects.filter(held_on(on, known_at), district_id=actor.district_id, site=site)
    return held.values_list("status", flat=True).first() or ""


def law_station(*, actor: Actor, site: Site) -> LawStation | None:
    """The city or county station that takes this site's reports; None is a task for the site, never a guess."""
    return LawStation.objects.filter(district_id=actor.district_id, site=site).first()


def law_stations(*, actor: Actor) -> QuerySet[LawStation]:
    """The stations that the district has entered, by name."""
    return LawStation.objects.filter(district_id=actor.district_id).order_by("name")


def school_year_on(*, actor: Actor, on: dt.date) -> SchoolYear | None:
    """The school year this day is in; a day of the summer is in none."""
    return SchoolYear.objects.filter(district_id=actor.district_id, starts_on__lte=on, ends_on__gt=on).first()


def school_years(*, actor: Actor) -> QuerySet[SchoolYear]:
    """All school years, newest first."""
    return SchoolYear.objects.filter(district_id=actor.district_id).order_by("-starts_on")


def days_out(*, actor: Actor, first: dt.date, until: dt.date, site: Site | None = None) -> QuerySet[ClosedDay]:
    """Days on which nobody is trained, from `first` to before `until`, in the district and, if given, at the site."""
    days = ClosedDay.objects.filter(district_id=actor.district_id, on__gte=first, on__lt=until)
    return days.filter(Q(site__isnull=True) | Q(site=site)).order_by("on", "id") if site else _for_all(days)


def days_out_known(*, actor: Actor) -> QuerySet[ClosedDay]:
    """Every such day that was ever entered, of the district and of all its sites."""
    return ClosedDay.objects.filter(district_id=actor.district_id)


def closed_days(*, actor: Actor, first: dt.date, until: dt.date, site: Site | None = None) -> QuerySet[ClosedDay]:
    """Those of the days that are without school: on days kept for tests there is some, and clocks run."""
    return days_out(actor=actor, first=first, until=until, site=site).filter(kind=ClosedDay.Kind.CLOSED)


def is_closed_day(*, actor: Actor, on: dt.date, site: Site | None = None) -> bool:
    """Whether the district, or this site, has no school on that day. Weekends are not entered, so not asked here."""
    return closed_days(actor=actor, first=on, until=on + dt.timedelta(days=1), site=site).exists()


def is_school_day(*, actor: Actor, on: dt.date, site: Site | None = None) -> bool:
    """Whether there is school: a weekday in a school year that is not a closed day."""
    in_year = on.weekday() < SATURDAY and school_year_on(actor=actor, on=on) is not None
    return in_year and not is_closed_day(actor=actor, on=on, site=site)


def _in_regions(region_ids: frozenset[int], on: dt.date, known_at: dt.datetime | None) -> QuerySet[SiteRegion]:
    return SiteRegion.objects.filter(held_on(on, known_at), region__in=region_ids)


def _for_all(days: QuerySet[ClosedDay]) -> QuerySet[ClosedDay]:
    return days.filter(site__isnull=True).order_by("on")
