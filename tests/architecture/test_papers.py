"""The papers name things that exist: files, tests, words."""

import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

PAPERS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "THREAT_MODEL.md", "CHANGELOG.md"]
PAPERS += sorted(
    str(paper.relative_to(ROOT)) for paper in [ROOT / "docs/edge-cases.md", *(ROOT / "docs/packet").glob("*.md")]
)
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[\w-]+)?\)")


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_leads_to_a_file(name: str) -> None:
    text = (ROOT / name).read_text()
    assert [target for target in LINK.findall(text) if not (ROOT / name).parent.joinpath(target).exists()] == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_test_that_is_named_exists(name: str) -> None:
    named = NAMED_TEST.findall((ROOT / name).read_text())
    assert [path for path, _ in named if not (ROOT / path).exists()] == []
    assert [f"{path}::{test}" for path, test in named if test and f"def {test}(" not in (ROOT / path).read_text()] == []


def test_every_line_of_the_threat_model_names_its_test() -> None:
    lines = [line for line in (ROOT / "THREAT_MODEL.md").read_text().splitlines() if line.startswith("- ")]
    assert len(lines) > 15
    assert [line for line in lines if not NAMED_TEST.search(line)] == []


def test_every_edge_case_names_its_test() -> None:
    lines = [line for line in (ROOT / "docs/edge-cases.md").read_text().splitlines() if line.startswith("| ")][2:]
    assert len(lines) > 15
    assert [line for line in lines if not NAMED_TEST.search(line)] == []


def test_the_readme_shows_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert "python3 run.py serve" in text
    assert "python3 run.py test" in text


def test_decision_records_are_numbered_without_a_gap() -> None:
    records = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))


def test_no_paper_speaks_of_a_machine() -> None:
    papers: list[Path] = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert [p.name for p in papers if re.search(r"(?<![\w.])/(work|tmp|home|root)/", p.read_text())] == []
