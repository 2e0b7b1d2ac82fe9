"""Small worlds for tests: plain functions with sensible defaults. Nothing is written when this is imported."""

import datetime as dt
import itertools
from typing import Any

from django.contrib.auth.hashers import make_password

from tests.moments import AT, TODAY
from upstander.district.access.models import RoleGrant
from upstander.district.access.policies import ROLE_OF_POST
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.models import Account
from upstander.district.people.models import Person, Post
from upstander.district.places.models import District, Host, LawStation, Region, Site, SiteRegion, SiteStatus
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.text import sort_key

PASSWORD = "correct horse battery"
LONG_AGO = dt.date(2020, 1, 1)

_numbers = itertools.count(1)


def make_district(key: str = "alder", hostname: str = "localhost", **more: Any) -> District:
    """A district with one host."""
    values = {"name": f"{key.title()} Unified", "zone": "America/Los_Angeles", "state_key": "us-ca", **more}
    district = District.objects.create(key=key, **values)
    Host.objects.create(hostname=hostname, district=district)
    return district


def make_region(district: District, name: str = "West") -> Region:
    with in_district(district.pk):
        return Region.objects.create(district_id=district.pk, name=name, starts_on=LONG_AGO, recorded_at=AT)


def make_site(district: District, name: str = "", *, region: Region | None = None, **more: Any) -> Site:
    """An active school with grades 9 to 12 unless told otherwise, in `region` if one is given."""
    number = next(_numbers)
    name = name or f"School {number}"
    values = {"source": "own", "code": f"S{number}", "kind": Site.Kind.SCHOOL, "lowest_grade": 9, "highest_grade": 12}
    with in_district(district.pk):
        site = Site.objects.create(district_id=district.pk, name=name, sort_key=sort_key(name), **{**values, **more})
        dated = {"district_id": district.pk, "site": site, "starts_on": LONG_AGO, "recorded_at": AT}
        SiteStatus.objects.create(status=SiteStatus.Status.ACTIVE, source="own", **dated)
        if region:
            SiteRegion.objects.create(region=region, **dated)
    return site


def make_station(district: District, **more: Any) -> LawStation:
    values = {"name": "Alder Police", "kind": LawStation.Kind.CITY_POLICE, "phone": "555-0100", **more}
    with in_district(district.pk):
        return LawStation.objects.create(district_id=district.pk, **values)


def make_person(district: District, *, account: Account | None = None, **more: Any) -> Person:
    number = next(_numbers)
    values = {
        "staff_number": f"{100000 + number}",
        "given_name": "Alex",
        "family_name": f"Rivera{number}",
        "email": f"person{number}@example.org",
        **more,
    }
    values.setdefault("sort_key", sort_key(f"{values['family_name']} {values['given_name']}"))
    with in_district(district.pk):
        return Person.objects.create(district_id=district.pk, account=account, **values)


def make_post(person: Person, role: str = "teacher", **more: Any) -> Post:
    values = {"starts_on": LONG_AGO, "recorded_at": AT, **more}
    with in_district(person.district_id):
        return Post.objects.create(district_id=person.district_id, person=person, role=role, **values)


def make_account(email: str = "") -> Account:
    email = email or f"account{next(_numbers)}@example.org"
    return Account.objects.create(email=email, display_name=email.partition("@")[0], password=make_password(PASSWORD))


def make_granted(district: District, *roles: str) -> Account:
    """An account that holds roles given by hand and no post."""
    account = make_account()
    with in_district(district.pk):
        for role in roles:
            RoleGrant.objects.create(
                district_id=district.pk, account=account, role=role, starts_on=TODAY, ends_on=None, recorded_at=AT
            )
    return account


def make_actor(
    district: District, role: str = "coordinator", *, site: Site | None = None, region: Region | None = None
) -> Actor:
    """A signed-in person holding the post `role` (a key of ROLE_OF_POST, or "teacher") at the given place."""
    account = make_account()
    person = make_person(district, account=account)
    assert role in ROLE_OF_POST or role == "teacher", f"no post brings {role}"
    make_post(person, role, site=site, region=region)
    with in_district(district.pk):
        return actor_for(account, district.pk, TODAY)
