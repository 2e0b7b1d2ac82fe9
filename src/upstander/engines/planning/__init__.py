"""The year plan: which member trains which site, and when. Pure; the same problem gives the same answer.

    problem = Problem(sites=(Site(...),), members=(Member(...),), fixed=(...), closed=frozenset({...}))
    answer = draft(problem)                          # at once
    stored = answer_to_dict(answer)                  # JSON values; `problem_to_dict` likewise, `..._from_dict` back

`answer.placements` is the plan; `answer.unplaced` says of the rest why, and what would help.
"""

from upstander.engines.planning.answer import (
    Answer,
    Latest,
    Placement,
    Proof,
    Reason,
    Relaxation,
    Rule,
    Stage,
    Step,
    Unplaced,
)
from upstander.engines.planning.codec import answer_from_dict, answer_to_dict, problem_from_dict, problem_to_dict
from upstander.engines.planning.greedy import draft
from upstander.engines.planning.problem import (
    Assigned,
    Fixed,
    Leg,
    Member,
    Mode,
    Place,
    Problem,
    ProblemError,
    Role,
    Site,
    Skill,
    Travel,
    Weights,
    Window,
)

__all__ = [
    "Answer",
    "Assigned",
    "Fixed",
    "Latest",
    "Leg",
    "Member",
    "Mode",
    "Place",
    "Placement",
    "Problem",
    "ProblemError",
    "Proof",
    "Reason",
    "Relaxation",
    "Role",
    "Rule",
    "Site",
    "Skill",
    "Stage",
    "Step",
    "Travel",
    "Unplaced",
    "Weights",
    "Window",
    "answer_from_dict",
    "answer_to_dict",
    "draft",
    "problem_from_dict",
    "problem_to_dict",
]
