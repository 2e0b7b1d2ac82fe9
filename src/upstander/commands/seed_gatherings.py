"""Evenings and a symposium of the demo: one evening that was held, one to come, and a day in spring with its guests."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from upstander.commands.demo_people import PEOPLE
from upstander.commands.seed_content import in_each_district, seed_actor, today
from upstander.commands.seed_training import acting
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
from upstander.program.training.services.sessions import assign_member, confirm_session

FULL_DEMO = "alder-valley"
HOURS = (dt.time(17, 30), dt.time(19))
CARE = Arrangement(12, 3, 11, "after_school", ("es", "ase"), has_food=True, is_step_free=True)
WANTED = ((2, ""), (1, "es"), (3, "es"), (0, "vi"), (1, ""))
CAME = 34
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
    """Give the first district two evenings and a symposium, through the same services as everyone."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        if plan["key"] != FULL_DEMO:
            return {"evenings": 0, "symposiums": 0}
        coordinator = acting(of_district, plan["key"], "coordinator", today(plan, at))
        made = sum(_seed_evenings(coordinator, ZoneInfo(plan["zone"]), today(plan, at), at))
        _seed_symposium(coordinator, today(plan, at), at)
        return {"evenings": made, "symposiums": 1}

    return in_each_district(seed_one)


def _seed_evenings(coordinator: Actor, zone: ZoneInfo, on: dt.date, at: dt.datetime) -> list[bool]:
    own = _own_site(coordinator, on)
    others = places.sites_for(actor=seed_actor(coordinator.district_id), on=on).exclude(pk=own.pk)
    other = others.filter(kind="school", highest_grade__lt=6).first() or own  # outside what the board counts
    held, coming = _school_day(coordinator, on - dt.timedelta(days=12), -1), _school_day(coordinator, on, 9)
    return [
        _evening(coordinator, other, held, dt.datetime.combine(held, dt.time(9), zone) - dt.timedelta(days=14), True),
        _evening(coordinator, own, coming, at - dt.timedelta(days=5), False),
    ]


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


def _evening(coordinator: Actor, site: Any, on: dt.date, asked_at: dt.datetime, is_held: bool) -> bool:
    """An evening with its care and what families wished; noted as held if it was. False if nobody is free for it."""
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
    asked = request_training(actor=coordinator, wish=wish, at=asked_at)
    told: dict[str, Any] = {"actor": coordinator, "request_ref": asked.ref, "at": asked_at + dt.timedelta(hours=2)}
    slot, member = _free(coordinator, asked.ref, asked_at)
    if member is None:
        return False
    assign_member(member_ref=member.ref, slot=slot, **told)
    session = confirm_session(**told)
    evening = arrange_evening(actor=coordinator, ref=asked.ref, arrangement=CARE, at=told["at"])
    for care_count, language in WANTED:
        family = visitor(coordinator.district_id)
        want_places(actor=family, ref=evening.ref, care_count=care_count, language=language, at=told["at"])
    if is_held:
        note_held(
            actor=coordinator, ref=asked.ref, counted=CAME, initials="CC", at=session.ends_at + dt.timedelta(minutes=20)
        )
    return True


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
