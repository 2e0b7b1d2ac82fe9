"""The pages on paper: drawing the toolkit, and telling whether the papers are still what the pages say."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from upstander.commands.measures.readings import Reading, interleaved
from upstander.commands.measures.visits import first_district
from upstander.foundation.documents.engine import forget_layouts
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.insights.prints import all_sheets, sheet_for
from upstander.program.library.selectors.prints import Sheet, print_pdf

MOST_SECONDS = 2.0
ROUNDS = 5


def measure() -> list[Reading]:
    """Seconds for the toolkit as a reader waits for it, and for the list of all papers with their editions."""
    at, district = clock.now(), first_district()
    asked: dict[str, Any] = {"actor": visitor(district.pk), "language": "en", "on": at.date()}

    def toolkit() -> float:
        forget_layouts()  # nobody waits for the same paper twice: its job draws it once, in a process that drew others
        return _seconds(lambda: print_pdf(sheet=sheet_for(key="toolkit", **asked), at=at))

    def listed() -> list[Sheet]:
        return all_sheets(**asked)

    with in_district(district.pk, read_only=True):
        taken = interleaved({"toolkit": toolkit, "list": partial(_seconds, listed)}, ROUNDS)
    return [
        Reading("the toolkit, told and drawn", taken["toolkit"], "s", at_most=MOST_SECONDS),
        Reading("every paper's edition, told", taken["list"] * 1000, "ms"),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
