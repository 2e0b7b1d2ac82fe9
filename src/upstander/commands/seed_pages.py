"""What the demo district says on its public pages: two offices that are vetted, and one that waits."""

import datetime as dt

from upstander.commands.demo_people import ALDER
from upstander.commands.seed_content import content, district_id, today
from upstander.district.access.selectors import actor_for
from upstander.district.accounts.selectors import demo_people
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.library.content.passages import spots
from upstander.program.library.selectors.pages import shipped_page
from upstander.program.library.services.passages import enter_passage, take_step

PAGE = "at_my_school"
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


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Write as the coordinator and vet as the site administrator, through the services; gives counts."""
    plan = next(plan for plan in content("districts")["districts"] if plan["key"] == ALDER)
    of_district, on = district_id(plan), today(plan, at)
    accounts = {account.email.partition("@")[0]: account for account in demo_people()}
    asked = [spot for spot in spots(shipped_page(PAGE)) if spot.kind == "confirm"]
    with in_district(of_district):
        coordinator, principal = (actor_for(accounts[name], of_district, on) for name in ("coordinator", "principal"))
        rows = [
            enter_passage(actor=coordinator, page=PAGE, spot=spot, said=said, shows_on=on, on=on, at=at)
            for spot, said in zip(asked, OFFICES, strict=False)
        ]
        for row in rows[:-WAITING]:
            take_step(actor=principal, ref=row.ref, step="vetted", on=on, at=at)
    return {"passages": len(rows)}
