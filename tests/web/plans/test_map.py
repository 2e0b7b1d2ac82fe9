"""The map of a plan: shapes for states, outlines with numbers for regions."""

from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace

from upstander.web.plans.map import around, map_of


@dataclass
class Entry:
    north: float | None
    east: float | None
    region_name: str = "West"
    on: object = None
    session: object = None
    site: SimpleNamespace = field(init=False)
    site_id: int = field(default_factory=count().__next__)

    def __post_init__(self) -> None:
        self.site = SimpleNamespace(latitude=self.north, longitude=self.east)


def test_an_outline_has_only_corners_and_one_point_or_two_are_themselves() -> None:
    square = {(0, 0), (4, 0), (4, 4), (0, 4)}
    assert set(around(square | {(2, 2), (1, 3), (2, 0)})) == square
    assert around([(3, 3)]) == [(3, 3)]
    assert around([(5, 1), (3, 3)]) == [(3, 3), (5, 1)]


def test_regions_carry_the_numbers_of_the_table_and_states_their_own_shape() -> None:
    agreed = SimpleNamespace(state="confirmed")
    entries = [
        Entry(34.0, -118.0, "East"),
        Entry(34.2, -118.2, on=1),
        Entry(34.1, -118.3, on=1, session=agreed),
        Entry(34.3, -118.1, "", on=1),
        Entry(None, None, "East"),
    ]
    drawn = map_of(entries, {"": 1, "East": 2, "West": 3})
    assert drawn is not None
    assert [site.kind for site in drawn.sites] == ["lacks", "planned", "accepted", "planned"]
    assert [outline.number for outline in drawn.outlines] == [2, 3]  # who is in no region has none around them
    assert all(0 < site.x < drawn.width and 0 < site.y < drawn.height for site in drawn.sites)
    assert len(drawn.outlines[1].points.split()) == 2
    assert map_of(entries[:1], {"East": 1}) is None


def test_a_site_with_several_sessions_is_drawn_once_as_the_one_that_is_least_far() -> None:
    agreed = SimpleNamespace(state="confirmed")
    parts = [Entry(34.0, -118.0, on=1, session=agreed), Entry(34.0, -118.0, on=2), Entry(34.1, -118.1, on=1)]
    parts[1].site_id = parts[0].site_id
    drawn = map_of(parts, {"West": 1})
    assert drawn is not None
    assert [site.kind for site in drawn.sites] == ["planned", "planned"]
    parts[1].session = agreed
    again = map_of(parts, {"West": 1})
    assert again is not None
    assert [site.kind for site in again.sites] == ["accepted", "planned"]
