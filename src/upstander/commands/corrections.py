"""List what districts say otherwise than the edition of the facts, for whoever keeps the next one.

Each fact with what the edition says, and below it each district with its own value, where it was read and when, and
whether a second person has confirmed it. What a district only read again is listed too: it renews the day.
"""

import argparse
import json
from itertools import groupby

from upstander.commands import report
from upstander.district.places.selectors import all_districts
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.program.facts.selectors.editing import Line, facts_listed

MAY = frozenset({"facts.edit"})
Row = dict[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` only: all of them are listed."""
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """List by fact; nothing is changed."""
    rows = sorted(_rows(), key=lambda row: (row["fact"], row["district"]))
    if options.json:
        print(json.dumps(rows))
        return 0
    for (fact, edition), found in groupby(rows, key=lambda row: (row["fact"], row["edition"])):
        print(f"{fact}: the edition says {edition or 'no value'}")
        for row in found:
            print(f"    {row['district']}: {row['value']}, {row['what']}; {row['source']}, read {row['read_on']}")
    print(f"{len(rows) or 'nothing'} to look at")
    return 0


def _rows() -> list[Row]:
    """What each district lays over the edition, one district after the other."""
    at, rows = now(), []
    for district in all_districts():
        with in_district(district.pk, read_only=True):
            actor, on = job("corrections", district.pk, MAY), district.day(at)
            rows += [_row(district.key, line) for line in facts_listed(actor=actor, on=on) if line.is_own]
    return rows


def _row(district: str, line: Line) -> Row:
    entry = line.entry
    return {
        "fact": entry.key,
        "edition": line.beneath.value,
        "district": district,
        "value": entry.value,
        "what": _what(line),
        "source": " ".join(filter(None, (entry.source_name, entry.source_address))),
        "read_on": f"{entry.read_on}",
        "expires_on": f"{entry.expires_on}",
    }


def _what(line: Line) -> str:
    if not line.says_otherwise:
        return "read again"
    return "corrected, nobody has confirmed it" if line.change and line.change.waits else "corrected and confirmed"
