"""Tiny packs on a shelf of their own, so that a test shows the whole of what it is about."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from upstander.program.facts.content import Entry, read_entries
from upstander.program.law.content import Pack, read_packs

CONTENT = Path(__file__).parents[3] / "content"
FACTS: dict[str, Entry] = read_entries(CONTENT)
HEAD = {
    "effective_from": "2026-01-01",
    "effective_to": None,
    "review_by": "2027-01-01",
    "reviewed_by": None,
    "counsel_sign_off": None,
}
LEVELS = {0: "country", 1: "state", 2: "county"}
STATE = {
    "reporting_lines": [],
    "reporters": [{"key": "volunteer", "begins": "2026-01-01", "fact": "ca.reporter.volunteers"}],
    "test": [],
    "duties": [
        {
            "key": "written",
            "channel": "written",
            "starts": "information_received",
            "due": "elapsed_hours",
            "fact": "ca.report.written_hours",
            "delegable": None,
        }
    ],
    "recipients": [{"key": "child_welfare", "name": {"en": "County", "es": "Condado"}, "fact": "ca.report.recipients"}],
    "excluded_recipients": [
        {"key": "school_police", "name": {"en": "Police", "es": "Policía"}, "fact": "ca.report.school_police"}
    ],
    "provisions": [
        {"key": "training", "kind": "training", "fact": None},
        {"key": "notice", "kind": "notice", "fact": "ca.notice.year"},
    ],
    "written_form": None,
}
LINE = {"reporting_lines": [{"key": "welfare", "fact": "line.san_mateo.child_welfare"}]}


def lay_out(tmp_path: Path, *packs: Mapping[str, Any]) -> Path:
    """Write packs (each at least {"pack": key}) as files of their editions; gives the content folder."""
    folder = tmp_path / "packs"
    folder.mkdir()
    (tmp_path / "schemas").symlink_to(CONTENT / "schemas")
    for given in packs:
        key = given["pack"]
        level = LEVELS[min(key.count("-"), 2)]
        data = {
            "pack": key,
            "level": level,
            "parent": key.rpartition("-")[0] or None,
            "name": {"en": key, "es": key},
            **HEAD,
            **(STATE if level == "state" else LINE if level == "county" else {}),
            **given,
        }
        (folder / f"{key}.{data['effective_from']}.yaml").write_text(
            yaml.safe_dump(json.loads(json.dumps(data)), sort_keys=False)
        )
    return tmp_path


def shelf(tmp_path: Path, *packs: Mapping[str, Any]) -> dict[str, tuple[Pack, ...]]:
    """The same, read back."""
    return read_packs(lay_out(tmp_path, *packs), FACTS)
