"""Due days in the large district: the board on some days, its page and file, one completion, everything from nothing.

The ledger is of five school years: those before the demo's own are written here, as a learning system's lists would be.
"""

import datetime as dt
import time
from collections.abc import Callable
from functools import partial

from upstander.commands.database import take_statistics
from upstander.commands.demo.people import PEOPLE
from upstander.commands.measures.earlier_years import remember_earlier_years
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, interleaved, yardstick
from upstander.commands.measures.visits import OK, Visitor, first_district, processor_milliseconds, sign_in
from upstander.district.people.selectors import site_posts
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.insights.coverage import board_for
from upstander.insights.due import Asking, due_board
from upstander.program.compliance.selectors.coverage import Wanted
from upstander.program.compliance.selectors.due_board import Which
from upstander.program.compliance.selectors.packs.making import make_pack
from upstander.program.compliance.selectors.packs.rows import Question
from upstander.program.compliance.services import Entry, recompute_obligations, record_completions

MOST_MILLISECONDS, MOST_FOR_ONE, FEWEST_PEOPLE = 300.0, 5.0, 50_000
DAYS_AGO = (0, 90, 300)
MAY = frozenset({"coverage.read", "requirements.manage", "completions.record", "people.read", "proof.pack"})
SUBJECT = "mandated-reporter"
PAGE, FILE, HEADLINE = "/en/coverage/due/", "/en/coverage/due/people.csv", "/en/coverage/"
MOST_OF_PROCESSOR, MOST_FOR_FILE = 15.0, 1000.0
EARLIER_YEARS = 3
BATCH, ROUNDS = 3, 3


def measure() -> list[Reading]:
    """Milliseconds for a board and for what one completion changes; people a second for the whole."""
    district, at = first_district(), clock.now()
    actor = job("bench", district.pk, MAY)
    with in_district(district.pk):
        remember_earlier_years(district.pk, SUBJECT, EARLIER_YEARS)
        recompute_obligations(actor=actor, at=at)
    take_statistics()
    with in_district(district.pk, read_only=True):
        people = sorted({person for person, _ in site_posts(actor=actor, on=at.date())})
    timed = partial(partial, _milliseconds, actor)
    boards = {
        f"due board {ago} days ago": partial(_milliseconds, actor, partial(_board, actor, ago)) for ago in DAYS_AGO
    }
    boards["due board, as known then"] = partial(_milliseconds, actor, partial(_board, actor, 90, at))
    # Schools, regions and roles come from one statement.
    boards |= {
        f"headline board by school and role, {name}": partial(_milliseconds, actor, partial(_headline, actor, ago, at))
        for name, ago in (("today", 0), ("300 days ago", 300))
    }
    visitor = Visitor()
    sign_in(visitor, PEOPLE[0])  # the coordinator
    file = partial(_visit, visitor, FILE)
    page = partial(processor_milliseconds, visitor, PAGE, BATCH)
    headline = partial(processor_milliseconds, visitor, HEADLINE, BATCH)
    # What a completion costs with and without a requirement that it counts for: the difference is the obligation's.
    both = {
        name: timed(partial(_complete, actor, people, subject))
        for name, subject in (("counted", SUBJECT), ("bare", "asked-by-nobody"))
    }
    whole = {"everyone": timed(partial(recompute_obligations, actor=actor, at=at))}
    others: dict[str, Callable[[], float]] = {
        "file": file,
        "page": page,
        "headline": headline,
        "pack": timed(partial(make_pack, actor=actor, of=Question(at.date(), at, "en"))),
        YARDSTICK: yardstick,
    }
    file()  # the first visit of a process also reads its templates and words
    page()
    headline()
    # Boards among boards: after a pack of everyone or a count from nothing they would find nothing where it was.
    taken = interleaved(boards, ROUNDS) | interleaved(both | whole | others, ROUNDS)
    return [
        Reading(YARDSTICK, taken[YARDSTICK], "ms"),
        *(Reading(name, taken[name], "ms", at_most=MOST_MILLISECONDS) for name in boards),
        Reading("due board, processor", taken["page"], "ms", at_most=MOST_OF_PROCESSOR),
        Reading("headline board, processor", taken["headline"], "ms", at_most=MOST_OF_PROCESSOR),
        Reading("file of everyone by name", taken["file"], "ms", at_most=MOST_FOR_FILE),
        Reading("auditor pack of everyone", taken["pack"], "ms"),
        Reading("obligations of one completion", taken["counted"] - taken["bare"], "ms", at_most=MOST_FOR_ONE),
        Reading("obligations from nothing", len(people) / taken["everyone"] * 1000, "people/s", at_least=FEWEST_PEOPLE),
    ]


def _visit(visitor: Visitor, path: str) -> float:
    began = time.perf_counter()
    visitor.get(path)
    if visitor.status != OK:
        raise CannotRun(f"{path} answers {visitor.status}")
    return (time.perf_counter() - began) * 1000


def _milliseconds(actor: Actor, work: Callable[[], object]) -> float:
    with in_district(actor.district_id):
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000


def _board(actor: Actor, ago: int, known_at: dt.datetime | None = None) -> None:
    asking = Asking(clock.now().date() - dt.timedelta(days=ago), known_at, "en")
    due_board(actor=actor, asking=asking, which=Which())


def _headline(actor: Actor, ago: int, known_at: dt.datetime) -> None:
    on = clock.now().date() - dt.timedelta(days=ago)
    board = board_for(actor=actor, on=on, known_at=known_at, language="en", wanted=Wanted())
    if board.coverage is None or not board.coverage.roles:
        raise CannotRun(f"no requirement of schools was in force on {on}")


def _complete(actor: Actor, people: list[int], subject: str) -> None:
    at = clock.now()
    entry = Entry(people.pop(), subject, at.date(), "import", f"{at}", at.date() + dt.timedelta(days=365))
    record_completions(actor=actor, entries=[entry], at=at)
