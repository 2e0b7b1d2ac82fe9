"""What readers find: listings by words, need, language and place. Public: every actor may read what is published."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, CharField, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin

from upstander.district.places.models import Site
from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.content.hours import minute_of_week
from upstander.program.directory.content.words import asked_words
from upstander.program.directory.models import Listing, Service, Word
from upstander.program.directory.states import HIDDEN_DAYS

MOST_FOUND = 60
EARTH_MILES = 3959
REACHES = (4, 15, 60)  # miles within which one looks, the next only where there is too little
MILES_PER_DEGREE = 69
ALIKE = 0.4  # how much a word must look like the one typed, from 0 to 1
MOST_ALIKE = 12
DEAR = "0.1"  # what the planner reckons for a comparison, 40 times as much as by itself
TRUST = """SELECT set_config('enable_seqscan', 'off', true), set_config('cpu_operator_cost', %s, true),
    set_config('max_parallel_workers_per_gather', '0', true)"""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader looks for; everything may be empty. `near` is a site's ref."""

    words: str = ""
    need: str = ""
    language: str = ""
    city: str = ""
    near: str = ""
    access: str = ""
    open_now: bool = False
    is_free: bool = False

    @property
    def looks_at_places(self) -> bool:
        """Whether each place of a service is looked at for itself."""
        return bool(self.near or self.city or self.access)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing as found: open at this moment or not, and how many miles from where was asked for."""

    listing: Listing
    is_open: bool
    miles: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the best first; `is_cut` when there is more. `instead` are words that were read for the typed."""

    hits: tuple[Hit, ...]
    is_cut: bool
    instead: tuple[str, ...] = ()


class OpenAt(Func):
    """Whether the week holds a minute."""

    arg_joiner = " @> "
    template = "(%(expressions)s)"
    output_field = BooleanField()


class ByName(Func):
    """The name, in an order that no index has: whoever walks along names to the first sixty that fit may walk past
    all of them."""

    template = "(%(expressions)s || '')"
    output_field = CharField()


def find(*, actor: Actor, sought: Sought, at: dt.datetime) -> Found:
    """The services that fit all of what is sought. A mistyped word finds what is spelled like it; a word that nothing
    is like finds nothing. Services that nobody has checked for a year are left out. One query,
    one more for each word, and near a site one for each reach that is looked through.
    """
    local = district_of(actor=actor).wall_time(at)
    rows = published(actor=actor, on=local.date()).filter(kind=Service.Kind.SERVICE)
    rows, instead = _by_words(actor, rows, asked_words(sought.words))
    rows = _chosen(rows, sought)
    rows = rows.annotate(is_open=OpenAt(F("week"), Value(minute_of_week(local), output_field=IntegerField())))
    if sought.open_now:
        rows = rows.filter(is_open=True)
    if sought.near:
        return _nearest(actor, rows, sought.near, instead)
    most = 3 * MOST_FOUND if sought.looks_at_places else MOST_FOUND  # a service may stand there several times
    if not sought.looks_at_places:
        rows = rows.filter(number=0)
    by_name = "name_en" if sought == Sought() else ByName(F("name_en"))
    return _cut(rows.order_by(*_ranked(rows), by_name, "id"), most, instead)


def _chosen(rows: QuerySet[Listing], sought: Sought) -> QuerySet[Listing]:
    """The rows that fit what was chosen from the lists."""
    if sought.need:
        rows = rows.filter(needs__contains=[sought.need])
    if sought.language:
        rows = rows.filter(languages__contains=[sought.language])
    if sought.city:
        rows = rows.filter(city=sought.city)
    if sought.access:
        rows = rows.filter(access__contains=[sought.access])
    return rows.filter(cost=Service.Cost.FREE) if sought.is_free else rows


def listing_by_ref(*, actor: Actor, ref: str, at: dt.datetime) -> Hit:
    """One service with all that is published of it. Raises NotFound, also where nobody has checked it for a year."""
    local = district_of(actor=actor).wall_time(at)
    rows = published(actor=actor, on=local.date()).filter(ref=ref, number=0, kind=Service.Kind.SERVICE)
    minute = Value(minute_of_week(local), output_field=IntegerField())
    found = rows.annotate(is_open=OpenAt(F("week"), minute)).first()
    if found is None:
        raise NotFound(ref)
    return Hit(found, found.is_open, None)


def units_for(*, actor: Actor, at: dt.datetime) -> list[Listing]:
    """The department units that were checked, by name. For people who work at a school; any actor of the district."""
    rows = published(actor=actor, on=district_of(actor=actor).day(at)).filter(kind=Service.Kind.UNIT, number=0)
    return list(rows.order_by("name_en"))


def takers_of_reports(*, actor: Actor, at: dt.datetime) -> list[Listing]:
    """The services that told us in person that they take mandated reports, by name. Any actor of the district."""
    rows = published(actor=actor, on=district_of(actor=actor).day(at)).filter(kind=Service.Kind.SERVICE, number=0)
    return list(rows.filter(takes_report=Service.TakesReport.YES).order_by("name_en"))


def published(*, actor: Actor, on: dt.date) -> QuerySet[Listing]:
    """The listings of the actor's district that anybody may see on a day. No policy asks for the district: this does.

    What nobody has checked for a year is not among them. Public.
    """
    oldest = on - dt.timedelta(days=HIDDEN_DAYS)
    rows = Listing.objects.filter(district_id=actor.district_id, verified_on__gt=oldest)
    return rows.defer("record", "terms", "week")


