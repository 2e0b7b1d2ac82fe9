"""How many sites took part in a campaign, and how many people they reached: numbers, and nobody's name."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from upstander.district.places.models import Site
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library.models import CampaignCount
from upstander.program.library.selectors.campaigns import campaigns_from
from upstander.program.library.selectors.observances import Coming

JOIN = "campaigns.join"
AHEAD = dt.timedelta(days=365)
OPEN_BEFORE, OPEN_AFTER = dt.timedelta(days=120), dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Total:
    """A campaign of one year in the actor's reach: how many sites there are, how many took part, whom they reached."""

    campaign: Coming
    sites: int
    joined: int
    people: int
    only_site: Site | None  # where the actor speaks for one site alone


@dataclass(frozen=True, slots=True)
class Later:
    """A campaign of the coming year that is not open yet, and the first day on which a site may sign up for it."""

    campaign: Coming
    opens_on: dt.date


@dataclass(frozen=True, slots=True)
class Joined:
    """A site beside what it said; None for one that has not signed up."""

    site: Site
    people: int | None


def open_campaigns(*, actor: Actor, on: dt.date, language: str = "en") -> list[Coming]:
    """The campaigns that sites may sign up for on the day `on`: from four months before until three months after."""
    found = campaigns_from(actor=actor, year=on.year - 1, years=3, language=language, on=on)
    return [each for each in found if each.span.first - OPEN_BEFORE <= on <= each.span.last + OPEN_AFTER]


def later_campaigns(*, actor: Actor, language: str, on: dt.date) -> list[Later]:
    """What comes within a year and is not open for sign-up on the day `on`, so that a school can prepare."""
    found = campaigns_from(actor=actor, year=on.year, years=2, language=language, on=on)
    later = [Later(each, each.span.first - OPEN_BEFORE) for each in found]
    return [each for each in later if each.opens_on > on and each.campaign.span.first <= on + AHEAD]


def totals(*, actor: Actor, language: str, on: dt.date) -> list[Total]:
    """Every open campaign with the counts of the sites in the actor's reach. Two queries beside the campaigns'."""
    sites = _sites(actor, on)
    said = list(_last(actor, sites))
    return [_total(each, sites, said) for each in open_campaigns(actor=actor, on=on, language=language)]


def campaign_of_year(*, actor: Actor, key: str, year: int, language: str, on: dt.date) -> Coming:
    """An open campaign. Raises NotFound."""
    for each in open_campaigns(actor=actor, on=on, language=language):
        if (each.key, each.span.first.year) == (key, year):
            return each
    raise NotFound(key)


def sites_of(*, actor: Actor, campaign: Coming, on: dt.date) -> list[Joined]:
    """Every site in the actor's reach beside what it said of a campaign."""
    sites = _sites(actor, on)
    said = {count.site_id: count.people for count in _last(actor, sites) if _is_of(count, campaign)}
    return [Joined(site, said.get(site.pk)) for site in sites]


def people_of(*, actor: Actor, site: Site, campaign: str, year: int) -> int | None:
    """What one site said of a campaign of a year; None if it has not signed up."""
    found = next((c for c in _last(actor, [site]) if (c.campaign, c.year) == (campaign, year)), None)
    return found.people if found else None


def schools_joined(*, actor: Actor, first: dt.date, on: dt.date, known_at: dt.datetime) -> tuple[int, int]:
    """How many schools signed up for a campaign that began from `first` until `on`, and how many schools there are.

    As it was known at `known_at`. Within the reach of the actor's `campaigns.join`.
    """
    sites = _sites(actor, on)
    began = campaigns_from(actor=actor, year=first.year, years=on.year - first.year + 1, language="en", on=on)
    asked = {(each.key, each.span.first.year) for each in began if first <= each.span.first <= on}
    said = _last(actor, sites).filter(entered_at__lte=known_at)
    joined = {count.site_id for count in said if (count.campaign, count.year) in asked and count.people is not None}
    return len(joined), len(sites)


def _sites(actor: Actor, on: dt.date) -> list[Site]:
    return list(sites_for(actor=actor, on=on, capability=JOIN, kind=Site.Kind.SCHOOL))


def _last(actor: Actor, sites: Iterable[Site]) -> QuerySet[CampaignCount]:
    """The row that counts of each site, campaign and year."""
    rows = CampaignCount.objects.filter(district_id=actor.district_id, site__in=list(sites))
    return rows.order_by("campaign", "year", "site", "-entered_at", "-id").distinct("campaign", "year", "site")


def _is_of(count: CampaignCount, campaign: Coming) -> bool:
    return (count.campaign, count.year) == (campaign.key, campaign.span.first.year)


def _total(campaign: Coming, sites: Sequence[Site], said: Iterable[CampaignCount]) -> Total:
    people = [count.people for count in said if _is_of(count, campaign) and count.people is not None]
    return Total(campaign, len(sites), len(people), sum(people), sites[0] if len(sites) == 1 else None)
