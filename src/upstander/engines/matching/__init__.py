"""Who can hold a session: free or not, always with the reason, nearest first. Pure: plain values in and out.

Ways are those of the year plan (`planning.ways`): from site to site, by the district's own times where it keeps some,
else along the road as estimated, and a quarter of an hour for parking and setting up. Back to back at one site is fine.
"""

from upstander.engines.matching.hours import hours_on
from upstander.engines.matching.people import (
    Away,
    Base,
    Booked,
    Days,
    Hours,
    KeptFrom,
    Member,
    Point,
    Skill,
    Span,
    Wanted,
    Weekly,
)
from upstander.engines.matching.places import base_on, home_spot, site_spot, travel_minutes
from upstander.engines.matching.rules import Reason
from upstander.engines.matching.weighing import Candidate, candidates, weigh, weigh_call

__all__ = [
    "Away",
    "Base",
    "Booked",
    "Candidate",
    "Days",
    "Hours",
    "KeptFrom",
    "Member",
    "Point",
    "Reason",
    "Skill",
    "Span",
    "Wanted",
    "Weekly",
    "base_on",
    "candidates",
    "home_spot",
    "hours_on",
    "site_spot",
    "travel_minutes",
    "weigh",
    "weigh_call",
]
