"""A district on its first day: sites, staff and posts as a roster brought them, and nothing of the programme yet."""

import datetime as dt
from dataclasses import dataclass, field

from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import make_account, make_district, make_person, make_post, make_region, make_site
from tests.factories.visits import signed_in
from tests.web.year.visitor import Visitor
from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.district.places.models import District, Site

SCHOOLS = {
    "0101": "Lincoln High School",
    "0102": "Lincoln High School",
    "0103": "Roosevelt Middle",
    "0104": "Elm Middle",
}
STAFF = {"0101": "TTT", "0102": "TTT", "0103": "TTTC", "0104": "TTTCC"}  # teachers, and classified staff
ROLES = {"T": "teacher", "C": "classified"}
PARTS = {"all_staff": "TCP", "teachers": "T", "classified": "C", "leaders": "P"}
TRAINED_BEFORE = {"01010", "01020"}  # as a list of a learning system tells
SPANISH_SCHOOL, SPANISH_CONSULTANT = "0103", "Vega"
CONSULTANTS = ("Bright", "Okoro", SPANISH_CONSULTANT)


@dataclass
class Year:
    """Who plays, each by what they are called in the test."""

    district: District
    sites: dict[str, Site]
    staff: dict[str, list[Person]]  # by the site's code; its principal is the last one
    accounts: dict[str, Account]  # "office", a site's code for its principal, a consultant's name
    done: int = 0  # of the queue
    came: set[str] = field(default_factory=set)  # the staff numbers of who came to a session

    def at(self, who: str) -> Visitor:
        """Somebody who has just signed in, in their own language."""
        language = "es" if who in {SPANISH_SCHOOL, SPANISH_CONSULTANT} else "en"
        return Visitor(signed_in(self.accounts[who]), language)

    def work(self) -> None:
        """Do what waits in the queue, as the worker does."""
        while waiting := list(ProcrastinateJob.objects.filter(id__gt=self.done).order_by("id")):
            for each in waiting:
                self.done = each.id
                app.tasks[each.task_name](**each.args)

    def to_come(self, code: str, audience: str) -> list[Person]:
        """Who comes to a session of a site: everyone of its audience but those whom a list told of."""
        roles = PARTS.get(audience, PARTS["all_staff"])
        letters = dict(zip((each.pk for each in self.staff[code]), STAFF[code] + "P", strict=True))
        return [
            each for each in self.staff[code] if letters[each.pk] in roles and each.staff_number not in TRAINED_BEFORE
        ]

    def visitor(self, language: str = "en") -> Visitor:
        """Somebody without an account."""
        return Visitor(Client(SERVER_NAME="localhost"), language)


def empty_district() -> Year:
    """Nothing but who and where."""
    district = make_district(county_key="us-ca-san-mateo")
    region = make_region(district)
    place = {"region": region, "latitude": 37.51, "longitude": -122.31}
    sites = {code: make_site(district, name, code=code, **place) for code, name in SCHOOLS.items()}  # type: ignore[arg-type]
    office = make_site(district, "Alder Office", code="0900", kind=Site.Kind.OFFICE, **place)  # type: ignore[arg-type]
    accounts = {name: make_account(f"{name.lower()}@alder.example") for name in ("office", *CONSULTANTS, *SCHOOLS)}
    staff: dict[str, list[Person]] = {}
    for code, letters in STAFF.items():
        staff[code] = [
            _employed(district, f"{code}{number}", ROLES[role], sites[code]) for number, role in enumerate(letters)
        ]
        staff[code].append(_employed(district, f"{code}9", "site_administrator", sites[code], accounts[code]))
    _employed(district, "1", "coordinator", None, accounts["office"])
    for number, name in enumerate(CONSULTANTS):
        _employed(district, f"90{number}", "cadre_member", office, accounts[name], name)
    return Year(district, sites, staff, accounts)


def _employed(
    district: District, number: str, role: str, site: Site | None, account: Account | None = None, name: str = ""
) -> Person:
    person = make_person(
        district,
        account=account,
        staff_number=number,
        family_name=name or f"Staff{number}",
        language="es" if name == SPANISH_CONSULTANT or number == f"{SPANISH_SCHOOL}9" else "en",
        email=account.email if account else f"p{number}@alder.example",
    )
    make_post(person, role, site=site, starts_on=dt.date(2024, 8, 1))
    return person
