"""Where a request stands and what happens next, in the words of its kind; and what was answered."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.formats import date_format

from upstander.foundation.kernel.content import said
from upstander.program.training import states
from upstander.program.training.content.kinds import COLUMNS, kind_of
from upstander.program.training.states import Request


def state_word(kind: str, state: str) -> str:
    """Where the request stands; a kind that ends with a step says itself what its end is called."""
    steps = kind_of(kind).steps
    if steps and state == Request.DELIVERED:
        return said(steps["done"])
    if steps and state == Request.WAITING:
        return str(states.STEP_WAITING)
    return str(states.REQUEST_WORDS[Request(state)])


def next_step(request: Any) -> str:
    """Who does what next; nothing for a request that has ended."""
    kind, state = request.kind, request.state
    if request.waits_for:
        day = date_format(request.due_on, "DATE_FORMAT") if request.due_on else ""
        return str(states.ANSWER_STEPS[request.waits_for]) % {"day": day}
    steps = kind_of(kind).steps
    if state in steps:
        return said(steps[state])
    return str(states.NEXT_STEPS.get(Request(state), ""))


def answers_of(request: Any, only: Collection[str] | None = None) -> list[tuple[str, str]]:
    """What was asked and answered, or `only` that of these questions, in the form's order; what is open is left out."""
    told = []
    for question in kind_of(request.kind).questions:
        if question.type == "phone" or (only is not None and question.key not in only):
            continue  # a number is read by who has the request in hand
        given = getattr(request, question.key) if question.key in COLUMNS else request.answers.get(question.key)
        words = question.words(given)
        if words:
            told.append((said(question.ask), ", ".join(words)))
    return told


def change_words(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What of the answers changed: the question, what stood and what stands since; of a number to call neither."""
    asked = [question for question in kind_of(kind).questions if question.key in after]
    told = [(each, each.words(before.get(each.key)), each.words(after[each.key])) for each in asked]
    return [(said(each.ask), ", ".join(old), ", ".join(new)) for each, old, new in told]
