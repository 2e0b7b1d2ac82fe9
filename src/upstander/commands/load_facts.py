"""Load the facts that ship: every number, phone line, statute and date that a page may show.

Reads content/facts/. All or nothing; loading the same files again changes nothing. A bad file is named with its
line, key and reason, and then nothing is written and the exit code is 1.
"""

import argparse
import sys
from dataclasses import asdict

from django.conf import settings

from upstander.commands import report
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import HOUSE, job
from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.db import in_district
from upstander.program.facts.content import read_entries
from upstander.program.facts.services import load_facts
from upstander.program.guidance.content.branches import read_branches
from upstander.program.guidance.content.cards import read_cards
from upstander.program.guidance.content.pages import read_pages
from upstander.program.guidance.content.situations import read_situations
from upstander.program.law.content import read_packs
from upstander.program.library.content.pages import read_pages as read_public_pages

LOADER = job("load facts", HOUSE, frozenset({"facts.load"}))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` only: which facts ship is not a choice."""
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Load and report; 1 when a file was refused."""
    try:
        counts = load_shipped()
    except ContentRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    report.show(counts, as_json=options.json)
    return 0


def load_shipped() -> dict[str, int]:
    """Load what ships and count it. Packs and guide pages are read too, so that a fact they name cannot be missing."""
    entries = read_entries(settings.CONTENT)
    packs = read_packs(settings.CONTENT, entries)
    read_pages(settings.CONTENT, entries)
    read_cards(settings.CONTENT, entries)
    read_public_pages(settings.CONTENT, entries)
    read_situations(settings.CONTENT, read_branches(settings.CONTENT, entries), packs)
    with in_district(HOUSE):
        return asdict(load_facts(actor=LOADER, entries=entries, at=clock.now()))
