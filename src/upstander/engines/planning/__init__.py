"""The year plan: which member trains which site, and when. Pure; the same problem gives the same answer.

    problem = Problem(sites=(Site(...),), members=(Member(...),), fixed=(...), closed=frozenset({...}))
    answer = draft(problem)                          # at once, without a proof
    answer = plan(problem, tell=..., is_cancelled=...)   # WHO, then WHEN; needs requirements-planning.txt
    violations = check(problem, answer)              # empty, or the plan must not be released
    stored = answer_to_dict(answer)                  # JSON values; `problem_to_dict` likewise, `..._from_dict` back

`answer.placements` is the plan; `answer.unplaced` says of the rest why, and what would help; `answer.proof` how good
the plan is proven to be. To plan again after a change, give the agreed sessions as `fixed`: `answer.moved` names
those that could not stay. People ask further: `why(problem, answer, site)`, `compare(problem, first, second)` and
`forecast(problem, answer)`.
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
from upstander.engines.planning.checker import Violation, check
from upstander.engines.planning.codec import answer_from_dict, answer_to_dict, problem_from_dict, problem_to_dict
from upstander.engines.planning.compare import Change, Comparison, Figures, Forecast, Reached, compare, forecast
from upstander.engines.planning.explain import Alternative, Share, Why, why
from upstander.engines.planning.greedy import draft
from upstander.engines.planning.problem import (
    Assigned,
    Excluded,
    Fixed,
    Leg,
    Member,
    Mode,
    Move,
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
from upstander.engines.planning.search import Progress
from upstander.engines.planning.solver import plan

__all__ = [
    "Alternative",
    "Answer",
    "Assigned",
    "Change",
    "Comparison",
    "Excluded",
    "Figures",
    "Fixed",
    "Forecast",
    "Latest",
    "Leg",
    "Member",
    "Mode",
    "Move",
    "Place",
    "Placement",
    "Problem",
    "ProblemError",
    "Progress",
    "Proof",
    "Reached",
    "Reason",
    "Relaxation",
    "Role",
    "Rule",
    "Share",
    "Site",
    "Skill",
    "Stage",
    "Step",
    "Travel",
    "Unplaced",
    "Violation",
    "Weights",
    "Why",
    "Window",
    "answer_from_dict",
    "answer_to_dict",
    "check",
    "compare",
    "draft",
    "forecast",
    "plan",
    "problem_from_dict",
    "problem_to_dict",
    "why",
]
