"""The stylesheet and other files built from pinned npm packages. Node comes from the machine, else from the wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from upstander.commands.setup import stamps
from upstander.commands.setup.environment import NETWORK_ADVICE, NODE, Environment
from upstander.commands.setup.steps import Steps

OLDEST_NODE = 18
SOURCES = "frontend"


def ensure(root: Path, environment: Environment, steps: Steps) -> None:
    """Install the npm packages and build what the pages need of them; quick when stamps say it is done."""
    manifest = [root / "package.json", root / "package-lock.json"]
    if not manifest[0].exists():
        return
    modules, built = root / "node_modules" / ".stamp", root / "var" / "styles.stamp"
    packages_value = stamps.fingerprint(manifest, str(root))
    styles_value = stamps.fingerprint(_inputs(root), packages_value)
    fresh = stamps.is_current(modules, packages_value)
    if fresh and stamps.is_current(built, styles_value) and _built_folder(root).is_dir():
        return
    env = _with_node(environment)
    if not fresh:
        modules.unlink(missing_ok=True)
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        steps.run("Fetch npm packages", install, advice=NETWORK_ADVICE, download=True, env=env, cwd=root)
        stamps.write_whole(modules, packages_value)
    built.unlink(missing_ok=True)
    advice = "The stylesheet did not build: the log names the file and line."
    steps.run("Build the stylesheet", ["npm", "run", "build"], advice=advice, env=env, cwd=root)
    stamps.write_whole(built, styles_value)


def _built_folder(root: Path) -> Path:
    return root / "src" / "upstander" / "web" / "shared" / "static" / "built"


def _inputs(root: Path) -> list[Path]:
    return [file for file in (root / SOURCES).rglob("*") if file.is_file()]


def _with_node(environment: Environment) -> dict[str, str]:
    """The process environment in which `node` and `npm` are found."""
    # Networks that look into TLS have their root in the system's store, which Node reads only when asked.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    if not _machine_has_node():
        environment.ensure(NODE)
        env["PATH"] = f"{environment.python.parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    return env


def _machine_has_node() -> bool:
    if os.environ.get("UPSTANDER_NODE") == "wheel" or not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    return version is not None and int(version[1]) >= OLDEST_NODE
