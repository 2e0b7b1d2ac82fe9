"""`python -m upstander.commands.measures NAME FILE`: take one measure in this process and write what became of it."""

import importlib
import json
import sys
from pathlib import Path

import django

from upstander.commands import house, leash
from upstander.commands.measures.readings import CannotRun, Outcome


def main(name: str, file: str) -> int:
    """Measure with Django set up for the database that the environment names."""
    leash.wear()
    house.take_time()
    house.name_settings()
    django.setup()
    try:
        outcome = Outcome(name, tuple(importlib.import_module(f"upstander.commands.measures.{name}").measure()))
    except CannotRun as refusal:
        outcome = Outcome(name, reason=str(refusal))
    Path(file).write_text(json.dumps(outcome.as_json()))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
