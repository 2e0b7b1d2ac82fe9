"""Searching 20,000 services as the role that serves, and exporting them: time and memory."""

import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from django.db import connection

from upstander.commands import database
from upstander.commands.directory import export
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, yardstick
from upstander.commands.measures.visits import database_milliseconds
from upstander.district.places.selectors import all_districts
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.selectors.finding import Sought, around, find

SERVICES, ROUNDS = 20_000, 15
MOST_MILLISECONDS, LEAST_PER_SECOND, MOST_MEGABYTES = 50.0, 20_000.0, 16.0
DISTRICT = "alder-valley"
# Copies of the demo's own listings under other refs, names and places: the words stay words of a language.
COPY = """
    INSERT INTO directory_listing (district_id, ref, uid, number, kind, name_en, name_es, organization_uid,
        organization, about_en, about_es, needs, languages, terms, city, postal_code, latitude, longitude,
        week, cost, access, takes_report, at_uid, shown, record, verified_on, published_at)
    SELECT district_id, lpad(n::text, 12, '0'), gen_random_uuid(), 0, kind, name_en || ' ' || n, name_es || ' ' || n,
        organization_uid, organization, about_en, about_es, needs, languages,
        terms || ARRAY['street' || n %% 997, 'house' || n %% 5003], city || ' ' || n %% 40, postal_code,
        37.4 + (n * 7919 %% 1000) / 3000.0, -122.5 + (n * 104729 %% 1000) / 3000.0, week, cost, access,
        takes_report, CASE WHEN at_uid IS NOT NULL THEN gen_random_uuid() END, shown, record, current_date, published_at
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS at, count(*) OVER () AS many FROM directory_listing
          WHERE district_id = %(district)s AND number = 0 AND kind = 'service') AS own
    JOIN generate_series(1, %(count)s) AS n ON n %% many + 1 = at
"""
LEARN = """
    INSERT INTO directory_word (district_id, word)
    SELECT DISTINCT district_id, unnest(terms) FROM directory_listing WHERE district_id = %(district)s
    ON CONFLICT DO NOTHING
"""


def measure() -> list[Reading]:
    """Of each kind of search the median by the clock and the processor time, ours and PostgreSQL's; then the export."""
    district = next((each for each in all_districts() if each.key == DISTRICT), None)
    if district is None:
        raise CannotRun(f"the demo district {DISTRICT} is not there")
    with in_district(district.pk):
        _fill(district.pk)
    database.take_statistics()  # as after every load
    with in_district(district.pk, read_only=True):
        searches = _searches(district.pk)
    readings = [Reading(YARDSTICK, yardstick(), "ms")]
    for name, sought in searches.items():
        readings += _search(district.pk, f"directory: {name}", sought)
    with in_district(district.pk, read_only=True):
        return readings + _exports(district)


def _fill(district_id: int) -> None:
    told = {"district": district_id, "count": SERVICES}
    with connection.cursor() as cursor:
        cursor.execute(COPY, told)
        cursor.execute(LEARN, told)


def _searches(district_id: int) -> dict[str, Sought]:
    school = around(actor=visitor(district_id), on=clock.now().date()).schools[0][0]
    return {
        "a word": Sought(words="shelter"),
        "mistyped words": Sought(words="shlter nigth"),
        "need and language": Sought(need="talk", language="tl"),
        "near a school": Sought(near=school),
        "near a school, open now": Sought(need="legal", near=school, open_now=True),
        "everything": Sought(),
    }


def _search(district_id: int, name: str, sought: Sought) -> list[Reading]:
    """What other work on the machine adds to the clock is in no processor time."""
    _milliseconds(district_id, sought)
    own, database_before = time.process_time(), database_milliseconds()
    taken = [_milliseconds(district_id, sought) for _ in range(ROUNDS)]
    spent = (time.process_time() - own) * 1000
    readings = [Reading(name, statistics.median(taken), "ms", at_most=MOST_MILLISECONDS)]
    if database_before is not None:
        spent += (database_milliseconds() or 0.0) - database_before
        processor = f"{name}, processor with PostgreSQL's"
        readings.append(Reading(processor, spent / ROUNDS, "ms", at_most=MOST_MILLISECONDS))
    return readings


def _milliseconds(district_id: int, sought: Sought) -> float:
    """A search in a transaction of its own, as on a page: what it tells the planner ends with it."""
    with in_district(district_id, read_only=True):
        began = time.perf_counter()
        find(actor=visitor(district_id), sought=sought, at=clock.now())
        return (time.perf_counter() - began) * 1000


def _exports(district: Any) -> list[Reading]:
    readings = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("directory.json", "directory.zip"):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began, worked = time.perf_counter(), time.process_time()
            count = export(district, Path(folder) / name)
            pace, own_pace = count / (time.perf_counter() - began), count / (time.process_time() - worked)
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            # The package takes every service apart into some fifteen rows; the promise is about the records themselves.
            least = LEAST_PER_SECOND if name.endswith(".json") else None
            readings.append(Reading(f"{name}: export", pace, "services/s", at_least=least))
            readings.append(Reading(f"{name}: export, our processor time", own_pace, "services/s", at_least=least))
            readings.append(Reading(f"{name}: memory grown", grown, "MB", at_most=MOST_MEGABYTES))
    return readings
