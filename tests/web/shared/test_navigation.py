"""The staff navigation: what a person may enter, a short row, the rest behind "More"."""

import pytest

from upstander.district.access.policies import ROLES
from upstander.foundation.kernel.actor import Actor, Grant, Kind
from upstander.web.shared.navigation import MOST_IN_A_ROW, Bar, places_for


def bar(*roles: str, path: str = "/en/staff/") -> Bar:
    grants = frozenset(Grant(capability) for role in roles for capability in ROLES[role])
    return places_for(Actor(Kind.PERSON, 1, "REF", grants=grants), path)


def names(places: list[object]) -> list[str]:
    return [str(place.name) for place in places]  # type: ignore[attr-defined]


def test_a_teacher_sees_all_places_in_one_row() -> None:
    found = bar("staff")
    assert names(list(found.row)) == [
        *("Today", "What I noticed", "Cards", "Practice"),
        *("Help with your report", "My certificates"),
    ]
    assert found.more == []


def test_a_coordinator_sees_a_short_row_and_the_rest_behind_more() -> None:
    found = bar("staff", "coordinator")
    assert len(found.row) == MOST_IN_A_ROW
    assert names(list(found.row)) == ["Today", "Requests", "Queue", "Year plan", "Coverage"]
    assert "My certificates" in names(list(found.more))


@pytest.mark.parametrize(
    ("path", "current", "in_more"),
    [
        ("/en/staff/", "Today", False),
        ("/en/training/queue/0123456789AB/", "Queue", False),
        ("/en/guide/rule/", "Local rule", True),
        ("/en/certificates/", "My certificates", True),
    ],
)
def test_the_current_place_is_marked_wherever_it_stands(path: str, current: str, in_more: bool) -> None:
    found = bar("staff", "coordinator", path=path)
    assert [str(place.name) for place in found.row + found.more if place.current] == [current]
    assert found.is_in_more is in_more
