"""Problems and answers through JSON and back; what does not fit is refused with its path."""

import json
from typing import Any

import pytest
from tests.engines.planning.cases import TUESDAY, member, problem, site, windows

from upstander.engines.planning import (
    Assigned,
    Excluded,
    Fixed,
    Leg,
    ProblemError,
    Role,
    Skill,
    Travel,
    Window,
    answer_from_dict,
    answer_to_dict,
    draft,
    problem_from_dict,
    problem_to_dict,
)

FULL = problem(
    [
        site("a", on=(0, 1), wishes=frozenset({TUESDAY}), languages=frozenset({"es", "en"})),
        site("b", 5, excluded=(Excluded("m", until=TUESDAY),)),
        site("c", 7, on=()),
    ],
    [
        member("m", languages=frozenset({"en", "es"}), skills=(Skill(Role.LEAD, TUESDAY), Skill(Role.SHADOW))),
        member("n", busy=windows(3), travel_limit_km=4.5, certified_on=TUESDAY),
    ],
    fixed=(Fixed(("b",), TUESDAY, 780, (Assigned("n", Role.LEAD),), is_pinned=True),),
    travel=Travel(legs=(Leg("m", "a", 3.5, 9),)),
    closed=frozenset({TUESDAY}),
)


def test_what_is_stored_is_what_is_read() -> None:
    assert problem_from_dict(json.loads(json.dumps(problem_to_dict(FULL)))) == FULL
    answer = draft(FULL)
    assert answer.unplaced
    assert answer_from_dict(json.loads(json.dumps(answer_to_dict(answer)))) == answer


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("sites", 0, "windows", 1, "day"), "2026-13-01", "sites[0].windows[1].day: '2026-13-01' is no date"),
        (("sites", 0, "minutes"), "60", "sites[0].minutes: '60' is no int"),
        (("sites", 0, "minutes"), True, "sites[0].minutes: True is no int"),
        (("sites", 0, "place"), [], "sites[0].place: not a record"),
        (("sites", 0, "mode"), "by_mail", "sites[0].mode: 'by_mail' is no mode"),
        (("sites", 1, "colour"), "red", "sites[1]: unknown colour"),
        (("members", 0, "skills"), "lead", "members[0].skills: not a list"),
        (("members", 0, "free", 0, "ends"), 10, "members[0].free[0]: window on 2026-09-01: 480 to 10 is no stretch"),
        (("members", 1, "ref"), "m", "one ref for two members: m"),
        (("fixed", 0, "sites"), ["x"], "an agreed session of an unknown site: x"),
        (("fixed", 0, "members", 0, "member"), "x", "an agreed session with an unknown member: x"),
        (("sites", 2, "head_count"), -1, "a negative head count at site: c"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(path: tuple[Any, ...], value: object, says: str) -> None:
    stored: Any = problem_to_dict(FULL)
    inside = stored
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = value
    with pytest.raises(ProblemError) as refused:
        problem_from_dict(stored)
    assert str(refused.value).startswith(says)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ProblemError) as refused:
        problem_from_dict({"sites": [{"ref": "a", "place": None}], "members": []})
    assert str(refused.value) == "sites[0]: minutes, region, windows missing"
    with pytest.raises(ProblemError, match="the whole: not a record"):
        problem_from_dict([])


def test_a_window_is_a_stretch_of_one_day() -> None:
    with pytest.raises(ProblemError):
        Window(TUESDAY, 1400, 1500)
