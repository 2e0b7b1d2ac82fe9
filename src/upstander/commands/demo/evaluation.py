"""What people of the demo answered before and after a session, drawn by number."""

import random
from typing import Any

from upstander.foundation.kernel.actor import visitor
from upstander.program.evaluation.content.sheets import STAFF, shipped_sheets
from upstander.program.evaluation.policies import AFTER, BEFORE, key_of
from upstander.program.evaluation.services.answers import Answers, keep_answers

PEOPLE = 14
# Chosen more or less often, lowest answer first: after a session people are surer than before.
WEIGHTS = {BEFORE: (2, 6, 5, 3), AFTER: (0, 2, 6, 6)}


def answer_questions(session: Any, rng: random.Random) -> None:
    """Let a roomful answer, most of them with a code; a few are in a hurry and answer one sheet only."""
    for phase, at in ((BEFORE, session.starts_at), (AFTER, session.ends_at)):
        questions = shipped_sheets()[STAFF].asked(phase)
        for number in range(PEOPLE if phase == BEFORE else PEOPLE - 1):
            chosen = {each.key: rng.choices(sorted(each.keys), WEIGHTS[phase])[0] for each in questions}
            keep_answers(
                actor=visitor(session.district_id),
                session_ref=session.ref,
                key=key_of(session),
                phase=phase,
                answers=Answers(chosen, f"CODE{number}"),
                at=at,
            )
