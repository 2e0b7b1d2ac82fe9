"""The Nu checker reads every page once, as the server sends it."""

import os
import subprocess
from pathlib import Path

from tests.browser.checks import ROOT
from tests.browser.conftest import PathOf, Visit
from tests.browser.pages import PAGES

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_the_nu_checker_finds_no_error(visit: Visit, path_of: PathOf, tmp_path: Path) -> None:
    assert CHECKER.exists(), "the checker is missing: run `npm ci` in the checkout"
    readers = {person: visit("/en/", person=person, again=True) for person in {shot.person for shot in PAGES}}
    for shot in PAGES:
        for language in ("en", "es"):
            reader = readers[shot.person]
            answer = reader.page.request.get(f"{reader.site}/{language}/{path_of(shot)}")
            (tmp_path / f"{shot.name}-{language}.html").write_bytes(answer.body())
    command = [os.environ.get("JAVA", "java"), "-jar", str(CHECKER), "--errors-only", "--skip-non-html", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr.replace(str(tmp_path), "")
