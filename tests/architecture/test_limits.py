"""Limits we set ourselves: length of files and functions, mocks, addresses in lock files."""

import ast
import re
from pathlib import Path

from tests.architecture.house import ROOT, python_files

LONGEST_FILE = 450
LONG_FUNCTION = 50
SHARE_OF_LONG_FUNCTIONS = 0.01


def lengths() -> dict[str, int]:
    found = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                found[f"{path.name}:{node.name}:{node.lineno}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    return found


def test_no_file_is_longer_than_the_limit() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in python_files() if (n := len(p.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_nine_files_of_ten_fit_on_a_few_screens() -> None:
    sizes = sorted(len(path.read_text().splitlines()) for path in python_files())
    assert sizes[int(len(sizes) * 0.9)] <= 250


def test_functions_are_short() -> None:
    sizes = sorted(lengths().values())
    assert sizes[int(len(sizes) * 0.9)] <= 22
    assert sum(size > LONG_FUNCTION for size in sizes) / len(sizes) <= SHARE_OF_LONG_FUNCTIONS


def test_lock_files_record_no_address() -> None:
    files = [*ROOT.glob("requirements*.txt"), *ROOT.glob("package-lock.json"), ROOT / ".npmrc"]
    guilty = [path.name for path in files if re.search(r'https?://|"resolved"', path.read_text())]
    assert guilty == []


def test_the_suite_mocks_nothing_of_our_own() -> None:
    tests = [p for p in (ROOT / "tests").rglob("*.py") if p != Path(__file__)]
    assert [p.name for p in tests if re.search(r"unittest\.mock|mocker\.|MagicMock", p.read_text())] == []
