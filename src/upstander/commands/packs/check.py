"""Check every law pack, and list what is unfilled, unpublished, unsigned, and what runs out next.

What is unfilled is a task, not a fault: the exit code is 1 only where a pack is refused.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from upstander.program.facts.content import Entry, read_entries
from upstander.program.law.content import Pack, read_packs
from upstander.program.law.content.review import Expiry, expiries, facts_of, unfilled, without_address

SHOWN_IN_A_LINE = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more to choose."""


def run(options: argparse.Namespace) -> int:
    """Read, check and tell."""
    facts = read_entries(options.content)
    packs = read_packs(options.content, facts)
    editions = [pack for held in packs.values() for pack in held]
    lists: dict[str, list[str]] = {
        "not_published": [f"{pack.edition}: {', '.join(pack.blockers)}" for pack in editions if pack.blockers],
        "unfilled": [str(fault) for pack in editions for fault in unfilled(pack)],
        "not_signed_off": [pack.edition for pack in editions if not pack.is_signed_off],
        "source_without_address": sorted({key for pack in editions for key in without_address(pack, facts)}),
    }
    upcoming = expiries(packs, facts)
    if options.json:
        expires = [{"day": str(one.day), "what": one.what} for one in upcoming]
        sources = {pack.edition: _sources(pack, facts) for pack in editions}
        print(json.dumps({"packs": len(packs), **lists, "expires": expires, "sources": sources}))
    else:
        print(f"{len(packs)} packs in {len(editions)} editions hold together.")
        print("\n".join([*_lines(lists), "expires next:", *_days(upcoming)]))
    return 0


def _sources(pack: Pack, facts: Mapping[str, Entry]) -> list[dict[str, str]]:
    """The sources of all facts of a pack, each once."""
    cited = {facts[key].source_name: facts[key] for key in facts_of(pack)}
    return [
        {"name": name, "address": fact.source_address, "read_on": str(fact.read_on)} for name, fact in cited.items()
    ]


def _lines(lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, items in lists.items():
        yield f"{name.replace('_', ' ')}: {len(items) or 'nothing'}"
        yield from (f"  {item}" for item in items)


def _days(upcoming: Sequence[Expiry]) -> Iterator[str]:
    """One line a day: the first few things, and how many more."""
    for day, found in groupby(upcoming, key=lambda one: one.day):
        # Reviews and ends of packs before facts: a pack's keeper looks for those.
        named = sorted((one.what for one in found), key=lambda what: (what.startswith("fact "), what))
        more = len(named) - SHOWN_IN_A_LINE
        yield f"  {day}  {', '.join(named[:SHOWN_IN_A_LINE])}" + (f" and {more} more" if more > 0 else "")
