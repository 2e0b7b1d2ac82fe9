"""A small world for training: a district with a site, its administrator, a coordinator and two consultants."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.factories import make_account, make_actor, make_district, make_person, make_post, make_region, make_site
from tests.moments import AT, TODAY
from upstander.district.access.selectors import actor_for
from upstander.district.people.models import Person
from upstander.district.places.models import District, Region, Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.services import Terms, set_requirement
from upstander.program.training.models import CadreMember, Request
from upstander.program.training.services.cadre import Joining, join_cadre
from upstander.program.training.services.requests import Window, Wish, request_training
from upstander.program.training.services.tallies import Tally

DAY = TODAY + dt.timedelta(days=2)  # a Wednesday
WORKDAYS = tuple((weekday, dt.time(8), dt.time(17)) for weekday in range(5))
KNOWN = Tally(0, "CC", difference_is_known=True)  # nobody counted; for tests of something else
HOME = (37.50, -122.30)


@dataclass(frozen=True)
class World:
    """Everything a walk needs. `near` lives beside the site, `far` some fifty kilometres away."""

    district: District
    region: Region
    site: Site
    administrator: Actor
    coordinator: Actor
    near: CadreMember
    far: CadreMember
    consultant: Actor
    staff: list[Person]


def make_world(key: str = "alder", hostname: str = "localhost", *, asks: bool = True) -> World:
    """A district ready to train; one that has not yet said what it asks of its staff unless `asks`."""
    district = make_district(key, hostname)
    region = make_region(district)
    site = make_site(district, "Cedar High", region=region, latitude=37.51, longitude=-122.31)
    coordinator = make_actor(district, "coordinator")
    staff = [make_person(district) for _ in range(3)]
    for person in staff:
        make_post(person, site=site)
    near, consultant = make_consultant(district, coordinator, "Near", HOME, leads=("staff", "caregivers"))
    far, _ = make_consultant(district, coordinator, "Far", (37.90, -122.50))
    if asks:
        with in_district(district.pk):
            set_requirement(actor=coordinator, terms=terms_of(), starts_on=dt.date(2024, 7, 1), at=AT)
    return World(
        district,
        region,
        site,
        make_actor(district, "site_administrator", site=site),
        coordinator,
        near,
        far,
        consultant,
        staff,
    )


def make_consultant(
    district: District, coordinator: Actor, name: str, home: tuple[float, float], **more: Any
) -> tuple[CadreMember, Actor]:
    """A member of the Cadre who works weekdays from 8 to 17, and the actor they sign in as."""
    account = make_account()
    person = make_person(district, account=account, family_name=name)
    make_post(person, "cadre_member")
    joining = Joining(home[0], home[1], **{"languages": ("en",), "weekly": WORKDAYS, **more})
    with in_district(district.pk):
        member = join_cadre(actor=coordinator, person=person, joining=joining, at=AT)
        return member, actor_for(account, district.pk, TODAY)


def wish(site: Site, **more: Any) -> Wish:
    """A session of an hour on Wednesday afternoon."""
    values: dict[str, Any] = {
        "site_ref": site.ref,
        "audience": "all_staff",
        "head_count": 40,
        "languages": ("en",),
        "mode": "in_person",
        "minutes": 60,
        "room": "Library",
        "windows": (Window(DAY, dt.time(14), dt.time(16)),),
        "twice_is_meant": True,
        **more,
    }
    return Wish(**values)


def ask(world: World, site: Site | None = None, *, at: dt.datetime = AT, **more: Any) -> Request:
    """A request in the queue."""
    actor = world.administrator if site is None else world.coordinator
    with in_district(world.district.pk):
        return request_training(actor=actor, wish=wish(site or world.site, **more), at=at)


def consult(world: World, site: Site | None = None, *, at: dt.datetime = AT, **more: Any) -> Request:
    """Somebody asks to be called back."""
    answers = {"topics": ["procedures"], "call_times": ["late"]}
    asked: dict[str, Any] = {"audience": "leaders", "windows": (), "answers": answers, **more}
    return ask(world, site, at=at, kind="consultation", **asked)


def terms_of(**more: Any) -> Terms:
    """What the district asks: by default that every secondary school is trained."""
    values: dict[str, Any] = {
        "subject": AWARENESS,
        "audience": "secondary_staff",
        "threshold_percent": 80,
        "validity_months": 12,
        "title_en": "Awareness",
        "title_es": "Concientización",
        "source_en": "Made up",
        "source_es": "Inventado",
        "owner_en": "Office",
        "owner_es": "Oficina",
        **more,
    }
    return Terms(**values)
