"""Run the whole test suite, browser tests in a real Chromium included. Further words go to pytest.

A missing browser or Java is installed where that is possible without asking; where it is not, the run fails and
says what to install. Nothing is skipped for want of a tool.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from upstander.commands import house
from upstander.commands.setup.steps import SUMS_VARIABLE, StepFailed, Steps

TAKES_MORE_WORDS = True
# The shell is the same Chromium without its windows, and draws a page in half the time.
BROWSERS = (
    "chromium-headless-shell",
    "/usr/bin/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as tool: print(tool.chromium.executable_path)"
)
MOST_PROCESSES = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many processes share the tests."""
    usual = min(os.cpu_count() or 1, MOST_PROCESSES)
    parser.add_argument("-n", "--processes", type=int, default=usual, help=f"processes that share the tests ({usual})")


def run(options: argparse.Namespace) -> int:
    """Have the tools, then become pytest."""
    steps = Steps(house.var() / "log")
    env = {name: value for name, value in os.environ.items() if name not in {SUMS_VARIABLE, "DATABASE_URL"}}
    env["CHROMIUM"] = _chromium(steps)
    env["JAVA"] = _java(steps)
    # Files begin in the order in which the suite puts them: the longest first, and not those with the most tests. The
    # suite's conftest makes a group of each file, and of a test that is as long as one.
    words = ["-n", str(options.processes), "--dist", "loadgroup", "--no-loadscope-reorder"]
    shared = words if options.processes > 1 else []
    return subprocess.run([sys.executable, "-m", "pytest", *shared, *options.more], cwd=house.ROOT, env=env).returncode


def chromium_here() -> str:
    """The browser that this machine has, or nothing."""
    return _first([os.environ.get("CHROMIUM", ""), *BROWSERS, *MAC_BROWSERS]) or _playwrights_own()


def _chromium(steps: Steps) -> str:
    found = chromium_here()
    if found:
        return found
    advice = "Install Chromium (Debian: apt-get install chromium) or name one: CHROMIUM=/path/to/chromium."
    if _may_install():
        _install(steps, "chromium-headless-shell", advice, otherwise="chromium")
    else:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        steps.run("Fetch Chromium", command, advice=advice, download=True)
    found = chromium_here()
    if not found:
        raise StepFailed(advice)
    return found


def _java(steps: Steps) -> str:
    """Java runs the Nu HTML checker. macOS has a stub `java` that only asks to install one, so it is tried."""
    advice = "Install a Java runtime (Debian: apt-get install default-jre-headless; macOS: brew install openjdk)."
    if not _java_runs() and _may_install():
        _install(steps, "default-jre-headless", advice)
    if not _java_runs():
        raise StepFailed(advice)
    return shutil.which("java") or "java"


def _java_runs() -> bool:
    found = shutil.which("java")
    return bool(found) and subprocess.run([str(found), "-version"], capture_output=True).returncode == 0


def _first(names: list[str] | tuple[str, ...]) -> str:
    return next((found for name in names if name and (found := shutil.which(name))), "")


def _playwrights_own() -> str:
    said = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True).stdout.strip()
    return said if said and Path(said).exists() else ""


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(steps: Steps, package: str, advice: str, otherwise: str = "") -> None:
    """Install a package of the machine's own, or, where its system has none of that name, another."""
    install = "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
    line = f"apt-get update && {install} {package}" + (f" || {install} {otherwise}" if otherwise else "")
    steps.run(f"Install {package}", ["sh", "-c", line], advice=advice, download=True)
