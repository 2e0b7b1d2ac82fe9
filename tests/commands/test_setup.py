"""Set-up before anything is installed: stamps, an environment that was left half-made, steps that fail."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from upstander.commands.setup import environment, stamps
from upstander.commands.setup.environment import COVERS, Environment
from upstander.commands.setup.steps import StepFailed, Steps, explain

ROOT = Path(__file__).resolve().parents[2]
SETUP = [ROOT / "run.py", *sorted((ROOT / "src/upstander/commands/setup").glob("*.py"))]


def _imported(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("file", SETUP, ids=lambda file: file.name)
def test_set_up_needs_nothing_but_the_standard_library(file: Path) -> None:
    ours = {name for name in _imported(file) if name.startswith("upstander.commands.setup")}
    assert {name.split(".")[0] for name in _imported(file) - ours} <= set(sys.stdlib_module_names)


def test_run_py_can_be_read_by_a_python_that_is_too_old() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 7))


def test_the_pins_for_developing_hold_all_pins_for_running() -> None:
    def pins(name: str) -> set[str]:
        return {line.split(" ")[0] for line in (ROOT / name).read_text().splitlines() if "==" in line}

    for larger, smaller_ones in COVERS.items():
        for smaller in smaller_ones:
            assert pins(smaller) <= pins(larger)


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda file: file.name)
def test_requirements_name_no_address_and_hash_everything(file: Path) -> None:
    text = file.read_text()
    assert "://" not in text
    assert all(line.endswith("\\") for line in text.splitlines() if "==" in line and not line.startswith("#"))


def test_a_fingerprint_changes_with_any_byte_name_or_word(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    first = stamps.fingerprint([one, two])
    assert stamps.fingerprint([two, one]) == first
    assert stamps.fingerprint([one, two], "word") != first
    one.write_text("a")
    two.write_text("bc")
    assert stamps.fingerprint([one, two]) != first


def test_a_stamp_counts_only_for_its_own_value(tmp_path: Path) -> None:
    stamp = tmp_path / "deep" / "stamp"
    assert not stamps.is_current(stamp, "a")
    stamps.write_whole(stamp, "a")
    assert stamps.is_current(stamp, "a")
    assert not stamps.is_current(stamp, "b")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A checkout that needs no package at all, so that real environments are made in a second or two."""
    for name in (environment.RUN, environment.DEVELOP):
        (tmp_path / name).write_text("# nothing\n")
    monkeypatch.setattr("shutil.which", lambda name: None)
    return Environment(tmp_path, Steps(tmp_path / "log"))


def _prefix(made: Environment) -> str:
    asked = [str(made.python), "-c", "import sys; print(sys.prefix); print([p for p in sys.path if p.endswith('src')])"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def test_an_environment_is_made_once_and_a_killed_one_is_made_anew(checkout: Environment) -> None:
    (checkout.root / "src").mkdir()
    checkout.ensure(environment.DEVELOP)
    assert _prefix(checkout) == f"{checkout.folder}\n['{checkout.root}/src']\n"
    made_at = (checkout.folder / "pyvenv.cfg").stat().st_mtime_ns
    checkout.ensure(environment.DEVELOP)
    checkout.ensure(environment.RUN)  # covered by the larger file
    assert (checkout.folder / "pyvenv.cfg").stat().st_mtime_ns == made_at

    (checkout.folder / ".changing").touch()  # what a kill in the middle of an install leaves
    checkout.python.unlink()
    checkout.ensure(environment.RUN)
    assert (checkout.folder / "pyvenv.cfg").stat().st_mtime_ns > made_at
    assert _prefix(checkout).startswith(str(checkout.folder))


def test_a_failing_step_shows_the_end_of_its_log_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = Steps(tmp_path)
    script = "print('\\n'.join(f'line {n}' for n in range(100))); raise SystemExit(3)"
    with pytest.raises(StepFailed) as failed:
        steps.run("Do it", [sys.executable, "-c", script], advice="Do it by hand.")
    explain(failed.value)
    said = capsys.readouterr().out
    assert "failed" in said
    assert "line 99" in said
    assert "line 79" not in said
    assert "What to do: Do it by hand." in said
    assert str(tmp_path / "do-it.log") in said


def test_work_and_downloads_are_counted_apart(tmp_path: Path) -> None:
    steps = Steps(tmp_path)
    steps.run("Fetch", [sys.executable, "-c", "import time; time.sleep(0.2)"], advice="", download=True)
    assert steps.work_seconds == 0
    assert steps.download_seconds >= 0.2
