"""2,400 check-ins within a minute: how long each one waits, counted from when it should begin, and how many arrive.

Each is what a phone does: it opens the page that the picture leads to, sends number and letters, and reads the answer.
Phones come at random moments of the minute from as many addresses as there are rooms, as schools do.
"""

import datetime as dt
import http.client
import os
import random
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db import connection, connections

from upstander.commands.demo.training import acting
from upstander.commands.measures.readings import CannotRun, Reading, yardstick
from upstander.commands.measures.stage import SITE_VARIABLE
from upstander.commands.measures.visits import FOUND, HIDDEN, PATIENCE_SECONDS, first_district, port_of
from upstander.district.places import selectors as places
from upstander.engines import rotating_code
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.training.selectors.matching import candidates_for, starts_for
from upstander.program.training.selectors.requests import request_coordinated
from upstander.program.training.selectors.rooms import codes_for_device, room_of
from upstander.program.training.services.requests import Window, Wish, request_training
from upstander.program.training.services.sessions import Slot, assign_member, confirm_session, open_session

CHECK_INS, SECONDS, SEED = 2_400, 60.0, 20261116
ROOMS, PHONES_AT_ONCE = 20, 48
SLOWEST_MILLISECONDS = 300
KEY, ZONE = "alder-valley", ZoneInfo("America/Los_Angeles")
HOURS, DAYS_BACK = (8, 9, 10, 11, 13, 14, 15), 7
BEFORE = dt.timedelta(days=12)


