"""A list that the demo's large district brought along: when its schools can be trained, and cells nobody can read."""

import datetime as dt
from typing import Any

from upstander.commands.demo.content import content, in_each_district, today
from upstander.commands.demo.people import ALDER
from upstander.commands.demo.training import acting
from upstander.district.places.selectors import is_school_day, secondary_sites
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.columns import Choice
from upstander.program.imports.selectors.imports import import_by_ref
from upstander.program.imports.selectors.preview import outlook, preview_of
from upstander.program.imports.services import apply_import, choose_columns, decide_matches, take_file

HOURS = "hours"
ROLES = ("code", "name", "audience", "when", "starts", "ends", "most")
SOON, LATE = 30, 60


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Bring in a list of hours, as its coordinator would: columns, names, preview, applied."""

    def seed_one(of_district: int, plan: dict[str, Any]) -> dict[str, int]:
        if plan["key"] != ALDER:
            return {}
        on = today(plan, at)
        coordinator = acting(of_district, plan["key"], "coordinator", on)
        rows = list(_rows(coordinator, on, at))
        return {"hours": _bring(coordinator, rows, on, at)}

    return in_each_district(seed_one)


def _rows(actor: Actor, on: dt.date, at: dt.datetime) -> list[list[str]]:
    told = content("hours")["list"]
    days = (on + dt.timedelta(days=number) for number in range(SOON, LATE))
    off = next((day.isoformat() for day in days if is_school_day(actor=actor, on=day)), "")
    schools = sorted(secondary_sites(actor=actor, on=on, known_at=at), key=lambda site: site.code)[: told["schools"]]
    rows = [told["head"]]
    for site in schools:
        rows += [[site.code, site.name, *row] for row in told["rows"]]
        rows += [[site.code, site.name, *told["single_day"][:1], off, *told["single_day"][1:]]] if off else []
    return rows


def _bring(actor: Actor, rows: list[list[str]], on: dt.date, at: dt.datetime) -> int:
    raw = "\n".join(";".join(row) for row in rows).encode()
    ref = take_file(actor=actor, kind=HOURS, file_name=content("hours")["list"]["file"], raw=raw, at=at)
    choice = Choice(columns={role: column for column, role in enumerate(ROLES)})
    choose_columns(actor=actor, ref=ref, choice=choice, at=at)
    decide_matches(actor=actor, ref=ref, answers={}, at=at, on=on)
    load = import_by_ref(actor=actor, ref=ref)
    seal = preview_of(actor=actor, load=load, seen=outlook(actor=actor, load=load, on=on), language="en").seal
    return apply_import(actor=actor, ref=ref, seal=seal, without_refused=True, at=at, on=on)["new"]
