"""Format, lint, types, import contract, security lint, translations: everything that needs no running programme."""

import argparse
import sys
from pathlib import Path

from upstander.commands import house
from upstander.commands.setup.steps import StepFailed, Steps, explain

BIN = Path(sys.executable).parent
PLACES = ("src", "tests", "run.py")
BANDIT = ("-q", "-c", "pyproject.toml", "-f", "custom", "--msg-template", "{relpath}:{line}: {test_id} {msg}", "-r")
CHECKS: tuple[tuple[str, tuple[str | Path, ...], str], ...] = (
    ("Format", (BIN / "ruff", "format", "--check", *PLACES), "Run .venv/bin/ruff format src tests run.py"),
    (
        "Lint",
        (BIN / "ruff", "check", "--output-format=concise", *PLACES),
        "Each line names file and rule; .venv/bin/ruff rule NAME explains one.",
    ),
    ("Types", (BIN / "mypy",), "Correct the types; `# type: ignore[code]` needs a reason beside it."),
    ("Import contract", (BIN / "lint-imports", "--no-cache"), "An import runs upward: see ARCHITECTURE.md, floors."),
    ("Security lint", (BIN / "bandit", *BANDIT, "src", "run.py"), "See the file and line."),
    (
        "Translations",
        (sys.executable, "-m", "upstander.commands", "translations", "check"),
        "Add the Spanish to the locale folder of the same app.",
    ),
    (
        "Content",
        (sys.executable, "-m", "upstander.commands", "content", "check"),
        "Each line says what is better; the rules stand in content/language.",
    ),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Run all checks, also after one has failed."""
    steps = Steps(house.var() / "log")
    failures = [failure for check in CHECKS if (failure := _failure_of(steps, *check))]
    print(f"{len(CHECKS) - len(failures)} of {len(CHECKS)} checks passed.")
    return 1 if failures else 0


def _failure_of(steps: Steps, name: str, command: tuple[str | Path, ...], advice: str) -> StepFailed | None:
    try:
        steps.run(name, command, advice=advice, cwd=house.ROOT)
    except StepFailed as failure:
        explain(failure)
        return failure
    return None
