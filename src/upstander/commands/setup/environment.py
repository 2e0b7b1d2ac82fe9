"""The Python environment `.venv`: made once, filled from hashed requirement files, made anew when left half-made."""

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

from upstander.commands.setup import stamps
from upstander.commands.setup.steps import StepFailed, Steps

RUN = "requirements.txt"
DEVELOP = "requirements-dev.txt"
NODE = "requirements-node.txt"
PLANNING = "requirements-planning.txt"
# A file that holds all pins of another stands in for it (a test compares them).
COVERS = {DEVELOP: (RUN, PLANNING)}
NETWORK_ADVICE = (
    "If the log speaks of the network: check the connection, or set the proxy and the package index as your "
    "organisation says, then run the same command again."
)


Words = list[str | Path]


class Environment:
    """The environment of one checkout. `ensure` is quick when there is nothing to do."""

    def __init__(self, root: Path, steps: Steps) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.steps = steps
        self._half_made = self.folder / ".changing"

    def ensure(self, requirements: str) -> None:
        """Have every package of the requirement file installed; does nothing when a stamp says so."""
        if self._is_whole() and stamps.is_current(self._stamp(requirements), self._value(requirements)):
            return
        uv = shutil.which("uv")
        if uv is None or not self._with_uv(uv, requirements):
            self._with_pip(requirements)
        self._name_source()
        for covered in (requirements, *COVERS.get(requirements, ())):
            stamps.write_whole(self._stamp(covered), self._value(covered))
        self._half_made.unlink()

    def _is_whole(self) -> bool:
        return self.python.exists() and not self._half_made.exists()

    def _stamp(self, requirements: str) -> Path:
        return self.folder / "stamps" / requirements

    def _value(self, requirements: str) -> str:
        # The folder's own name is in it: a moved checkout has an environment that points to the old place.
        return stamps.fingerprint([self.root / requirements], (self.folder / "pyvenv.cfg").read_text())

    def _with_uv(self, uv: str, requirements: str) -> bool:
        """Install with uv; False when uv is there but cannot do it, so that pip gets its turn."""
        try:
            if not self._begin_change():
                make: Words = [uv, "venv", "--quiet", "--python", sys.executable, self.folder]
                self.steps.run("Make the Python environment (uv)", make, advice="Falling back to pip.")
                self._half_made.touch()
            install: Words = [uv, "pip", "install", "--python", self.python, "--require-hashes", "--compile-bytecode"]
            install += ["--system-certs", "-r", self.root / requirements]
            output = self.steps.run(f"Install {_count(self.root / requirements)} packages (uv)", install, advice="")
        except StepFailed as failure:
            print(f"  uv could not do it (see {failure.log}); going on with pip.")
            return False
        fetched = _seconds_uv_fetched(output)
        self.steps.add(fetched, download=True)
        self.steps.add(-fetched, download=False)
        return True

    def _with_pip(self, requirements: str) -> None:
        if not self._begin_change():
            self._make_with_pip()
            self._half_made.touch()
        if not self._has_pip():  # uv makes environments without it
            add: Words = [self.python, "-m", "ensurepip"]
            self.steps.run("Add pip", add, advice=f"Remove {self.folder} and run the command again.")
        wheels = self.folder / "fetched"
        pip: Words = [self.python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
        hashed: Words = ["--require-hashes", "--no-deps", "-r", self.root / requirements]
        count = _count(self.root / requirements)
        fetch: Words = [*pip, "download", "--only-binary", ":all:", "--dest", wheels, *hashed]
        self.steps.run(f"Fetch {count} packages", fetch, advice=NETWORK_ADVICE, download=True)
        install: Words = [*pip, "install", "--no-compile", "--no-index", "--find-links", wheels, *hashed]
        advice = f"Remove {self.folder} and try again."
        self.steps.run(f"Install {count} packages", install, advice=advice)
        shutil.rmtree(wheels)
        # What pip would do with one processor; the first start of each program would do it again and again.
        compile_all: Words = [self.python, "-m", "compileall", "-qq", "-j", "0", self.folder / "lib"]
        self.steps.run("Compile them", compile_all, advice=advice)

    def _begin_change(self) -> bool:
        """Mark the environment as half-made; False when there is none or it was left so, and it must be made anew."""
        if self._is_whole() and ((self.folder / "stamps").exists() or self._runs_us()):
            self._half_made.touch()
            return True
        shutil.rmtree(self.folder, ignore_errors=True)
        return False

    def _runs_us(self) -> bool:
        """Whether a command of this very environment called for one more package: then it must not be swept away."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def _has_pip(self) -> bool:
        return bool(list(self.folder.glob("lib/python3*/site-packages/pip")))

    def _make_with_pip(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            self._install_venv_support()
        make: Words = [sys.executable, "-m", "venv", "--clear", self.folder]
        self.steps.run("Make the Python environment", make, advice="Read the log above and run the command again.")

    def _install_venv_support(self) -> None:
        """Debian and Ubuntu part `venv` from Python: as root we may add it, otherwise we say how."""
        line = "apt-get update && apt-get install -y python3-venv"
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            raise StepFailed(f"This Python cannot make environments. Install that part once (sudo sh -c '{line}').")
        self.steps.run("Install python3-venv", ["sh", "-c", line], advice=f"Run yourself: {line}", download=True)

    def _name_source(self) -> None:
        """Put `src` on the path of the environment (pip refuses an editable install beside hashes)."""
        for packages in self.folder.glob("lib/python3*/site-packages"):
            stamps.write_whole(packages / "upstander.pth", f"{self.root / 'src'}\n")


def _count(requirements: Path) -> int:
    return len(re.findall(r"^[A-Za-z0-9._-]+==", requirements.read_text(), re.MULTILINE))


def _seconds_uv_fetched(output: str) -> float:
    """uv fetches and installs in one go, but says how long finding and fetching took."""
    found = re.findall(r"^(?:Resolved|Prepared) .* in (?:(\d+)m )?([\d.]+)(ms|s)$", output, re.MULTILINE)
    return sum(
        60 * int(minutes or 0) + float(number) / (1000 if unit == "ms" else 1) for minutes, number, unit in found
    )
