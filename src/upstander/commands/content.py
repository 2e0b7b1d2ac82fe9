"""Read what ships in `content/` as its readers will: the words, the claims, both languages, and how hard each page is.

Needs no database. The exit code is 1 for anything found.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from upstander.commands import house, report
from upstander.foundation.kernel.content import ContentRefused
from upstander.program.facts.content import Entry, read_entries
from upstander.program.facts.content.language import lint
from upstander.program.library.content.kits import kit_levels, read_kits
from upstander.program.library.content.levels import Level, page_levels
from upstander.program.library.content.observances import read_observances
from upstander.program.library.content.pages import Page, read_pages

SCALES = {"en": "school grade", "es": "INFLESZ"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and where the content stands."""
    parser.add_argument("word", choices=("check", "levels"), help="check all of it, or list how hard each page is")
    parser.add_argument("--content", type=Path, default=house.ROOT / "content", help="another content folder")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Check or list; every finding names file, line, place, what is wrong and what is better."""
    try:
        facts = read_entries(options.content)
        pages = read_pages(options.content, facts)
        kits = read_kits(options.content, read_observances(options.content, facts, pages))
        found = [str(fault) for fault in lint(options.content)]
    except ContentRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    if options.word == "levels":
        return list_levels(pages, facts, as_json=options.json)
    found += [f"{key}.yaml: {_said(level)}" for key, level in _all(pages, facts) if not level.is_kept]
    found += [
        f"{key}.yaml: {each.piece} {_said(each.level)}"
        for key, kit in kits.items()
        for each in kit_levels(kit)
        if not each.level.is_kept
    ]
    if options.json:
        print(json.dumps({"pages": len(pages), "found": found}))
    else:
        print("\n".join([*found, f"{len(pages)} pages read; {len(found) or 'nothing'} found."]))
    return 1 if found else 0


def list_levels(pages: Mapping[str, Page], facts: Mapping[str, Entry], *, as_json: bool) -> int:
    """Print how hard each page is in each language."""
    rows = [(key, level.language, level.value, level.limit) for key, level in _all(pages, facts)]
    print(
        json.dumps(rows)
        if as_json
        else "\n".join(f"{key:22}{lang}  {value:>5} of {limit}" for key, lang, value, limit in rows)
    )
    return 0


def _all(pages: Mapping[str, Page], facts: Mapping[str, Entry]) -> Iterator[tuple[str, Level]]:
    return ((key, level) for key, page in pages.items() for level in page_levels(page, facts))


def _said(level: Level) -> str:
    scale = SCALES[level.language]
    return f"reads at {level.value} on the {scale} scale, and may read at {level.limit}. Begin with “{level.longest}”"
