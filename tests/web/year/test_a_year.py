"""A coordinator's whole year through the pages alone: from an empty district and three ugly spreadsheets to every
school trained and an auditor pack; two principals and a consultant beside her, one of each in Spanish.
"""

import csv
import datetime as dt
import hashlib
import io
import re
from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django import app

from tests.moments import AT
from tests.web.year.district import (
    CONSULTANTS,
    SCHOOLS,
    SPANISH_CONSULTANT,
    SPANISH_SCHOOL,
    STAFF,
    TRAINED_BEFORE,
    Year,
    empty_district,
)
from tests.web.year.lists import bring_in
from tests.web.year.visitor import Typed, Visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import Certificate
from upstander.program.training.models import Session

pytestmark = pytest.mark.django_db
GONE_AFTER = dt.timedelta(minutes=20)
MAKE_UP = {"on": "2027-01-14", "starts": "15:00"}
AFTERWARDS = dt.datetime(2027, 1, 15, 17, 0, tzinfo=dt.UTC)
SPRING = dt.datetime(2027, 3, 1, 17, 0, tzinfo=dt.UTC)  # the file of a pack is long erased by then
LINK = re.compile(r"http://localhost\S*?(/e[ns]/training/answer/\S+)")
AWARENESS: dict[str, Typed] = {
    "title_en": "Awareness",
    "title_es": "Concientización",
    "by_sessions": True,
    "audience": "Everyone with a post at a secondary school",
    "cadence": "rolling",
    "threshold_percent": "100",
    "validity_months": "12",
    "starts_on": "2024-07-01",
    "source_en": "Policy 5141",
    "source_es": "Política 5141",
    "owner_en": "Office of safety",
    "owner_es": "Oficina de seguridad",
}
BREAK: dict[str, Typed] = {"starts_on": "2026-12-18", "last_on": "2027-01-05", "kind": "closed", "name": "Winter break"}


def test_a_year_from_an_empty_district_to_every_school_trained(set_clock: Any, settings: Any) -> None:
    set_clock(AT)
    settings.MAIL_TRANSPORT = "smtp"
    year = empty_district()
    office = year.at("office")
    ask_for_awareness(office)
    bring_in(office)
    enter_the_calendar(office)
    gather_the_cadre(year, office)
    plan_the_year(year, office)
    answer_the_mails(year, office)
    hold_the_sessions(year, set_clock)
    make_up_what_was_missed(year, set_clock)
    read_the_board(year, year.at("office"))
    certify_a_school(year)
    make_the_pack_twice(year, set_clock)


def ask_for_awareness(office: Visitor) -> None:
    office.go("/coverage/").says("Nothing is asked on this day")
    office.follow("Requirements").follow("Ask for another training")
    office.press("See whom it concerns", AWARENESS).says("It concerns 19 people", "0 of them are done already")
    office.press("Save it like this").says("Awareness", "Sessions of the Cadre with the staff")


def enter_the_calendar(office: Visitor) -> None:
    office.go("/training/plans/").says("No school year lies ahead").follow("School years")
    office.press("Enter", {"name": "2026-27", "starts_on": "2026-08-17", "ends_on": "2027-06-11"}).says("2026-27")
    office.follow("Days on which nobody is trained").press("Enter", BREAK).says("Winter break", "The whole district")
    enter_hours(office, {"level": "secondary", "audience": "all_staff"}, "Tuesday", "14:00", "16:00")
    enter_hours(office, {"site_ref": "Elm Middle", "audience": "teachers"}, "Tuesday", "14:00", "16:00")
    enter_hours(office, {"site_ref": "Elm Middle", "audience": "classified"}, "Friday", "08:00", "10:00")


def enter_hours(office: Visitor, whose: dict[str, Typed], weekday: str, starts: str, ends: str) -> None:
    office.go("/training/plans/").follow("When sites can be trained")
    hours: dict[str, Typed] = {"weekday": weekday, "starts": starts, "ends": ends, "starts_on": "2026-08-17"}
    office.press("Enter", whose | hours).says("Entered. The next plan uses it.")