@dataclass(frozen=True, slots=True)
class Around:
    """What can be chosen as a place: cities that listings name, and schools with their coordinates."""

    cities: tuple[str, ...]
    schools: tuple[tuple[str, str], ...]


def around(*, actor: Actor, on: dt.date) -> Around:
    """Where one can look, in two queries. Public: names of schools, and of cities where something may be seen."""
    listed = published(actor=actor, on=on).exclude(city="")
    cities = listed.order_by("city").values_list("city", flat=True).distinct()
    schools = Site.objects.filter(
        district_id=actor.district_id, kind=Site.Kind.SCHOOL, latitude__isnull=False, longitude__isnull=False
    )
    return Around(tuple(cities), tuple(schools.order_by("sort_key").values_list("ref", "name")))


def _by_words(actor: Actor, rows: QuerySet[Listing], typed: Sequence[str]) -> tuple[QuerySet[Listing], tuple[str, ...]]:
    if not typed:
        return rows, ()
    _trust_the_index()
    alike = _alike(actor, typed)
    for word in typed:
        rows = rows.filter(terms__overlap=alike[word] or [word])
    if any(word in alike[word] and len(alike[word]) > 1 for word in typed):
        # What holds every word as it was typed stands above what only begins like it.
        as_typed = When(terms__contains=list(typed), then=Value(0))
        rows = rows.annotate(rank=Case(as_typed, default=Value(1), output_field=IntegerField()))
    instead = tuple(alike[word][0] for word in typed if alike[word] and word not in alike[word])
    return rows, instead


def _trust_the_index() -> None:
    """Let words be looked up, however common they are: the planner does not know that the words of a listing lie beside
    its row, and would rather fetch and compare them for all rows of the district. So comparing is called dear; but not
    so dear that others are called to help, who take longer to come than the search.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRUST, [DEAR])


def _alike(actor: Actor, typed: Sequence[str]) -> dict[str, list[str]]:
    """For each typed word those of the listings that are it, begin with it or are spelled like it, nearest first."""
    found: dict[str, list[str]] = {word: [] for word in typed}
    for typed_word in typed:
        sameness = Func(F("word"), Value(typed_word), function="similarity", output_field=FloatField())
        known = Word.objects.filter(district_id=actor.district_id).filter(
            Q(word__startswith=typed_word) | Q(word__trigram_similar=typed_word)
        )
        rows = known.annotate(sameness=sameness).order_by("-sameness", "word").values_list("word", "sameness")
        close = [(word, same) for word, same in rows[:MOST_ALIKE] if same >= ALIKE or word.startswith(typed_word)]
        words = [word for word, _same in close]
        # A word that is there as typed is meant; so is its plural, and whatever begins with it.
        found[typed_word] = [w for w in words if w.startswith(typed_word)] if typed_word in words else words
    return found


def _nearest(actor: Actor, rows: QuerySet[Listing], near: str, instead: tuple[str, ...]) -> Found:
    """What is nearest to a site. Looked for in a small square first: the way is reckoned for what lies in it.

    Where that holds nothing, the next would hold too little, too, and the last is looked through at once.
    """
    site = Site.objects.filter(district_id=actor.district_id, ref=near, latitude__isnull=False).first()
    if site is None or site.latitude is None or site.longitude is None:
        raise NotFound(near)
    rows = rows.annotate(miles=miles_from(site.latitude, site.longitude)).order_by(*_ranked(rows), "miles", "id")
    reaches: Sequence[int] = REACHES[-1:] if _ranked(rows) else REACHES
    while reaches:
        reach, *rest = reaches
        north = reach / MILES_PER_DEGREE
        east = north / 0.5  # degrees of longitude are shorter; half as long at sixty degrees, beyond any school here
        here = rows.filter(
            latitude__range=(site.latitude - north, site.latitude + north),
            longitude__range=(site.longitude - east, site.longitude + east),
        )
        found = _cut(here, 3 * MOST_FOUND, instead)
        if found.is_cut and (found.hits[-1].miles or 0) <= reach:
            break  # whatever lies outside is farther than all of these
        reaches = rest if found.hits else rest[-1:]
    return found


def _ranked(rows: QuerySet[Listing]) -> list[str]:
    return ["rank"] if "rank" in rows.query.annotations else []


def miles_from(latitude: float, longitude: float) -> Any:
    """Miles along the great circle to a listing that has coordinates, to annotate with: without any it would be none.

    Rounding may leave the cosine a hair outside its bounds.
    """
    here, there = Radians(Value(latitude)), Radians(F("latitude"))
    turn = Radians(F("longitude")) - Radians(Value(longitude))
    cosine = Sin(here) * Sin(there) + Cos(here) * Cos(there) * Cos(turn)
    return EARTH_MILES * ACos(Greatest(Least(cosine, Value(1.0)), Value(-1.0)))


def _cut(rows: QuerySet[Any], most: int, instead: tuple[str, ...]) -> Found:
    """Each service once, at its first place of the order."""
    hits: dict[str, Hit] = {}
    for row in rows[: most + 1]:
        hits.setdefault(row.ref, Hit(row, row.is_open, getattr(row, "miles", None)))
    shown = tuple(hits.values())
    return Found(shown[:MOST_FOUND], len(shown) > MOST_FOUND, instead)
