"""The shelf of the demo: what ships, parcels of this year, an older poster called back, and wishes with promises."""

import datetime as dt
from typing import Any

from upstander.commands.demo.content import in_each_district, today
from upstander.commands.demo.training import acting
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.program.materials.selectors.catalogue import catalogue
from upstander.program.materials.selectors.parcels import shelves_of
from upstander.program.materials.selectors.wishes import open_wishes
from upstander.program.materials.services.catalogue import add_edition, take_shipped, withdraw_edition
from upstander.program.materials.services.parcels import Packed, send_parcel
from upstander.program.materials.services.pledges import pledge_by_mail, prove_pledge, receive_pledge
from upstander.program.materials.services.stock import receive_copies
from upstander.program.materials.services.wishes import Where, Wished, name_place, write_wish
from upstander.program.training.policies import page_key
from upstander.program.training.selectors.queue import Sought, queue_for
from upstander.program.training.services.requests import Wish, request_training

DAY = dt.timedelta(days=1)
PRINTED = {"poster": 60, "card": 900, "sheet": 450}
SENT = (("help_poster", 6), ("help_poster", 8), ("call_card", 60), ("help_poster", 4), ("family_sheet", 120))
OFFICE = Where(
    "Family Services Office", "200 Orchard Way", "Alder Valley", "Tuesdays, 9 to noon", "Martes, 9 a 12", "desk"
)
WISHES = (
    ("Grocery store gift cards", "Tarjetas de regalo de supermercado", "evening", 40),
    ("Children’s picture books", "Libros ilustrados para niños", "evening", 60),
    ("Bus passes", "Pases de autobús", "travel", 100),
    ("Notebooks and pens", "Cuadernos y bolígrafos", "training", 200),
)
# Which wish, how many, how many days ago, and how many of them came.
PLEDGES = ((0, 10, 20, 10), (0, 5, 25, 0), (2, 20, 6, 0), (3, 200, 12, 120))


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Both districts have what ships; the large one also sends, calls back, wishes and receives."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        coordinator = acting(of_district, plan["key"], "coordinator", today(plan, at))
        taken = take_shipped(actor=coordinator, at=at - 70 * DAY)
        _print(coordinator, at - 69 * DAY)
        if plan["key"] != "alder-valley":
            return {"editions": taken, "parcels": 0, "promises": 0}
        parcels = _send_and_call_back(coordinator, today(plan, at), at)
        return {"editions": taken, "parcels": parcels, "promises": _wish(coordinator, today(plan, at), at)}

    return in_each_district(seed_one)


def _print(coordinator: Actor, at: dt.datetime) -> None:
    for found in catalogue(actor=coordinator):
        for each in found.editions:
            count = PRINTED[found.material.kind]
            receive_copies(actor=coordinator, edition_ref=each.edition.ref, count=count, at=at)


def _send_and_call_back(coordinator: Actor, on: dt.date, at: dt.datetime) -> int:
    """An older poster went to some schools and is called back; of one request only a part could be sent."""
    poster = next(found.material for found in catalogue(actor=coordinator) if found.material.key == "help_poster")
    older: dict[str, Any] = {"language": "en", "edition_on": on - 300 * DAY, "prints": ["emergency.number"]}
    old = add_edition(actor=coordinator, ref=poster.ref, at=at - 68 * DAY, **older)
    receive_copies(actor=coordinator, edition_ref=old.ref, count=40, at=at - 68 * DAY)
    sites = sites_for(actor=coordinator, on=on, kind="school").order_by("code")
    for number, ((item, copies), site) in enumerate(zip(SENT, sites, strict=False)):
        asked_at = at - (60 - 9 * number) * DAY
        answers: dict[str, Any] = {"items": [item], "copies": copies, "delivery": "mail"}
        wish = Wish(site.ref, "everyone", languages=("en",), kind="materials", answers=answers, twice_is_meant=True)
        asked = request_training(actor=coordinator, wish=wish, at=asked_at)
        (shelf,) = shelves_of(actor=coordinator, request=asked)
        edition = old if item == "help_poster" else shelf.editions[0]
        sent_at = asked_at + 2 * DAY
        send_parcel(actor=coordinator, request_ref=asked.ref, packed=Packed({edition.ref: copies}, "mail"), at=sent_at)
    withdraw_edition(actor=coordinator, edition_ref=old.ref, reason="replaced", at=at - 5 * DAY)
    return len(SENT) + _send_a_part(coordinator, at)


def _send_a_part(coordinator: Actor, at: dt.datetime) -> int:
    """Half of the first line of the request that waits; the rest stays open."""
    waiting = queue_for(actor=coordinator, at=at, sought=Sought(kind="materials"))
    for line in waiting[:1]:
        shelf = shelves_of(actor=coordinator, request=line.request)[0]
        packed = Packed({shelf.editions[0].ref: shelf.line.rest // 2}, "mail")
        send_parcel(actor=coordinator, request_ref=line.request.ref, packed=packed, at=at - 2 * DAY)
    return len(waiting[:1])


def _wish(coordinator: Actor, on: dt.date, at: dt.datetime) -> int:
    place = name_place(actor=coordinator, where=OFFICE, at=at - 40 * DAY)
    for number, told in enumerate(WISHES):
        wished = Wished(*told, place.ref, on + (30 + 20 * number) * DAY)
        write_wish(actor=coordinator, wished=wished, at=at - 40 * DAY)
    anyone = visitor(coordinator.district_id)
    lines = open_wishes(actor=anyone, at=at)
    for number, (index, count, age, came) in enumerate(PLEDGES):
        promised_at, email = at - age * DAY, f"donor{number}@example.org"
        what: dict[str, Any] = {"ref": lines[index].wish.ref, "count": count, "email": email, "language": "en"}
        pledge = pledge_by_mail(actor=anyone, at=promised_at, **what)
        prove_pledge(actor=anyone, ref=pledge, key=page_key(pledge), at=promised_at)
        if came:
            receive_pledge(actor=coordinator, ref=pledge, count=came, at=at - (age - 4) * DAY)
    return len(PLEDGES)
