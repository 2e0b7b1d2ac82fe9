"""Rows of the Cadre as the rules of matching know them."""

from upstander.district.places.models import Dated, Site
from upstander.engines import matching
from upstander.engines.matching import Away, Booked, Days, Point, Span, Weekly
from upstander.program.training.models import Assignment, Availability, AvailabilityException, Request, Skill


def as_booked(row: Assignment) -> Booked:
    """An assignment as the engine weighs it. Needs its session and site."""
    is_online = row.session.mode == Request.Mode.ONLINE
    return Booked(Span(row.starts_at, row.ends_at), row.session.on, row.site_id, point_of(row.site), is_online)


def as_weekly(row: Availability) -> Weekly:
    """A stretch of the week as the engine takes it. Takes no actor: it asks nothing."""
    return Weekly(row.weekday, row.starts, row.ends)


def as_away(row: AvailabilityException) -> Away:
    """Days unlike the week as the engine takes them. Takes no actor: it asks nothing."""
    return Away(row.starts_on, row.ends_on, row.starts, row.ends, row.is_extra)


def point_of(site: Site) -> Point | None:
    """Where a site is on the map. Takes no actor: it asks nothing."""
    return None if site.latitude is None or site.longitude is None else Point(site.latitude, site.longitude)


def as_skill(row: Skill) -> matching.Skill:
    """A skill as the engine takes it."""
    return matching.Skill(row.offering, row.part, as_days(row))


def as_days(row: Dated) -> Days:
    """The days on which a row holds."""
    return Days(row.starts_on, row.ends_on)
