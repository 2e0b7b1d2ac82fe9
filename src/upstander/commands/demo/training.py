"""A year of training half done: the Cadre with their hours, sessions held and to come, requests that wait."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from upstander.commands.demo.content import in_each_district, school_years, seed_actor, today
from upstander.commands.demo.evaluation import answer_questions
from upstander.commands.demo.people import PEOPLE
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.selectors import demo_people
from upstander.district.people import selectors as people
from upstander.district.places import selectors as places
from upstander.foundation.kernel.actor import Actor
from upstander.insights.coverage import board_for
from upstander.program.compliance.selectors.coverage import Wanted
from upstander.program.training.content.offerings import STAFF_TOPICS
from upstander.program.training.selectors.matching import candidates_for, starts_for
from upstander.program.training.selectors.requests import request_coordinated
from upstander.program.training.selectors.rooms import room_of
from upstander.program.training.services.attendance import add_walk_in
from upstander.program.training.services.cadre import Joining, join_cadre, note_busy
from upstander.program.training.services.kept_marks import Bundle, Kept, bring_marks
from upstander.program.training.services.members import (
    Credentialed,
    FromUnit,
    HomeRegion,
    What,
    hold_fact,
)
from upstander.program.training.services.offerings import Given, make_offering
from upstander.program.training.services.requests import (
    Window,
    Wish,
    decline_request,
    request_training,
    withdraw_request,
)
from upstander.program.training.services.sessions import (
    Slot,
    assign_member,
    close_session,
    confirm_session,
    open_session,
)
from upstander.program.training.services.tallies import Tally
from upstander.program.training.services.units import name_unit

# How many requests end where, in the large and in the small demo district.
PLOTS = {
    "alder-valley": {"held": 10, "declined": 2, "withdrawn": 2, "confirmed": 9, "planned": 3},
    "north-fork": {"held": 1, "declined": 0, "withdrawn": 0, "confirmed": 1, "planned": 0},
}
WAITING_DAYS = {"alder-valley": (16, 12, 9, 8, 6, 5, 4, 3, 2, 2, 1, 1, 0), "north-fork": (3, 0)}
DAY = dt.timedelta(days=1)
# Half the Cadre works the week through; others have other duties on some mornings or days.
WEEKS = (
    tuple((weekday, dt.time(8), dt.time(17)) for weekday in range(5)),
    tuple((weekday, dt.time(12), dt.time(17)) for weekday in range(5)),
    tuple((weekday, dt.time(8), dt.time(17)) for weekday in (0, 1, 3)),
    tuple((weekday, dt.time(8), dt.time(17)) for weekday in (1, 2, 3, 4)),
)
# The demo's own consultant is there whenever somebody tries the demo.
ALWAYS = tuple((weekday, dt.time(6), dt.time(22)) for weekday in range(7))
UNITS = (
    ("Counseling", "Orientación"),
    ("School health", "Salud escolar"),
    ("Attendance", "Asistencia escolar"),
    ("School social work", "Trabajo social escolar"),
)
SHIFT = ("Between two shifts", "Entre dos turnos")  # half an hour for drivers
ROOMS = ("Library", "Staff room", "Room 12", "Auditorium", "Cafeteria", "Media center")
AUDIENCES = ("all_staff", "all_staff", "teachers", "support", "classified")
AFTERNOON, EVENING = dt.time(14), dt.time(17)


# What is asked for besides sessions, and how many days ago.
OTHER_WISHES = (
    (
        Wish(
            "",
            "leaders",
            languages=("en",),
            kind="consultation",
            answers={"topics": ["procedures"], "call_times": ["late"]},
        ),
        2,
    ),
    (
        Wish(
            "",
            "families",
            languages=("en", "es"),
            kind="materials",
            answers={"items": ["family_sheet", "help_poster"], "copies": 40, "delivery": "mail"},
        ),
        9,
    ),
)


@dataclass(frozen=True)
class Scene:
    """One district's stage: who acts, where, on which days."""

    at: dt.datetime
    on: dt.date
    zone: ZoneInfo
    rng: random.Random
    coordinator: Actor
    sites: list[Any]
    untrained: list[Any]  # secondary schools that the board still counts as not trained, in a drawn order
    past_days: list[dt.date]
    coming_days: list[dt.date]


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Let the demo's coordinators act out the year, through the same services as everyone."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        scene = _scene(of_district, plan, at, random.Random(f"{number} training {plan['key']}"))
        return {"cadre": _seed_cadre(scene, plan), "requests": sum(1 for _ in _seed_requests(scene, plan["key"]))}

    return in_each_district(seed_one)


