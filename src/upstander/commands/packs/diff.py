"""Tell in plain words what differs between two editions of a pack."""

import argparse
import json
from pathlib import Path

from upstander.foundation.kernel.content import ContentRefused, Fault
from upstander.program.facts.content import read_entries
from upstander.program.law.content import read_pack
from upstander.program.law.content.changes import changes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two files."""
    parser.add_argument("old", type=Path, metavar="OLD", help="the file of the earlier edition")
    parser.add_argument("new", type=Path, metavar="NEW", help="the file of the later edition")


def run(options: argparse.Namespace) -> int:
    """Print one sentence for every difference."""
    facts = read_entries(options.content)
    old, new = (read_pack(file, options.content, facts) for file in (options.old, options.new))
    if old.key != new.key:
        raise ContentRefused([Fault(options.new, 1, "pack", f"{new.key} is not another edition of {old.key}")])
    found = list(changes(old, new, facts))
    print(json.dumps({"changes": found}) if options.json else "\n".join(found) or "Nothing differs.")
    return 0