def gather_the_cadre(year: Year, office: Visitor) -> None:
    for number, name in enumerate(CONSULTANTS):
        office.go("/training/plans/").follow("Who can go").follow("Add a consultant")
        spoken = ["en", "es"] if name == SPANISH_CONSULTANT else ["en"]
        told: dict[str, Typed] = {"base": "Alder Office", "languages": spoken, "leads": ["staff"]}
        office.press("Add a consultant", {"staff_number": f"90{number}", **told}).says(f"Alex {name}")
    own = year.at(SPANISH_CONSULTANT).go("/cadre/me/").says("Mi horario")
    own.press("Save the week", {"week-starts_4_0": "13:00"})  # on Fridays in the afternoon alone
    assert own.html.count('value="13:00"') == 1


def plan_the_year(year: Year, office: Visitor) -> None:
    """The first draft names two things that keep a school from its days, and each leads to where it is mended."""
    office.go("/training/plans/").press("Draft a plan").says("3 of 4 sites have a day")
    office.says("The site asked for this itself on Oct. 7, 2026").follow("Open its request")
    office.follow("Complete this request").press("Save", {"audience": "teachers", "room": "Library"})
    office.says("Your answers are noted")
    office.go("/training/plans/").press("Draft a plan").follow("Enter hours of this group")
    enter_hours(office, {"site_ref": "Elm Middle", "audience": "leaders"}, "Tuesday", "08:00", "10:00")
    office.go("/training/plans/").press("Draft a plan").says("4 of 4 sites have a day", "Nothing is proven yet")
    plan = office.address.removeprefix("/en")
    office.press("Improve the plan", {"limit": "20"}).says("The planner is looking for a better plan")
    year.work()
    office.follow("Refresh now").says("Proven: ").follow("See the plan").follow("By school")
    office.follow("Lincoln High School").press("Pin it as it is").says("Pinned")
    office.go(f"{plan}schools/").follow("Roosevelt Middle")
    offered = office.offers("Change and pin", "time")
    assert not [each for each in offered if "2026-12-18" <= each < "2027-01-06"]
    moved: dict[str, Typed] = {"time": "2027-01-12T14:00", "member": f"Alex {SPANISH_CONSULTANT}"}
    office.press("Change and pin", moved).says("Changed and pinned", "Tuesday, Jan. 12, 2027")
    office.go(plan).follow("Release the plan").says("4 sites get a day").press("Yes, release it")
    office.says("Released. 4 sites are asked by mail", "0 of 6 days are accepted")


def answer_the_mails(year: Year, office: Visitor) -> None:
    year.work()
    links = [(each.to[0], path) for each in mail.outbox for path in LINK.findall(str(each.body))]
    assert sorted(to[:4] for to, _path in links) == ["0101", "0102", "0103", "0104", "0104", "0104"]
    for address, path in links:
        language, _, rest = path.strip("/").partition("/")
        assert (language == "es") is address.startswith(SPANISH_SCHOOL)
        head = year.visitor(language).go(f"/{rest}")
        if address.startswith("0101"):
            head.press("Decline; look for another day").says("Decline this day for Lincoln High School?")
            head.press("Yes, decline this day").says("Declined.").press("Take the decline back")
        head.press("Accept this day").says("Accepted. Thank you.")
    office.go("/training/plans/").follow("Plan 3").says("6 of 6 days are accepted")


def hold_the_sessions(year: Year, set_clock: Any) -> None:
    with in_district(year.district.pk):
        coming = list(Session.objects.filter(state="confirmed").select_related("site", "request").order_by("starts_at"))
        leads = {each.pk: each.assignments.get().member.person.family_name for each in coming}
    assert len(coming) == len(SCHOOLS) + 2, "one for each school, and of Elm Middle one for each of three groups"
    for session in coming:
        hold(year, session, leads[session.pk], set_clock)


def hold(year: Year, session: Session, lead: str, set_clock: Any) -> None:
    """Half of the room by code, the rest by sheet; at one school somebody who checked in leaves early."""
    expected = year.to_come(session.site.code, session.request.audience)
    set_clock(session.starts_at - dt.timedelta(minutes=5))
    room = year.at(lead).go("/training/mine/").follow(session.site.name)
    page = room.address.removeprefix(f"/{room.language}")
    room.press("I do").says("answers now").press("Open the session")
    set_clock(session.starts_at)
    check_in(year, room.go(page).follow("Show the code"), [each.staff_number for each in expected[::2]])
    if session.site.code == SPANISH_SCHOOL:
        set_clock(session.starts_at + GONE_AFTER)
        room.go(page).press("Leaves", having=expected[0].ref)
    set_clock(session.ends_at)
    by_sheet = [each.full_name for each in expected[1::2]]
    if by_sheet:
        room.go(page).follow("Enter a sheet that was signed")
        lines = room.offers("Save", "here")
        room.press("Save", {"here": [ref for ref, said in lines.items() if said.endswith(tuple(by_sheet))]})
    room.go(page).follow("Close the session")
    room.press("Yes, close it", {"counted": str(len(expected)), "initials": "AV", "card_count": "0"})
    room.says("Cuenta para: Concientización." if room.language == "es" else "It counts for: Awareness.")
    year.came |= {each.staff_number for each in expected}


