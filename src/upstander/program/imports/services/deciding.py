"""What somebody says about a file: what its columns hold, and whom its names mean."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines.tables.cells import ORDERS
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, refuse
from upstander.program.compliance.selectors.trainings import trainings_asked
from upstander.program.imports import events
from upstander.program.imports.content.columns import (
    ASKED,
    AUDIENCE,
    CODE,
    FAMILY,
    GIVEN,
    HOURS,
    LEAVES,
    NAME,
    NUMBER,
    OF_DAYS,
    OF_PEOPLE,
    OF_TRAININGS,
    PERSON,
    POST,
    REQUESTS,
    ROSTER,
    STANDS,
    STARTS,
    WHEN,
    Choice,
)
from upstander.program.imports.content.lines import days_of
from upstander.program.imports.content.matching import NONE, Question
from upstander.program.imports.content.reading import Cells
from upstander.program.imports.content.roster import erase_children
from upstander.program.imports.models import Import, ImportSheet, Match
from upstander.program.imports.selectors.hours import audiences_offered
from upstander.program.imports.selectors.imports import cells_of
from upstander.program.imports.selectors.preview import RECORD, Outlook, outlook
from upstander.program.imports.selectors.requests import kinds_offered
from upstander.program.imports.services._moves import locked, move


@transaction.atomic
def choose_columns(*, actor: Actor, ref: str, choice: Choice, at: dt.datetime) -> None:
    """Note what the columns hold, and erase every column that holds nothing of it. Needs `ledger.prepare`.

    Raises `Invalid` (field "columns", "order" or "subject") for what is missing, all of it at once; "order" when days
    can be read in two ways and nobody said which. Raises NotFound and WrongState.
    """
    load = locked(actor, ref, "describe")
    cells = cells_of(actor=actor, load=load, position=choice.sheet)
    refuse(_missing(load.kind, cells, choice))
    if load.kind in OF_TRAININGS:
        _check_subject(actor, choice)
    days = days_of(cells, choice)
    if not days.must_ask:
        choice = replace(choice, order="")
    elif choice.order not in ORDERS:
        raise Invalid(
            _("Say which number is the month: %(example)s can be read in two ways.") % {"example": days.example},
            "order",
        )
    move(load, "describe", at, choice=choice.as_data())
    _keep_only(load, choice)
    count = len(choice.used)
    record(events.COLUMNS_CHOSEN, actor=actor, subject=ref, at=at, kind=load.kind, columns=count)


def _check_subject(actor: Actor, choice: Choice) -> None:
    asked = trainings_asked(actor=lend(actor, RECORD), language="en")
    if choice.subject not in {training.subject for training in asked}:
        raise Invalid(_("Choose the training that this list is about."), "subject")


def _missing(kind: str, cells: Cells, choice: Choice) -> Iterator[Invalid]:
    width = len(cells.rows[0])
    if not 0 <= choice.header_row < len(cells.rows) or any(not 0 <= column < width for column in choice.used):
        yield Invalid(_("The file has no such row or column."), "columns")
    elif kind in OF_PEOPLE and NUMBER not in choice.columns:
        yield Invalid(_("Say which column holds the staff number."), "columns")
    elif kind not in OF_PEOPLE | OF_DAYS and not {CODE, NAME} & set(choice.columns):
        yield Invalid(_("Say which column holds the school's code or name."), "columns")
    if kind == LEAVES and WHEN not in choice.columns:
        yield Invalid(_("Say which column holds the first day away."), "columns")
    elif kind in MISSING:
        yield from MISSING[kind](choice)
    elif WHEN not in choice.columns and not choice.years:
        yield Invalid(_("Say which column holds the day or the school year."), "columns")
    if WHEN in choice.columns and choice.years:
        yield Invalid(_("Use either one column with days, or columns of school years; not both."), "columns")


def _missing_of_hours(choice: Choice) -> Iterator[Invalid]:
    if WHEN not in choice.columns:
        yield Invalid(_("Say which column holds the weekday or the day."), "columns")
    if STARTS not in choice.columns:
        yield Invalid(_("Say which column holds the hours, or from when they are."), "columns")
    if AUDIENCE not in choice.columns and choice.audience not in audiences_offered():
        yield Invalid(_("Say who is free then: by a column, or for the whole list."), "audience")


def _missing_of_roster(choice: Choice) -> Iterator[Invalid]:
    if NUMBER not in choice.columns:
        yield Invalid(_("Say which column holds the staff number."), "columns")
    if not {GIVEN, FAMILY, PERSON} & set(choice.columns):
        yield Invalid(_("Say which columns hold the names."), "columns")
    if POST not in choice.columns:
        yield Invalid(_("Say which column holds the post."), "columns")
    if WHEN not in choice.columns and not choice.since:
        yield Invalid(_("Say since when people are in post: by a column, or for the whole list."), "since")


def _missing_of_requests(choice: Choice) -> Iterator[Invalid]:
    if WHEN not in choice.columns:
        yield Invalid(_("Say which column holds the day on which it was asked for."), "columns")
    if STANDS in choice.columns and ASKED not in choice.columns and choice.asked not in kinds_offered():
        yield Invalid(_("Say what was asked for: by a column, or for the whole list."), "asked")


MISSING: Mapping[str, Callable[[Choice], Iterator[Invalid]]] = {
    HOURS: _missing_of_hours,
    REQUESTS: _missing_of_requests,
    ROSTER: _missing_of_roster,
}


def _keep_only(load: Import, choice: Choice) -> None:
    """What nobody asked for is not kept, whatever it says; nor is a row about a child, once its role is known."""
    ImportSheet.objects.filter(load=load).exclude(position=choice.sheet).delete()
    sheet = ImportSheet.objects.get(load=load)
    kept, at_role = set(choice.used), choice.columns.get(POST)
    of_children = sheet.marks.get("of_children_count", 0) + erase_children(sheet.rows, at_role)
    sheet.marks["of_children_count"] = of_children
    sheet.rows = [[cell if index in kept else "" for index, cell in enumerate(row)] for row in sheet.rows]
    sheet.save(update_fields=["rows", "marks"])


@transaction.atomic
def decide_matches(*, actor: Actor, ref: str, answers: Mapping[str, str], at: dt.datetime, on: dt.date) -> int:
    """Note whom the names mean, by question key; return how many questions are still open. Needs `ledger.prepare`.

    "" says that none is meant: the rows are left out. Decisions are remembered for later lists. Raises `Invalid` for an
    answer that was not offered, NotFound and WrongState.
    """
    load = locked(actor, ref, "keep")
    seen = outlook(actor=actor, load=load, on=on)
    asked = {question.key: question for question in seen.to_decide}
    given = {key: answer for key, answer in answers.items() if key in asked and asked[key].chosen != answer}
    if any(not _is_offered(asked[key], answer, seen) for key, answer in given.items()):
        raise Invalid(_("Choose one of the offered schools or people, or none of them."))
    kinds = dict.fromkeys((question.key for question in seen.courses.values()), Match.Kind.COURSE)
    kinds |= {question.key: Match.Kind(meant) for (meant, _word), question in seen.words.items()}
    by_name = Match.Kind.PERSON if load.kind in OF_PEOPLE else Match.Kind.SITE
    Match.objects.bulk_create(
        Match(
            district_id=actor.district_id,
            kind=kinds.get(key, by_name),
            said=key,
            chosen=answer,
            decided_at=at,
            decided_by=actor.name,
        )
        for key, answer in given.items()
    )
    open_count = outlook(actor=actor, load=load, on=on).open_count
    move(load, "keep" if open_count else "match", at)
    record(events.MATCHES_DECIDED, actor=actor, subject=ref, at=at, count=len(given), open=open_count)
    return open_count


def _is_offered(question: Question, answer: str, seen: Outlook) -> bool:
    if question in seen.courses.values():
        return answer in (NONE, seen.choice.subject)
    return answer == NONE or answer in {target.ref for target in question.candidates}
