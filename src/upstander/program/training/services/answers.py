"""Completing and correcting what a request says, as long as nothing was promised on it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies, states
from upstander.program.training.content import kinds
from upstander.program.training.models import AnswerChange, Request
from upstander.program.training.selectors.answers import open_questions, shown
from upstander.program.training.services import _mails, _moves, _plan_rows
from upstander.program.training.services._wishes import Wish, check_answers

PHONE, SEATS = "contact_phone", "seat_count"
UNSAID = {PHONE: ""}  # never kept beside the request: it is erased there

Given = Callable[[Request], Mapping[str, Any]]


@transaction.atomic
def put_answers(
    *,
    actor: Actor,
    ref: str,
    answers: Mapping[str, Any],
    at: dt.datetime,
    seen: str | None = None,
    key: str = "",
    twice_is_meant: bool = False,
    given: Given | None = None,
) -> bool:
    """Put these answers, by question, in place of those that stand; says whether any of them is another one.

    Who follows the request may while it waits, a visitor by its `key`; who coordinates its site also later, but for
    what an agreed session is made of. What was before stays on record. The owner is told of a change that is not the
    district's own, the requester of one that is not theirs. `twice_is_meant` lets another audience through for which
    the same was asked already. `given` says of the locked request what was given for it already and so stays asked
    for: a number is the least, a list what has to be in it. `seen` is the seal of what stood in the form. Raises
    Invalid at the question, WrongState where it is too late, Outdated when somebody else was faster.
    """
    if key:
        policies.require_key(ref, key)
        actor = lend(actor, "training.follow")
    if SEATS in answers:  # they stand in the plan that holds, too
        _plan_rows.await_release()
    request = _moves.locked_request(ref)
    policies.require_reach(actor, "training.follow", request, at)
    of_district = policies.coordinates(actor, request, at)
    _require_open(request, answers, of_district=of_district)
    stands = Wish.of(request)
    require_seen(seen, shown(request, answers))
    wish = replace(_with(stands, answers), twice_is_meant=twice_is_meant)
    check_answers(actor, request, wish, set(answers), at)
    refuse(tuple(_of_given(wish, given(request) if given else {}, answers)))
    if key and answers.get(PHONE) == "":
        raise Invalid(_("Please give the number we shall call."), PHONE)
    # A box not ticked and a list with nothing in it say what a request of a former system never said: nothing.
    before, after = partial(_kept, stands), partial(_kept, wish)
    changed = [question for question in sorted(answers) if (before(question) or None) != (after(question) or None)]
    if changed:
        _keep(actor, request, stands, wish, changed, at, of_district=of_district)
        record(events.ANSWERS_PUT, actor=actor, subject=ref, at=at, questions=",".join(changed))
    return bool(changed)


def _require_open(request: Request, answers: Mapping[str, Any], *, of_district: bool) -> None:
    """Raise WrongState unless all of these answers can be put where the request stands."""
    open_now = open_questions(request, of_district=of_district)
    if not open_now:
        word = states.WORDS[request.state]
        raise WrongState(_("This is no longer possible. It now stands at: %(state)s") % {"state": word})
    if set(answers) - set(open_now):
        raise WrongState(_("A session was agreed meanwhile, and this belongs to it. Please look at it again."))


def _with(stands: Wish, answers: Mapping[str, Any]) -> Wish:
    columns = {question: value for question, value in answers.items() if question in kinds.COLUMNS}
    others = {question: value for question, value in answers.items() if question not in kinds.COLUMNS}
    return replace(stands, **columns, answers={**stands.answers, **others})


def _of_given(wish: Wish, given: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Invalid]:
    for question in kinds.kind_of(wish.kind).questions:
        least = given.get(question.key)
        if question.key not in answers or not least:
            continue
        if isinstance(least, int):
            if wish.answer(question) < least:
                yield Invalid(_("%(count)s were sent already.") % {"count": least}, question.key)
        elif set(least) - set(wish.answer(question)):
            words = ", ".join(question.words(sorted(set(least) - set(wish.answer(question)))))
            yield Invalid(_("Something of this was sent already: %(what)s") % {"what": words}, question.key)


def _keep(
    actor: Actor, request: Request, stands: Wish, wish: Wish, changed: list[str], at: dt.datetime, *, of_district: bool
) -> None:
    columns = {**wish.columns(), "edition": kinds.kind_of(request.kind).edition}
    for name, value in columns.items():
        setattr(request, name, value)
    request.save(update_fields=list(columns))
    if SEATS in changed:
        _plan_rows.keep_seats(request)
    AnswerChange.objects.create(
        district_id=request.district_id,
        request=request,
        before={question: _kept(stands, question) for question in changed} | _unsaid(changed),
        after={question: _kept(wish, question) for question in changed} | _unsaid(changed),
        account_id=actor.account_id,
        actor_name=actor.name,
        is_of_district=of_district,
        at=at,
    )
    if not of_district:
        _mails.tell_owner(
            actor, request, at, "training_answers", f"answers:{request.ref}:{at.isoformat()}", request.owner
        )
    if actor.account_id != request.requested_by_id:  # a visitor, who has the key, has no account either
        _mails.tell_corrected(actor, request, at)


def _unsaid(changed: list[str]) -> dict[str, str]:
    return {question: empty for question, empty in UNSAID.items() if question in changed}


def _kept(wish: Wish, question: str) -> Any:
    """An answer as the database keeps it."""
    value = getattr(wish, question) if question in kinds.COLUMNS else wish.answers.get(question)
    return list(value) if isinstance(value, tuple) else value