def check_in(year: Year, screen: Visitor, numbers: list[str]) -> None:
    code = re.search(r'data-letters="([A-Z ]+)"', screen.html)
    assert code
    for number in numbers:
        phone = year.visitor(screen.language).go("/check-in/")
        phone.press("Check in", {"staff_number": number, "code": code[1].replace(" ", "")}).says("Thank you, recorded")


def make_up_what_was_missed(year: Year, set_clock: Any) -> None:
    year.at("office").go("/coverage/").says("3 of 4 secondary schools trained", "West 3 4 0 18 19")
    early = year.to_come(SPANISH_SCHOOL, "all_staff")[0].full_name
    own = year.at(SPANISH_CONSULTANT).go("/training/mine/").follow("Parts to make up").says("los últimos 40 minutos")
    own.follow(early).press("Set a time", dict(MAKE_UP)).says("time set")
    set_clock(AFTERWARDS)
    own = year.at(SPANISH_CONSULTANT).go("/training/make-ups/").follow(early)
    own.press("It was made up").says("Noted. They have a completion and a certificate.")


def read_the_board(year: Year, office: Visitor) -> None:
    """What the board counts is what the test saw: who came, and whom the list of the learning system told of."""
    done = year.came | TRAINED_BEFORE
    counted = sorted(
        (name, str(len(year.staff[code])), str(sum(each.staff_number in done for each in year.staff[code])))
        for code, name in SCHOOLS.items()
    )
    assert sum(len(letters) + 1 for letters in STAFF.values()) == len(done)
    office.go("/coverage/").says("4 of 4 secondary schools trained", f"West 4 4 0 {len(done)} {len(done)}")
    rows = csv.DictReader(io.StringIO(office.follow("Download this list (CSV)").raw.decode("utf-8-sig")))
    listed = [each for each in rows if each["School"]]
    assert sorted((each["School"], each["Staff in post"], each["Staff trained"]) for each in listed) == counted
    assert {each["Counts as"] for each in listed} == {"Trained"}
    office.go("/coverage/").follow("Report to the board").says("4 of 4 secondary schools are trained")
    assert office.follow("Open as one page (PDF)").raw.startswith(b"%PDF")
    with in_district(year.district.pk):
        held = Certificate.objects.filter(completion__person__staff_number__in=year.came)
        assert (held.count(), Certificate.objects.count()) == (len(year.came), len(year.came))


def certify_a_school(year: Year) -> None:
    head = year.at(SPANISH_SCHOOL).go("/coverage/").follow("Yearly reviews of the sites").follow("Roosevelt Middle")
    head.press("Certify this").says("Concientización 5 de 5 0 0 0", "15 de enero de 2027 para 2026-27")
    assert head.follow("Open the certification (PDF)").raw.startswith(b"%PDF")
    assert head.go("/certificates/").follow("Concientización").raw.startswith(b"%PDF")


def make_the_pack_twice(year: Year, set_clock: Any) -> None:
    office = year.at("office").go("/coverage/").follow("Auditor packs").press("Make the pack")
    page = office.address.removeprefix("/en")
    first = finished(year, office)
    set_clock(SPRING)
    app.tasks["house.forget_packs"](timestamp=0)
    office = year.at("office").go(page).says("is erased").press("Make the file again")
    assert finished(year, office) == first


def finished(year: Year, office: Visitor) -> str:
    """The checksum of the file that the job made, which its page tells."""
    year.work()
    office.follow("Refresh now").says("It tells of 19 people.")
    told = office.html.replace("<wbr>", "")
    digest = hashlib.sha256(office.follow("Download the pack (zip)").raw).hexdigest()
    assert digest in told
    return digest
