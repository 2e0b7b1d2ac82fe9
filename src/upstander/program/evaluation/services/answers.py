"""Taking answers: without a name, linked by a code that is forgotten."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.foundation.kernel.secrets import keyed_digest
from upstander.program.evaluation import events, policies
from upstander.program.evaluation.content.sheets import DEBRIEF, STAFF, Question, shipped_sheets
from upstander.program.evaluation.models import AnswerSheet, Debrief
from upstander.program.evaluation.selectors.sessions import session_by_key
from upstander.program.training.models import Session
from upstander.program.training.policies import most_by_code
from upstander.program.training.selectors.rooms import session_led

CODE = re.compile(r"^[A-Z0-9]{4,12}$")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was chosen, by question, and the code that links the two sheets; empty where nobody wants that."""

    chosen: Mapping[str, str]
    code: str = field(default="", repr=False)


@transaction.atomic
def keep_answers(*, actor: Actor, session_ref: str, key: str, phase: str, answers: Answers, at: dt.datetime) -> None:
    """Keep one person's answers of a phase. Anyone with the room's address may, without an account.

    The second sheet with the same code joins the first, and the code is forgotten; so it is where a code comes twice on
    one side, since nobody can tell then whose is whose. Raises NotFound, Invalid with the fields of `Answers`, and
    WrongState while the questions are closed or when more came than can have been there.
    """
    session = session_by_key(actor=actor, ref=session_ref, key=key)
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    policies.require_open(session, phase, at)
    sheet = shipped_sheets()[STAFF]
    _require_chosen(sheet.asked(phase), answers.chosen)
    link = _link(session, answers.code)
    _require_room(session, phase)
    known = AnswerSheet.objects.select_for_update().filter(session=session, link=link).first() if link else None
    if known is None:
        _write(session, phase, answers, link)
    elif getattr(known, phase) is None:
        setattr(known, phase, dict(answers.chosen))
        known.link = ""
        known.save(update_fields=[phase, "link"])
    else:
        known.link = ""
        known.save(update_fields=["link"])
        _write(session, phase, answers, "")
    record(events.ANSWERED, actor=actor, subject=session.ref, at=at, phase=phase)


@transaction.atomic
def keep_debrief(*, actor: Actor, session_ref: str, chosen: Mapping[str, str], at: dt.datetime) -> None:
    """Keep how who led a session looks back at it; the last one counts. Raises Invalid by question, WrongState."""
    session = session_led(actor=actor, ref=session_ref, at=at)
    if session.state != "closed":
        raise WrongState(_("Please close the session first."))
    sheet = shipped_sheets()[DEBRIEF]
    _require_chosen(sheet.questions, chosen)
    Debrief.objects.create(
        district_id=session.district_id,
        session=session,
        edition=sheet.edition,
        answers=dict(chosen),
        account_id=actor.account_id,
        at=at,
    )
    record(events.DEBRIEFED, actor=actor, subject=session.ref, at=at, edition=sheet.edition.isoformat())


def _require_chosen(questions: "list[Question] | tuple[Question, ...]", chosen: Mapping[str, str]) -> None:
    asked = {question.key for question in questions}
    wrong = [question.key for question in questions if chosen.get(question.key) not in question.keys]
    wrong += sorted(chosen.keys() - asked)
    refuse(Invalid(_("Please choose one answer."), key) for key in wrong)


def _link(session: Session, code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    if not plain:
        return ""
    if not CODE.match(plain):
        raise Invalid(_("A code is four to twelve letters or digits."), "code")
    return keyed_digest("evaluation-link", f"{session.ref} {plain}").hex()


def _require_room(session: Session, phase: str) -> None:
    """Nobody can be stopped from answering twice without knowing who they are; a crowd can be."""
    count = AnswerSheet.objects.filter(session=session, **{f"{phase}__isnull": False}).count()
    if count >= most_by_code(session.request.head_count):
        raise WrongState(_("These questions are not open now."))


def _write(session: Session, phase: str, answers: Answers, link: str) -> None:
    AnswerSheet.objects.create(
        district_id=session.district_id,
        session=session,
        edition=shipped_sheets()[STAFF].edition,
        link=link,
        **{phase: dict(answers.chosen)},
    )
