"""The sign-in sheet: its numbered lines, and the paper."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.engines import rotating_code
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import Request, Session
from upstander.program.training.selectors.rooms import Room, Seat, room_of

TEMPLATE = Path(__file__).parents[1] / "documents" / "sign_in.typ"
BLANK_LINES = 12  # for who is not on the list
MARK_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered line of the sheet."""

    number: int
    seat: Seat


@dataclass(frozen=True, slots=True)
class Sheet:
    """A session's sheet: the site's staff of that day by name, numbered, and four letters that stand for this list."""

    room: Room
    lines: list[Line]
    mark: str

    @property
    def session(self) -> Session:
        return self.room.session

    def by_number(self) -> dict[int, str]:
        """The ref of each line's person."""
        return {line.number: line.seat.person.ref for line in self.lines}


def sheet_of(*, actor: Actor, ref: str, at: dt.datetime) -> Sheet:
    """The sheet of a session, for who leads it or coordinates its site. Raises NotFound."""
    room = room_of(actor=actor, ref=ref, at=at)
    lines = [Line(number, seat) for number, seat in enumerate(room.expected, 1)]
    # Another list has other letters, so that its lines are not mistaken for these.
    mark = rotating_code.code_of("|".join(seat.person.ref for seat in room.expected).encode(), 0)[:MARK_LETTERS]
    return Sheet(room, lines, mark)


def sheet_pdf(*, actor: Actor, sheet: Sheet, district_name: str, language: str, at: dt.datetime) -> Drawn:
    """Draw a sheet that a selector handed to this `actor`. It says when and where, and nothing of what is trained."""
    with translation.override(language):
        said = _said(sheet) | {"district": district_name, "language": language[:2]}
    return draw(TEMPLATE, said, at=at)


def _name(seat: Seat) -> str:
    return f"{seat.person.full_name} ({seat.site_name})" if seat.site_name else seat.person.full_name


def _how(session: Session) -> Iterator[str]:
    yield _("Please write your initials beside your name. Nothing else is needed.")
    if session.mode == Request.Mode.HYBRID:
        yield _("Whoever takes part online checks in with the codes of the meeting instead.")


def _said(sheet: Sheet) -> dict[str, object]:
    session = sheet.session
    day, starts, ends = date_format(session.on), time_format(session.starts), time_format(session.ends)
    late, early = _("If late: since"), _("If gone early: at")
    return {
        "title": _("Sign-in sheet"),
        "where": f"{session.site.name}, {session.room}" if session.room else session.site.name,
        "when": f"{day}, {starts} – {ends}",
        "how": " ".join(_how(session)),
        "columns": [_("Line"), _("Name"), _("Initials"), late, early],
        "people": [[str(line.number), _name(line.seat)] for line in sheet.lines],
        "others_heading": _("Not on the list"),
        "others_how": _(
            "Please write your staff number, so that your attendance finds you. Whoever has none is counted."
        ),
        "others_columns": [
            "",
            _("Staff number"),
            _("If a substitute, contractor, volunteer"),
            _("Initials"),
            late,
            early,
        ],
        "others": ["+"] * BLANK_LINES,
        "foot": _("Sheet %(mark)s") % {"mark": sheet.mark},
    }
