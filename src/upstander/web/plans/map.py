"""The sites of a plan on a simple map, north above: each by its shape, each region by an outline with its number.

Nothing is told by color alone, and the table beside the map has the same regions under the same numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from upstander.program.training.selectors.plans import by_site

WIDTH, MARGIN = 640, 24
NORTH_SOUTH = 1.2  # a degree of latitude beside one of longitude, about where the districts lie
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Site:
    """A site: where it is drawn, and how its training stands."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What lies around the sites of a region, as SVG points, and where its number stands."""

    number: int
    x: int
    y: int
    points: str


@dataclass(frozen=True, slots=True)
class Map:
    """Sizes and places in plain numbers for SVG attributes."""

    width: int
    height: int
    sites: list[Site]
    outlines: list[Outline]


def map_of(entries: Iterable[Any], numbers: Mapping[str, int]) -> Map | None:
    """The sites that have a place, with their regions under these numbers; None when fewer than two have one.

    A site with several sessions is drawn once, as the one stands that is least far.
    """
    there: list[list[Any]] = [
        own for own in by_site(entries) if None not in (own[0].site.latitude, own[0].site.longitude)
    ]
    if len(there) < 2:
        return None
    west, east = (pick(own[0].site.longitude for own in there) for pick in (min, max))
    south, north = (pick(own[0].site.latitude for own in there) for pick in (min, max))
    scale = WIDTH / max(east - west, (north - south) * NORTH_SOUTH, 1e-6)
    sites, by_region = [], defaultdict(set)
    for own in there:
        x = round((own[0].site.longitude - west) * scale) + MARGIN
        y = round((north - own[0].site.latitude) * scale * NORTH_SOUTH) + MARGIN
        is_whole, is_sure = all(entry.on for entry in own), all(map(is_agreed, own))
        sites.append(Site(x, y, "lacks" if not is_whole else "accepted" if is_sure else "planned"))
        by_region[own[0].region_name].add((x, y))
    width, height = round((east - west) * scale), round((north - south) * scale * NORTH_SOUTH)
    outlines = [_outline(numbers[name], points) for name, points in sorted(by_region.items()) if name]
    return Map(width + 2 * MARGIN, height + 2 * MARGIN, sites, outlines)


def is_agreed(entry: Any) -> bool:
    """Whether the site has its session for certain, or has had it."""
    return entry.session is not None and entry.session.state in ("confirmed", "open", "closed")


def _outline(number: int, points: set[Point]) -> Outline:
    corners = around(points)
    x, y = (round(sum(axis) / len(corners)) for axis in zip(*corners, strict=True))
    return Outline(number, x, y, " ".join(f"{x},{y}" for x, y in corners))


def around(points: Iterable[Point]) -> list[Point]:
    """The corners of the smallest convex shape that holds all points, in order around it."""
    ordered = sorted(points)
    if len(ordered) < 3:
        return ordered
    return [*_half(ordered)[:-1], *_half(ordered[::-1])[:-1]]


def _half(ordered: Iterable[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in ordered:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(first: Point, second: Point, third: Point) -> int:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
