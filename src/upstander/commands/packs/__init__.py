"""Keep the law packs: check them, tell two editions apart, answer a rule owner's tables. Needs no database."""

import argparse
import json
import sys
from pathlib import Path

from upstander.commands import house, report
from upstander.commands.packs import check, diff, due, trying
from upstander.commands.packs.table import as_data
from upstander.foundation.kernel.content import ContentRefused

WORDS = {"check": check, "diff": diff, "try": trying, "due": due}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subparser per word; all know `--json` and where the content stands."""
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    for name, module in WORDS.items():
        first = (module.__doc__ or "").splitlines()[0]
        described = words.add_parser(name, help=first.rstrip("."), description=module.__doc__)
        described.add_argument("--content", type=Path, default=house.ROOT / "content", help="another content folder")
        report.add_json(described)
        module.add_arguments(described)
        described.set_defaults(answer=module.run)


def run(options: argparse.Namespace) -> int:
    """Hand over; a refused file is named with line, place and reason, and the exit code is 1."""
    try:
        code: int = options.answer(options)
        return code
    except ContentRefused as refused:
        print(refused, file=sys.stderr)
        if options.json:
            print(json.dumps({"faults": as_data(refused.faults)}))
        return 1
