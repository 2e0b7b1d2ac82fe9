"""Packages that only some districts ever need: installed by the checkout's own set-up when they are first asked for."""

import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path


def have(package: str, requirements: str, root: Path) -> bool:
    """Whether `package` can be imported, after trying to install the hashed file `requirements` where it cannot.

    Quick when it is there. Otherwise `run.py install` adds it to this very environment, once, however many ask at a
    time. False where there is no `run.py` (an installation by other means) or no network: say then what to install.
    """
    if importlib.util.find_spec(package) is None and (root / "run.py").exists():
        subprocess.run([sys.executable, str(root / "run.py"), "install", requirements], check=False)
        importlib.invalidate_caches()
    return importlib.util.find_spec(package) is not None
