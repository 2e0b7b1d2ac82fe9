"""What a request says, what of it is not answered yet, and what of it can still be put right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.program.training import states
from upstander.program.training.content import kinds
from upstander.program.training.content.kinds import COLUMNS, SESSION_HOLDS, Question
from upstander.program.training.models import AnswerChange, Request

PHONE = "phone"  # a question of this type


@dataclass(frozen=True, slots=True)
class Answers:
    """The page of a request's answers: the questions that its reader may answer anew, with what stands."""

    questions: tuple[Question, ...]
    stands: tuple[tuple[str, Any], ...]
    held: tuple[str, ...]  # questions whose answers an agreed session is made of


def answers_for(*, actor: Actor, request: Request, of_district: bool, by_link: bool = False) -> Answers:
    """What the actor, who was given the request, may still put right. `by_link`: its requester, by the key to it.

    A number to call is shown to whoever asked and to whoever has the request in hand, to nobody else.
    """
    kind = kinds.kind_of(request.kind)
    may_read = by_link or actor.account_id in (request.requested_by_id, request.owner_id)
    open_now = open_questions(request, of_district=of_district)
    questions = tuple(each for each in kind.questions if each.key in open_now and (may_read or each.type != PHONE))
    held = tuple(each.key for each in kind.questions if each.key not in open_now) if open_now else ()
    return Answers(questions, shown(request, [each.key for each in questions]), held)


def open_questions(request: Request, *, of_district: bool) -> tuple[str, ...]:
    """The questions that can be answered anew where the request stands; takes no actor and no query."""
    keys = tuple(question.key for question in kinds.kind_of(request.kind).questions)
    match states.ANSWERS_OPEN[request.state][of_district]:
        case states.Answers.ALL:
            return keys
        case states.Answers.BESIDE_SESSION:
            return tuple(key for key in keys if key not in SESSION_HOLDS)
        case _:
            return ()


def shown(request: Request, keys: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    """What stands as the answers to these questions, in plain values; the seal of a form is over these."""
    return tuple((key, _plain(answer_of(request, key))) for key in sorted(keys))


def answer_of(request: Request, key: str) -> Any:
    """The answer to one question, wherever it is kept."""
    return getattr(request, key) if key in COLUMNS else request.answers.get(key)


def unanswered_of(request: Request) -> list[Question]:
    """What has to be known of the request, can still be said, and is not: a former system did not tell it.

    Takes no actor and no query.
    """
    open_now = open_questions(request, of_district=True)
    return [
        each for each in kinds.kind_of(request.kind).questions if each.key in open_now and _is_missing(request, each)
    ]


def changes_of(*, actor: Actor, request: Request) -> QuerySet[AnswerChange]:
    """How the answers of a request that the actor was given were completed and corrected, oldest first."""
    return AnswerChange.objects.filter(district_id=actor.district_id, request=request).order_by("at", "id")


def _is_missing(request: Request, question: Question) -> bool:
    if question.is_optional or question.type == "tick" or answer_of(request, question.key):
        return False
    return question.type != "room" or request.mode != Request.Mode.ONLINE


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
