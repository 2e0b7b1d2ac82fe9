"""Evenings and a symposium of the demo: evenings and lessons held, an evening to come, a day in spring with guests."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from upstander.commands.demo.content import in_each_district, seed_actor, today
from upstander.commands.demo.people import PEOPLE
from upstander.commands.demo.training import acting
from upstander.district.people import selectors as people
from upstander.district.places import selectors as places
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.program.gatherings.services.evenings import Arrangement, arrange_evening, note_held, want_places
from upstander.program.gatherings.services.guests import SignUp, prove_guest, sign_up
from upstander.program.gatherings.services.parts import Agreed, Slot, add_host, add_slot, settle_speaker
from upstander.program.gatherings.services.symposiums import Plan, make_symposium, move_symposium
from upstander.program.training.policies import page_key
from upstander.program.training.selectors.matching import candidates_for, starts_for
from upstander.program.training.selectors.requests import request_coordinated
from upstander.program.training.services.requests import Window, Wish, request_training
from upstander.program.training.services.sessions import Slot as Start
from upstander.program.training.services.sessions import (
    assign_member,
    close_session,
    confirm_session,
    open_session,
)
from upstander.program.training.services.tallies import Tally

FULL_DEMO = "alder-valley"
HOURS = (dt.time(17, 30), dt.time(19))
CARE = Arrangement(12, 3, 11, "after_school", ("es", "ase"), has_food=True, is_step_free=True)
WANTED = ((2, ""), (1, "es"), (3, "es"), (0, "vi"), (1, ""))
CAME = (34, 21, 46, 28)
LISTENED = 31
LESSON = (dt.time(8), dt.time(14))
AGENDA = (
    Slot(dt.time(9), dt.time(9, 30), "Welcome", "Bienvenida", "Hall"),
    Slot(
        dt.time(9, 30),
        dt.time(10, 45),
        "What schools can do this year",
        "Lo que las escuelas pueden hacer este año",
        "Hall",
    ),
    Slot(
        dt.time(11),
        dt.time(12, 15),
        "Services close by, and how to reach them",
        "Servicios cercanos y cómo llegar a ellos",
        "Hall",
    ),
    Slot(dt.time(13, 15), dt.time(14, 30), "Listening and leading", "Escuchar y liderar", "Room 2"),
)
GUESTS = (
    ("Ana Beltrán", "Harbor Family Center", ("vegetarian",)),
    ("Chris Okafor", "County Office of Education", ()),
    ("Dee Park", "Valley Youth Clinic", ("captions", "near_front")),
    ("Lucía Serrano", "Port Alder Library", ("step_free",)),
    ("Noor Haddad", "Open Door Legal Aid", ("quiet",)),
    ("Pat Lindqvist", "North Fork Union", ()),
)
SPEAKERS = (
    Agreed("Dana Whitfield", "Alder Valley Unified", topics=("schools",)),
    Agreed("Rosa Ibarra", "Harbor Family Center", fee=400, topics=("services",), care_name="Coordinator’s office"),
    Agreed("Micah Lane", fee=900, topics=("leading",), break_minutes=30, care_name="Coordinator’s office"),
)
HOSTS = (("Harbor Family Center", ("speakers", "materials")), ("County Office of Education", ("room", "interpreters")))


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Give the first district its evenings, lessons and a symposium, through the same services as everyone."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        if plan["key"] != FULL_DEMO:
            return {"evenings": 0, "symposiums": 0}
        coordinator = acting(of_district, plan["key"], "coordinator", today(plan, at))
        made = sum(_seed_evenings(coordinator, ZoneInfo(plan["zone"]), today(plan, at), at))
        _seed_symposium(coordinator, today(plan, at), at)
        return {"evenings": made, "symposiums": 1}

    return in_each_district(seed_one)


def _seed_evenings(coordinator: Actor, zone: ZoneInfo, on: dt.date, at: dt.datetime) -> list[bool]:
    """One evening to come where the demo's administrator works; behind us a few, and two lessons after them."""
    own = _own_site(coordinator, on)
    schools = places.sites_for(actor=seed_actor(coordinator.district_id), on=on).exclude(pk=own.pk)
    elementary = schools.filter(kind="school", highest_grade__lt=6)[:1]  # outside what the board counts
    secondary = schools.filter(kind="school", highest_grade__gte=7).order_by("code")[1:13:4]
    made = [_evening(coordinator, own, _school_day(coordinator, on, 9), at - dt.timedelta(days=5))]
    for number, site in enumerate([*elementary, *secondary]):
        day = _school_day(coordinator, on - dt.timedelta(days=12 + 7 * number), -1)
        asked_at = dt.datetime.combine(day, dt.time(9), zone) - dt.timedelta(days=14)
        made.append(_evening(coordinator, site, day, asked_at, came=CAME[number]))
        if number > 1:
            _lesson(coordinator, site, _school_day(coordinator, day, 5), asked_at)
    return made


