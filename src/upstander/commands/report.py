"""What commands print: sentences for people, or with `--json` one object on the last line."""

import argparse
import json
from collections.abc import Mapping


def add_json(parser: argparse.ArgumentParser) -> None:
    """The switch `--json`, the same on every command that counts something."""
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object on the last line")


def show(counts: Mapping[str, object], *, as_json: bool) -> None:
    """Print the counts."""
    if as_json:
        print(json.dumps(counts, default=str))
        return
    for name, count in counts.items():
        print(f"{name.replace('_', ' ')}: {count}")