def _scene(of_district: int, plan: dict[str, Any], at: dt.datetime, rng: random.Random) -> Scene:
    on, reader = today(plan, at), seed_actor(of_district)
    # Sessions held in the product are at sites outside the board's count: the lists that were loaded make up the board.
    sites = [
        site
        for site in places.sites_for(actor=reader, on=on).order_by("code")
        if site.kind != "school" or (site.highest_grade or 0) < 6
    ]
    first = max(school_years(on)[1].first, on - 70 * DAY)
    days = [first + number * DAY for number in range((on - first).days + 45)]
    school_days = [day for day in days if places.is_school_day(actor=reader, on=day)]
    coordinator = acting(of_district, plan["key"], "coordinator", on)
    return Scene(
        at=at,
        on=on,
        zone=ZoneInfo(plan["zone"]),
        rng=rng,
        coordinator=coordinator,
        sites=sites,
        untrained=_untrained(coordinator, on, at, rng),
        past_days=[day for day in school_days if day < on - 3 * DAY],
        coming_days=[day for day in school_days if on + 4 * DAY < day],
    )


def _untrained(coordinator: Actor, on: dt.date, at: dt.datetime, rng: random.Random) -> list[Any]:
    wanted = Wanted(size=None)
    board = board_for(actor=coordinator, on=on, known_at=at, language="en", wanted=wanted)
    lines = board.coverage.schools if board.coverage else []
    refs = {line.ref for line in lines if not line.is_trained}
    found = [site for site in places.sites_for(actor=coordinator, on=on).order_by("code") if site.ref in refs]
    return rng.sample(found, len(found) // 2)  # the others wait for the year plan


def _next_site(scene: Scene) -> Any:
    """Where a session is still to come: mostly a secondary school that is not trained, each asked for once."""
    if scene.untrained and scene.rng.random() < 0.8:
        return scene.untrained.pop()
    return scene.rng.choice(scene.sites)


def acting(of_district: int, key: str, post: str, on: dt.date) -> Actor:
    """The person of the demo who holds the post."""
    address = next(person.address for person in PEOPLE if (person.district, person.post) == (key, post))
    account = next(account for account in demo_people() if account.email == address)
    return actor_for(account, of_district, on)


def administrators_site(actor: Actor, key: str, on: dt.date) -> Any:
    """The school of the demo's site administrator, None where the district has none."""
    wanted = (key, "site_administrator")
    number = next((each.staff_number for each in PEOPLE if (each.district, each.post) == wanted), "")
    person = people.person_by_staff_number(actor=actor, staff_number=number) if number else None
    return next((post.site for post in people.posts_of(actor=actor, person=person, on=on)), None) if person else None


ALL_SKILLS = ("staff", "caregivers", "presentation", "consultation")
SKILLS = (("staff", "caregivers"), ("staff", "consultation"), ("staff", "presentation"))


def _seed_cadre(scene: Scene, plan: dict[str, Any]) -> int:
    numbers = {person.staff_number for person in PEOPLE}
    units = [name_unit(actor=scene.coordinator, name_en=en, name_es=es, at=scene.at) for en, es in UNITS]
    agenda = tuple((topic, 5) for topic in sorted(STAFF_TOPICS))
    shift = Given(*SHIFT, audiences=("drivers",), agenda=agenda, handouts=("call_card",), starts_on=scene.on)
    make_offering(actor=scene.coordinator, given=shift, at=scene.at)
    members = list(people.people_in_role(actor=scene.coordinator, role="cadre_member", on=scene.on))
    for index, person in enumerate(members):
        member = join_cadre(
            actor=scene.coordinator,
            person=person,
            joining=Joining(
                **_home(scene, plan, person),
                languages=("en", "es") if person.language == "es" or index % 3 == 0 else ("en",),
                weekly=ALWAYS if person.staff_number in numbers else WEEKS[index % len(WEEKS)],
                leads=ALL_SKILLS if person.staff_number in numbers else SKILLS[index % len(SKILLS)],
                since=school_years(scene.on)[0].first,
                away=((scene.on + 6 * DAY, scene.on + 13 * DAY),) if index % 4 == 1 else (),
            ),
            at=scene.at,
        )
        _seed_facts(scene, member, units[index % len(units)], index)
        if person.staff_number not in numbers:
            day = scene.rng.choice(scene.coming_days[:10] or [scene.on + 5 * DAY])
            starts = dt.datetime.combine(day, AFTERNOON, scene.zone)
            ends = starts + dt.timedelta(hours=1)
            note_busy(actor=scene.coordinator, member=member, starts_at=starts, ends_at=ends, at=scene.at)
    return len(members)


def _seed_facts(scene: Scene, member: Any, unit: Any, index: int) -> None:
    """Where they belong, what entitles them, and for one of them a credential that ends within weeks."""
    first = school_years(scene.on)[0].first
    posts = people.posts_of(actor=scene.coordinator, person=member.person, on=scene.on)
    site = next((post.site for post in posts if post.site), None)
    region = places.region_of(actor=scene.coordinator, site=site, on=scene.on) if site else None
    region = region or next((post.region for post in posts if post.region), None)
    facts: list[tuple[What, dt.date | None]] = [
        (FromUnit(unit.ref), None),
        (Credentialed("State credentialing office", index % 3 != 2), scene.on + 20 * DAY if index == 2 else None),
    ]
    if region:
        facts.append((HomeRegion(region.ref), None))
    for what, ends_on in facts:
        told = {"member_ref": member.ref, "what": what, "starts_on": first, "ends_on": ends_on, "at": scene.at}
        hold_fact(actor=scene.coordinator, **told)


def _home(scene: Scene, plan: dict[str, Any], person: Any) -> dict[str, Any]:
    """The site of one's own work, else the middle of a town of the region."""
    posts = list(people.posts_of(actor=scene.coordinator, person=person, on=scene.on))
    for post in posts:
        if post.site and post.site.latitude is not None:
            site = post.site
            return {"home_latitude": site.latitude, "home_longitude": site.longitude, "base_ref": site.ref}
    regions = {post.region.name for post in posts if post.region}
    town = next((town for town in plan["towns"] if town["region"] in regions), plan["towns"][0])
    return {"home_latitude": town["latitude"], "home_longitude": town["longitude"]}


def _seed_requests(scene: Scene, key: str) -> Iterator[str]:
    plots = PLOTS[key]
    for day in sorted(scene.rng.sample(scene.past_days, min(plots["held"], len(scene.past_days)))):
        yield _held(scene, day)
    for move in ("declined", "withdrawn"):
        for _ in range(plots[move]):
            yield _ended(scene, move)
    for index in range(plots["confirmed"] + plots["planned"]):
        asked_at = scene.at - scene.rng.randint(4, 12) * DAY
        ref = _ask(scene, _next_site(scene), _days(scene, 2), asked_at)
        _plan(scene, ref, asked_at + DAY, confirm=index < plots["confirmed"])
        yield ref
    if key == "alder-valley":
        yield _today(scene)
        for wish, age in OTHER_WISHES:
            site, asked_at = _next_site(scene), scene.at - age * DAY
            yield request_training(actor=scene.coordinator, wish=replace(wish, site_ref=site.ref), at=asked_at).ref
    for age in WAITING_DAYS[key]:
        asked_at = scene.at - age * DAY - dt.timedelta(minutes=scene.rng.randint(1, 300))
        yield _ask(scene, _next_site(scene), _days(scene, scene.rng.randint(1, 3)), asked_at)


def _days(scene: Scene, count: int) -> list[dt.date]:
    days = scene.coming_days or [scene.on + number * DAY for number in range(5, 20)]
    return sorted(scene.rng.sample(days, min(count, len(days))))


def _ask(
    scene: Scene,
    site: Any,
    days: list[dt.date],
    at: dt.datetime,
    *,
    hours: tuple[dt.time, dt.time] = (AFTERNOON, EVENING),
    plain: bool = False,
) -> str:
    """Ask for a session; a `plain` one is in person, in English and for teachers, so that everyone can hold it."""
    online, in_spanish = not plain and scene.rng.random() < 0.12, not plain and scene.rng.random() < 0.15
    wish = Wish(
        site_ref=site.ref,
        audience=scene.rng.choice(AUDIENCES),
        head_count=_heads(scene, site),
        languages=("en", "es") if in_spanish else ("en",),
        mode="online" if online else "in_person",
        minutes=60,
        room="" if online else scene.rng.choice(ROOMS),
        windows=tuple(Window(day, *hours) for day in days),
        closed_day_is_meant=True,
        twice_is_meant=True,
    )
    if plain:
        teachers = people.people_in_role(actor=scene.coordinator, role="teacher", on=scene.on, site=site)
        wish = replace(wish, audience="teachers", head_count=max(teachers.count(), 1))
    return request_training(actor=scene.coordinator, wish=wish, at=at).ref


def _heads(scene: Scene, site: Any) -> int:
    """Most of the site's staff, not all: some are always in class or away."""
    share = scene.rng.randint(70, 100)
    return max(1, people.staff_in_post(actor=scene.coordinator, site=site, on=scene.on).count() * share // 100)


def _plan(scene: Scene, ref: str, at: dt.datetime, *, confirm: bool, member: str = "") -> Any:
    """Plan with the nearest free consultant (or `member`) at the first start at which there is one."""
    from_queue = request_coordinated(actor=scene.coordinator, ref=ref, at=at)
    for start in starts_for(actor=scene.coordinator, request=from_queue, at=at):
        found = candidates_for(actor=scene.coordinator, request=from_queue, start=start)
        free = [each for each, weighed in found if weighed.is_free and member in {"", each.person.staff_number}]
        if free:
            slot = Slot(start.window_ref, start.starts)
            session = assign_member(actor=scene.coordinator, request_ref=ref, member_ref=free[0].ref, slot=slot, at=at)
            return confirm_session(actor=scene.coordinator, request_ref=ref, at=at) if confirm else session
    return None


def _held(scene: Scene, day: dt.date) -> str:
    """A session of this year: most of the site's staff came, and one number nobody knows."""
    site = scene.rng.choice(scene.sites)
    asked_at = dt.datetime.combine(day, dt.time(9), scene.zone) - 12 * DAY
    ref = _ask(scene, site, [day], asked_at)
    session = _plan(scene, ref, asked_at + 2 * DAY, confirm=True)
    if session is None:
        return ref
    open_session(actor=scene.coordinator, ref=session.ref, at=session.starts_at)
    seats = room_of(actor=scene.coordinator, ref=session.ref, at=session.starts_at).expected
    came = [seat.person.ref for seat in seats if scene.rng.random() < 0.8]
    ticks = [Kept(number, "ticked", person, "", "", session.starts_at) for number, person in enumerate(came, 1)]
    brought = Bundle("demo", session.starts_at, ticks)
    bring_marks(actor=scene.coordinator, session_ref=session.ref, bundle=brought, at=session.starts_at)
    if scene.rng.random() < 0.3:
        number = f"{scene.rng.randint(100, 999)}-X"
        add_walk_in(actor=scene.coordinator, session_ref=session.ref, staff_number=number, at=session.starts_at)
    if day.weekday() % 2:  # some rooms answer the questions before and after
        answer_questions(session, random.Random(f"{day} answers"))
    found = room_of(actor=scene.coordinator, ref=session.ref, at=session.ends_at)
    tally = Tally(found.checked_in_count, "CC")
    close_session(actor=scene.coordinator, ref=session.ref, tally=tally, at=session.ends_at)
    return ref


def _ended(scene: Scene, move: str) -> str:
    at = scene.at - scene.rng.randint(6, 20) * DAY
    ref = _ask(scene, scene.rng.choice(scene.sites), _days(scene, 1), at)
    if move == "declined":
        decline_request(actor=scene.coordinator, ref=ref, reason="no_day", at=at + DAY)
    else:
        withdraw_request(actor=scene.coordinator, ref=ref, at=at + DAY)
    return ref


def _today(scene: Scene) -> str:
    """A confirmed session of today with the demo's own consultant for the teachers of the demo administrator's school.

    When the others there are trained is the year plan's to say.
    """
    known = {person.post: person.staff_number for person in PEOPLE if person.district == "alder-valley"}
    site = administrators_site(scene.coordinator, "alder-valley", scene.on)
    assert site is not None, "the demo has no site administrator"
    local = scene.at.astimezone(scene.zone)
    first = (local + dt.timedelta(minutes=60)).replace(minute=0).time() if local.hour < 20 else dt.time(20)
    starts = max(first, dt.time(7)).replace(second=0, microsecond=0)
    ends = (dt.datetime.combine(scene.on, starts) + dt.timedelta(hours=1)).time()
    asked_at = scene.at - 6 * DAY
    ref = _ask(scene, site, [scene.on], asked_at, hours=(starts, ends), plain=True)
    _plan(scene, ref, asked_at + DAY, confirm=True, member=known["cadre_member"])
    return ref