def _own_site(coordinator: Actor, on: dt.date) -> Any:
    """Where the demo's own administrator works."""
    number = next(p.staff_number for p in PEOPLE if (p.district, p.post) == (FULL_DEMO, "site_administrator"))
    person = people.person_by_staff_number(actor=coordinator, staff_number=number)
    assert person is not None, "the demo has no site administrator"
    return next(post.site for post in people.posts_of(actor=coordinator, person=person, on=on))


def _school_day(coordinator: Actor, on: dt.date, days: int) -> dt.date:
    """The first school day that far away, or the day itself in a summer without any."""
    step = dt.timedelta(days=1 if days > 0 else -1)
    tried = [on + dt.timedelta(days=days) + number * step for number in range(30)]
    return next((day for day in tried if places.is_school_day(actor=coordinator, on=day)), tried[0])


def _evening(coordinator: Actor, site: Any, on: dt.date, asked_at: dt.datetime, *, came: int | None = None) -> bool:
    """An evening with its care and what families wished, held if somebody `came`. False if nobody is free for it."""
    wish = Wish(
        site_ref=site.ref,
        kind="evening",
        audience="caregivers",
        head_count=40,
        languages=("en",),
        mode="in_person",
        minutes=60,
        room="Library",
        windows=(Window(on, *HOURS),),
        answers={"interpreter": ["es"], "care": True, "invitation": "both"},
        closed_day_is_meant=True,
        twice_is_meant=True,
    )
    session = _agreed(coordinator, wish, asked_at)
    if session is None:
        return False
    ref, told_at = session.request.ref, asked_at + dt.timedelta(hours=2)
    evening = arrange_evening(actor=coordinator, ref=ref, arrangement=CARE, at=told_at)
    for care_count, language in WANTED:
        family = visitor(coordinator.district_id)
        want_places(actor=family, ref=evening.ref, care_count=care_count, language=language, at=told_at)
    if came:
        counted_at = session.ends_at + dt.timedelta(minutes=20)
        note_held(actor=coordinator, ref=ref, counted=came, initials="CC", at=counted_at)
    return True


def _lesson(coordinator: Actor, site: Any, on: dt.date, asked_at: dt.datetime) -> None:
    """A lesson for students after the evening of their families: held, heads counted, nobody listed."""
    wish = Wish(
        site_ref=site.ref,
        kind="presentation",
        audience="middle",
        head_count=LISTENED,
        languages=("en",),
        mode="in_person",
        minutes=60,
        room="Library",
        windows=(Window(on, *LESSON),),
        answers={"topics": ["online", "help"], "adult": "teacher", "families_told": "told"},
        closed_day_is_meant=True,
        twice_is_meant=True,
    )
    session = _agreed(coordinator, wish, asked_at)
    if session:
        tally = Tally(LISTENED, "CC", 0, difference_is_known=True)
        open_session(actor=coordinator, ref=session.ref, at=session.starts_at)
        close_session(actor=coordinator, ref=session.ref, tally=tally, at=session.ends_at)


def _agreed(coordinator: Actor, wish: Wish, at: dt.datetime) -> Any:
    """What was wished for, confirmed with whoever is free first; None if nobody is."""
    asked = request_training(actor=coordinator, wish=wish, at=at)
    told: dict[str, Any] = {"actor": coordinator, "request_ref": asked.ref, "at": at + dt.timedelta(hours=2)}
    slot, member = _free(coordinator, asked.ref, at)
    if member is None:
        return None
    assign_member(member_ref=member.ref, slot=slot, **told)
    return confirm_session(**told)


def _free(coordinator: Actor, ref: str, at: dt.datetime) -> tuple[Any, Any]:
    asked = request_coordinated(actor=coordinator, ref=ref, at=at)
    for start in starts_for(actor=coordinator, request=asked, at=at):
        for member, weighed in candidates_for(actor=coordinator, request=asked, start=start):
            if weighed.is_free:
                return Start(start.window_ref, start.starts), member
    return None, None


def _seed_symposium(coordinator: Actor, on: dt.date, at: dt.datetime) -> None:
    day = _school_day(coordinator, on, 110)
    title = ("Schools and partners, side by side", "Escuelas y aliados, codo a codo")
    plan = Plan(*title, "County conference hall, 100 Main Street", day, dt.time(9), dt.time(15), 120, ("es", "ase"))
    made = make_symposium(actor=coordinator, plan=plan, at=at)
    told: dict[str, Any] = {"actor": coordinator, "ref": made.ref, "at": at}
    slots = [add_slot(slot=slot, **told) for slot in AGENDA]
    for slot, speaker in zip(slots[1:], SPEAKERS, strict=True):
        settle_speaker(agreed=replace(speaker, slot_ref=slot.ref), **told)
    for name, brings in HOSTS:
        add_host(name=name, brings=brings, **told)
    move_symposium(move="publish", **told)
    for number, (name, organization, needs) in enumerate(GUESTS):
        guest: dict[str, Any] = {"actor": visitor(coordinator.district_id), "at": at}
        given = SignUp(name, f"guest{number}@example.org", "en", organization, needs=needs)
        ref = sign_up(ref=made.ref, given=given, **guest)
        prove_guest(ref=ref, key=page_key(ref), **guest)
