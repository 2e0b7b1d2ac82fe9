"""Due days in the large district: the board on some days, one completion, and everything derived from nothing."""

import datetime as dt
import time
from collections.abc import Callable
from functools import partial

from upstander.commands.measures.readings import Reading, interleaved
from upstander.commands.measures.visits import first_district
from upstander.district.people.selectors import site_posts
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.insights.due import Asking, due_board
from upstander.program.compliance.selectors.due_board import Which
from upstander.program.compliance.services import Entry, recompute_obligations, record_completions

MOST_MILLISECONDS, MOST_FOR_ONE, FEWEST_PEOPLE = 300.0, 5.0, 50_000
DAYS_AGO = (0, 90, 300)
MAY = frozenset({"coverage.read", "requirements.manage", "completions.record", "people.read"})
SUBJECT = "mandated-reporter"
ROUNDS = 3


def measure() -> list[Reading]:
    """Milliseconds for a board and for what one completion changes; people a second for the whole."""
    district, at = first_district(), clock.now()
    actor = job("bench", district.pk, MAY)
    with in_district(district.pk, read_only=True):
        people = sorted({person for person, _ in site_posts(actor=actor, on=at.date())})
    timed = partial(partial, _milliseconds, actor)
    boards = {
        f"due board {ago} days ago": partial(_milliseconds, actor, partial(_board, actor, ago)) for ago in DAYS_AGO
    }
    known = partial(_milliseconds, actor, partial(_board, actor, 90, at))
    # What a completion costs with and without a requirement that it counts for: the difference is the obligation's.
    both = {
        name: timed(partial(_complete, actor, people, subject))
        for name, subject in (("counted", SUBJECT), ("bare", "asked-by-nobody"))
    }
    whole = {"everyone": timed(partial(recompute_obligations, actor=actor, at=at))}
    taken = interleaved(boards | both | whole | {"due board, as known then": known}, ROUNDS)
    names = (*boards, "due board, as known then")
    return [
        *(Reading(name, taken[name], "ms", at_most=MOST_MILLISECONDS) for name in names),
        Reading("obligations of one completion", taken["counted"] - taken["bare"], "ms", at_most=MOST_FOR_ONE),
        Reading("obligations from nothing", len(people) / taken["everyone"] * 1000, "people/s", at_least=FEWEST_PEOPLE),
    ]


def _milliseconds(actor: Actor, work: Callable[[], object]) -> float:
    with in_district(actor.district_id):
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000


def _board(actor: Actor, ago: int, known_at: dt.datetime | None = None) -> None:
    asking = Asking(clock.now().date() - dt.timedelta(days=ago), known_at, "en")
    due_board(actor=actor, asking=asking, which=Which())


def _complete(actor: Actor, people: list[int], subject: str) -> None:
    at = clock.now()
    entry = Entry(people.pop(), subject, at.date(), "import", f"{at}", at.date() + dt.timedelta(days=365))
    record_completions(actor=actor, entries=[entry], at=at)
