"""`upstander load facts`: counts for a good content folder, names and exit code 1 for a bad one."""

import argparse
import json
import shutil
from pathlib import Path

import pytest
from pytest_django import Settings

from upstander.commands import load_facts
from upstander.program.facts.models import Fact

pytestmark = pytest.mark.django_db


def test_it_reports_counts_and_a_second_load_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert load_facts.run(argparse.Namespace(json=True)) == 0
    first = json.loads(capsys.readouterr().out)
    assert load_facts.run(argparse.Namespace(json=True)) == 0
    second = json.loads(capsys.readouterr().out)
    count = Fact.objects.count()
    assert first == {"added": count, "changed": 0, "removed": 0, "unchanged": 0}
    assert second == {"added": 0, "changed": 0, "removed": 0, "unchanged": count}


def test_a_bad_file_is_named_and_nothing_is_written(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CONTENT = tmp_path / "content"
    shutil.copytree(Path(__file__).parents[2] / "content", settings.CONTENT)
    file = settings.CONTENT / "facts" / "counties.yaml"
    file.write_text(file.read_text().replace("kind: rule", "kind: rumor"))
    assert load_facts.run(argparse.Namespace(json=False)) == 1
    assert "counties.yaml:" in capsys.readouterr().err
    assert not Fact.objects.exists()


def test_a_pack_that_names_a_missing_fact_stops_the_load(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CONTENT = tmp_path / "content"
    shutil.copytree(Path(__file__).parents[2] / "content", settings.CONTENT)
    (settings.CONTENT / "facts" / "practice.yaml").unlink()
    assert load_facts.run(argparse.Namespace(json=False)) == 1
    assert "us.2026-01-01.yaml" in capsys.readouterr().err and not Fact.objects.exists()
