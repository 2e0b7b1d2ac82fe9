"""Every list that grows asks the database exactly as often with many rows as with few.

The walk over the demo (`test_asked_once`) notices a page that asks for each of its rows; this holds each list to the
number itself. Lists that stand in a world of their own (plans, imports, evenings, symposiums, reminders, due days,
coverage, certifications, people, sites) have the same test beside their pages.
"""

import datetime as dt
from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_site
from tests.factories.materials import ask_materials, packed, stock_up
from tests.factories.training import DAY, World, ask, make_consultant
from tests.factories.visits import client_of
from tests.moments import AT, TODAY
from tests.program.compliance.world import clerk
from tests.program.materials.test_wishes import ask as promise
from tests.program.materials.test_wishes import make_wish, prove
from tests.program.training.test_sessions import assign
from upstander.district.people.models import Person
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.refs import new_ref
from upstander.program.compliance.selectors.packs.making import Pack
from upstander.program.compliance.selectors.packs.rows import Question
from upstander.program.compliance.services import (
    Entry,
    ask_for_pack,
    issue_certificates,
    keep_pack,
    record_completions,
)
from upstander.program.compliance.services.packs import SETTLES
from upstander.program.materials.models import DonorWish, Edition, Material
from upstander.program.materials.services.parcels import send_parcel
from upstander.program.training.models import Request
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import confirm_session

FEW, MORE = 1, 3
LINE = 60  # of characters that a row has at least
HOME = (37.50, -122.30)
Grow = Callable[[World, int], None]
numbers = count(1)


def requests(world: World, more: int) -> None:
    for _ in range(more):
        ask(world, site=make_site(world.district, region=world.region))


def own_requests(world: World, more: int) -> None:
    for _ in range(more):
        ask(world)


def sessions(world: World, more: int) -> None:
    """One a week with the same consultant, each at a site of its own."""
    for _ in range(more):
        on = DAY + dt.timedelta(weeks=next(numbers) % 20)
        site = make_site(world.district, region=world.region, latitude=37.51, longitude=-122.31)
        request = ask(world, site=site, windows=(Window(on, dt.time(14), dt.time(16)),))
        with in_district(world.district.pk):
            assign(world, request)
            confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT)


def members(world: World, more: int) -> None:
    for _ in range(more):
        make_consultant(world.district, world.coordinator, f"Further {next(numbers)}", HOME, leads=("staff",))


def materials(world: World, more: int) -> None:
    """The district's own, each with an edition of its own: twins of what ships."""
    stock_up(world, copies=3)
    with in_district(world.district.pk):
        first = Edition.objects.select_related("material").order_by("id")[0]
        for _ in range(more):
            own = first.material
            own.pk, own.ref, own.key, own.title_en = None, new_ref(), "", f"Own sheet {next(numbers)}"
            own.save(force_insert=True)
            first.pk, first.ref, first.material = None, new_ref(), Material.objects.get(ref=own.ref)
            first.save(force_insert=True)


def holdings(world: World, more: int) -> None:
    """Sites that hold copies."""
    poster = stock_up(world, copies=100)["help_poster", "en"]
    for _ in range(more):
        asked = ask_materials(world, 10, site=make_site(world.district, region=world.region))
        _send(world, asked, poster)


def parcels(world: World, more: int) -> None:
    """Parcels for one request, the first of which stays open."""
    poster = stock_up(world, copies=100)["help_poster", "en"]
    with in_district(world.district.pk):
        asked = Request.objects.filter(kind="materials").first()
    for _ in range(more):
        asked = asked or ask_materials(world, 90)
        _send(world, asked, poster)


def _send(world: World, asked: Request, poster: Edition) -> None:
    with in_district(world.district.pk):
        send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 2), at=AT)


def donor_wishes(world: World, more: int) -> None:
    for number in range(more):
        wish = make_wish(world, title_en=f"Passes {next(numbers)}")
        prove(world, promise(world, wish, 1, email=f"donor{number}@example.org"))


def promises(world: World, more: int) -> None:
    with in_district(world.district.pk):
        found = DonorWish.objects.first()
    wish = found or make_wish(world, wanted=90)
    for _ in range(more):
        prove(world, promise(world, wish, 1, email=f"donor{next(numbers)}@example.org"))


def packs(world: World, more: int) -> None:
    actor = lend(clerk(world.district), "proof.pack")
    with in_district(world.district.pk):
        for _ in range(more):
            file = ask_for_pack(actor=actor, of=Question(TODAY, AT - SETTLES, "en"), at=AT)
            keep_pack(actor=actor, ref=file.ref, made=Pack(b"", f"{next(numbers):064x}", 1), at=AT)


def certificates(world: World, more: int) -> None:
    """Of the coordinator: one for each session of theirs."""
    with in_district(world.district.pk):
        person = Person.objects.get(account__ref=world.coordinator.name)
        for _ in range(more):
            day = TODAY - dt.timedelta(days=next(numbers) % 90)
            entry = Entry(person.pk, "csec-awareness", day, "session", new_ref(), day + dt.timedelta(days=365))
            actor = clerk(world.district)
            refs = record_completions(actor=actor, entries=[entry], at=AT)
            issue_certificates(actor=actor, refs=refs, at=AT)


def pledge_page(world: World) -> str:
    with in_district(world.district.pk):
        return f"/en/materials/wishes/{DonorWish.objects.get().ref}/"


def pack_page(world: World) -> str:
    with in_district(world.district.pk):
        return f"/en/materials/pack/{Request.objects.get(kind='materials').ref}/"


def coordinator(world: World) -> Client:
    return client_of(world.coordinator)


def administrator(world: World) -> Client:
    return client_of(world.administrator)


def consultant(world: World) -> Client:
    return client_of(world.consultant)


def visitor(_world: World) -> Client:
    return Client(SERVER_NAME="localhost")


LISTS: list[tuple[str | Callable[[World], str], Callable[[World], Client], Grow]] = [
    ("/en/training/queue/", coordinator, requests),
    ("/en/training/requests/", administrator, own_requests),
    ("/en/training/sessions/", coordinator, sessions),
    ("/en/training/mine/", consultant, sessions),
    ("/en/cadre/me/", consultant, sessions),
    ("/en/cadre/", coordinator, members),
    ("/en/materials/", coordinator, materials),
    ("/en/materials/held/", coordinator, holdings),
    (pack_page, coordinator, parcels),
    ("/en/materials/wishes/", coordinator, donor_wishes),
    ("/en/wishes/", visitor, donor_wishes),
    (pledge_page, coordinator, promises),
    ("/en/proof/packs/", coordinator, packs),
    ("/en/certificates/", coordinator, certificates),
]


def asked(client: Client, path: str) -> tuple[int, int]:
    """How often the page asks the database, and how long it is."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(caught), len(answer.content)


@pytest.mark.parametrize(("page", "who", "grow"), LISTS)
def test_a_list_asks_as_often_with_many_rows_as_with_few(
    world: World, page: str | Callable[[World], str], who: Callable[[World], Client], grow: Grow
) -> None:
    grow(world, FEW)
    path, client = page if isinstance(page, str) else page(world), who(world)
    client.get(path)  # the first visit also reads what is read once a process
    few, short = asked(client, path)
    grow(world, MORE)
    many, long = asked(client, path)
    assert many == few
    assert long > short + MORE * LINE, "the list has not grown"
