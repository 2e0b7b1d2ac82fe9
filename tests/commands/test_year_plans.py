"""The year plans that are measured: each fifth school in two parts, with the hours of both and nobody lost."""

from datetime import date

from upstander.commands.measures.year_plans import in_parts
from upstander.engines.planning import Member, Place, Problem, Role, Site, Skill, Window, check, draft

TUESDAY, FRIDAY = date(2026, 9, 1), date(2026, 9, 4)
HERE = Place(34.0, -118.0)


def test_each_fifth_school_has_a_session_for_each_of_two_audiences() -> None:
    afternoon, work = Window(TUESDAY, 13 * 60, 14 * 60 + 30), Window(TUESDAY, 8 * 60, 17 * 60)
    sites = tuple(Site(f"school-{number}", HERE, "0", 60, (afternoon,), head_count=45) for number in range(6))
    found = in_parts(Problem(sites, (Member("one", HERE, "0", (Skill(Role.LEAD),), (work,), most_per_day=9),)))
    assert [(site.ref, site.head_count, [window.day for window in site.hours]) for site in found.sites[:3]] == [
        ("school-0:teachers", 27, [TUESDAY]),
        ("school-0:classified", 18, [FRIDAY]),
        ("school-1", 45, [TUESDAY]),
    ]
    assert [site.ref for site in found.sites[-2:]] == ["school-5:teachers", "school-5:classified"]
    answer = draft(found)
    assert check(found, answer) == []
    assert {ref: placement.day for placement in answer.placements for ref in placement.sites if ":cl" in ref} == {
        "school-0:classified": FRIDAY
    }
