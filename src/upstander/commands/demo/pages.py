"""What the demo district says on its public pages: published through its reviewers, and waiting for one of them."""

import datetime as dt

from upstander.commands.demo.content import content, district_id, seed_actor, today
from upstander.commands.demo.people import ALDER, REVIEWERS
from upstander.district.access.selectors import actor_for
from upstander.district.access.services import give_role
from upstander.district.accounts.selectors import demo_people
from upstander.district.accounts.services import create_account
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.library.content.passages import spots
from upstander.program.library.selectors.pages import shipped_page
from upstander.program.library.services.passages import enter_passage, take_step
from upstander.program.library.states import REVIEWS, Step

PAGE = "at_my_school"
A_YEAR = dt.timedelta(days=365)
OFFICES = (
    Text(
        "The counseling office is next to the library. It is open before school, at lunch and after school.",
        "La oficina de consejería está junto a la biblioteca. Abre antes de clases, a la hora del almuerzo y después.",
    ),
    Text(
        "The health office is by the front door. It is open all day.",
        "Enfermería está junto a la entrada, todo el día.",
    ),
    Text("The social worker is here on Tuesdays and Thursdays.", "Trabajo social está aquí los martes y jueves."),
)
WAITING = 1  # the last ones are left to vet
# Which of the page's texts, what the district says there, and which of the three reviews it has.
WORDS: tuple[tuple[int, Text, tuple[Step, ...]], ...] = (
    (
        1,
        Text(
            "These offices help with many things, from a headache to a bus pass. Each of them has a quiet corner. "
            "No one can see from outside why you are there.",
            "Estas oficinas ayudan con muchas cosas, desde un dolor de cabeza hasta un pase de autobús. Todas tienen "
            "un rincón tranquilo. Desde fuera nadie ve por qué estás ahí.",
        ),
        REVIEWS,
    ),
    (
        3,
        Text(
            "Some days an adult is busy or does not get it. That is on the adult, not on you. Come back after lunch, "
            "or try a second person from your plan.",
            "A veces un adulto no tiene tiempo o no entiende. Eso es asunto del adulto, no tuyo. Vuelve después del "
            "almuerzo o prueba con otra persona de tu plan.",
        ),
        (Step.LEGAL,),
    ),
)


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Write as the coordinator, vet as the site administrator and review in all roles, by the services; counts."""
    plan = next(plan for plan in content("districts")["districts"] if plan["key"] == ALDER)
    of_district, on = district_id(plan), today(plan, at)
    with in_district(of_district):
        _make_reviewers(seed_actor(of_district, "access.manage"), on, at)
        actors = {account.email.partition("@")[0]: actor_for(account, of_district, on) for account in demo_people()}
        made = _offices(actors["coordinator"], actors["principal"], on, at) + _words(actors, on, at)
    return {"passages": made, "reviewers": len(REVIEWERS)}


def _make_reviewers(actor: Actor, on: dt.date, at: dt.datetime) -> None:
    for person in REVIEWERS:
        account = create_account(
            actor=actor, email=person.address, display_name=person.name, password=person.password, at=at
        )
        give_role(actor=actor, account=account, role=person.role, starts_on=on, ends_on=on + A_YEAR, at=at)


def _offices(editor: Actor, principal: Actor, on: dt.date, at: dt.datetime) -> int:
    asked = [spot for spot in spots(shipped_page(PAGE)) if spot.kind == "confirm"]
    rows = [
        enter_passage(actor=editor, page=PAGE, spot=spot, said=said, shows_on=on, on=on, at=at)
        for spot, said in zip(asked, OFFICES, strict=False)
    ]
    for row in rows[:-WAITING]:
        take_step(actor=principal, ref=row.ref, step=Step.VETTED, on=on, at=at)
    return len(rows)


def _words(actors: dict[str, Actor], on: dt.date, at: dt.datetime) -> int:
    texts = [spot for spot in spots(shipped_page(PAGE)) if spot.kind == "text"]
    reviewers = {
        step: actors[person.address.partition("@")[0]] for step, person in zip(REVIEWS, REVIEWERS, strict=True)
    }
    for position, said, steps in WORDS:
        spot = texts[position]
        row = enter_passage(actor=actors["coordinator"], page=PAGE, spot=spot, said=said, shows_on=on, on=on, at=at)
        for step in steps:
            take_step(actor=reviewers[step], ref=row.ref, step=step, on=on, at=at)
    return len(WORDS)