@dataclass(frozen=True, slots=True)
class Hall:
    """An open session, its address on this machine, and its letters minute after minute."""

    ref: str
    source: str
    first: int
    letters: str

    def code(self) -> str:
        """The letters on its screen now."""
        place = rotating_code.LENGTH * (int(time.time()) // rotating_code.SECONDS - self.first)
        return self.letters[place : place + rotating_code.LENGTH]


@dataclass(frozen=True, slots=True)
class Visit:
    """How long one phone waited for the page and for the answer, in milliseconds, and whether it was thanked."""

    page: float
    check_in: float
    is_thanked: bool


def measure() -> list[Reading]:
    """Waiting times in the 95th place of a hundred, and the check-ins that are in the ledger afterwards."""
    port, district = port_of(os.environ[SITE_VARIABLE]), first_district().pk
    with in_district(district):
        coordinator = acting(district, KEY, "coordinator", clock.now().astimezone(ZONE).date())
        halls = [_open(coordinator, ref, number) for number, ref in enumerate(_confirmed(coordinator))]
        numbers, before = _staff_numbers(), _arrived(coordinator, halls)
    connections.close_all()
    speed = yardstick()
    visits = list(_visits(port, halls, numbers))
    with in_district(district):
        lost = CHECK_INS - (_arrived(coordinator, halls) - before)
    return [
        Reading("check-ins sent within a minute", len(visits), "check-ins", at_least=CHECK_INS),
        Reading("check-in, 95 of 100", _place(visits, "check_in"), "ms", at_most=SLOWEST_MILLISECONDS),
        Reading("check-in, median", statistics.median(each.check_in for each in visits), "ms"),
        Reading("its page, 95 of 100", _place(visits, "page"), "ms"),
        Reading("check-ins not thanked", sum(not each.is_thanked for each in visits), "check-ins", at_most=0),
        Reading("check-ins lost", abs(lost), "check-ins", at_most=0),
        Reading("yardstick, 100,000 additions", speed, "ms"),
    ]


def _confirmed(coordinator: Actor) -> Iterator[str]:
    """Sessions of the last days, which can still be opened, with whoever was free then; gives their refs."""
    today = clock.now().astimezone(ZONE).date()
    site = places.sites_for(actor=coordinator, on=today).order_by("code").first()
    days = [(today - dt.timedelta(days=back), dt.time(hour)) for back in range(1, DAYS_BACK) for hour in HOURS]
    made = 0
    for on, starts in days:
        at = dt.datetime.combine(on, starts, ZONE) - BEFORE
        window = Window(on, starts, (dt.datetime.combine(on, starts) + dt.timedelta(hours=1)).time())
        ref = made < ROOMS and _planned(coordinator, _wish(site, window), at)
        if ref:
            made += 1
            yield ref
    if made < ROOMS:
        raise CannotRun(f"only {made} of {ROOMS} sessions found a consultant")


def _wish(site: Any, window: Window) -> Wish:
    return Wish(
        site_ref=site.ref,
        audience="all_staff",
        head_count=CHECK_INS // ROOMS,
        languages=("en",),
        mode="in_person",
        minutes=60,
        room="Auditorium",
        windows=(window,),
        closed_day_is_meant=True,
        twice_is_meant=True,
    )


def _planned(coordinator: Actor, wish: Wish, at: dt.datetime) -> str | None:
    asked = request_training(actor=coordinator, wish=wish, at=at)
    queued = request_coordinated(actor=coordinator, ref=asked.ref, at=at)
    start = starts_for(actor=coordinator, request=queued, at=at)[0]
    found = candidates_for(actor=coordinator, request=queued, start=start)
    member = next((each for each, weighed in found if weighed.is_free), None)
    if member is None:
        return None
    slot = Slot(start.window_ref, start.starts)
    assign_member(actor=coordinator, request_ref=asked.ref, member_ref=member.ref, slot=slot, at=at)
    return confirm_session(actor=coordinator, request_ref=asked.ref, at=at).ref


def _open(coordinator: Actor, ref: str, number: int) -> Hall:
    at = clock.now()
    open_session(actor=coordinator, ref=ref, at=at)
    codes = codes_for_device(actor=coordinator, ref=ref, at=at)
    return Hall(ref, f"127.0.1.{number + 1}", codes.first, codes.letters)


def _staff_numbers() -> list[str]:
    """Those of the district's people; where it has fewer, numbers that nobody has, which wait to be matched."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT staff_number FROM people_person WHERE staff_number <> '' LIMIT %s", [CHECK_INS])
        known = [row[0] for row in cursor.fetchall()]
    return known + [f"B-{number}" for number in range(CHECK_INS - len(known))]


def _arrived(coordinator: Actor, halls: list[Hall]) -> int:
    at = clock.now()
    return sum(room_of(actor=coordinator, ref=hall.ref, at=at).checked_in_count for hall in halls)


def _visits(port: int, halls: list[Hall], numbers: list[str]) -> Iterator[Visit]:
    rng = random.Random(SEED)
    moments = sorted(rng.uniform(0, SECONDS) for _ in range(CHECK_INS))
    began = time.monotonic()
    with ThreadPoolExecutor(PHONES_AT_ONCE) as phones:
        waiting = []
        for index, moment in enumerate(moments):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            hall = halls[index % len(halls)]
            waiting.append(phones.submit(_visit, port, hall, numbers[index], began + moment))
        yield from (each.result() for each in waiting)


def _visit(port: int, hall: Hall, number: str, due: float) -> Visit:
    """One phone; what it waited for its turn among the others counts as waiting for the page."""
    phone = http.client.HTTPConnection("127.0.0.1", port, PATIENCE_SECONDS, source_address=(hall.source, 0))
    here = f"localhost:{port}"
    try:
        code = hall.code()
        phone.request("GET", f"/en/check-in/{code}/", headers={"Host": here})
        hidden = dict(HIDDEN.findall(phone.getresponse().read().decode()))
        shown = time.monotonic()
        sent = urlencode({**hidden, "staff_number": number, "code": code})
        form = {"Host": here, "Origin": f"http://{here}", "Content-Type": "application/x-www-form-urlencoded"}
        phone.request("POST", "/en/check-in/", sent, form)
        answer = phone.getresponse()
        answer.read()
        done = time.monotonic()
        phone.request("GET", "/en/check-in/thanks/", headers={"Host": here})
        phone.getresponse().read()
    finally:
        phone.close()
    return Visit((shown - due) * 1000, (done - shown) * 1000, answer.status == FOUND)


def _place(visits: list[Visit], what: str) -> float:
    waited: list[float] = [getattr(each, what) for each in visits]
    return statistics.quantiles(waited, n=100)[94]
