"""A package that is asked for when it is first needed."""

import sys
from pathlib import Path

import pytest

from upstander.foundation.kernel import wheels

RUN = "import pathlib, sys\npathlib.Path(__file__).with_name('called').write_text(' '.join(sys.argv[1:]))\n"
BRINGS = RUN + "pathlib.Path(__file__).with_name('brought_package.py').touch()\n"


def test_what_is_there_is_not_installed_again(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(RUN)
    assert wheels.have("pytest", "requirements-x.txt", tmp_path)
    assert not (tmp_path / "called").exists()


def test_what_is_missing_is_installed_by_the_checkouts_own_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    (tmp_path / "run.py").write_text(BRINGS)
    assert wheels.have("brought_package", "requirements-x.txt", tmp_path)
    assert (tmp_path / "called").read_text() == "install requirements-x.txt"


def test_no_set_up_or_one_that_brings_nothing_is_said(tmp_path: Path) -> None:
    assert not wheels.have("absent_package", "requirements-x.txt", tmp_path)
    (tmp_path / "run.py").write_text(RUN)
    assert not wheels.have("absent_package", "requirements-x.txt", tmp_path)
