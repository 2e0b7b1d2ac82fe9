"""A private PostgreSQL cluster: made, started and stopped by us, reachable through a socket file only.

Several processes may use one cluster. Each holds a shared lock on `users.lock`; whoever ends last stops the server.
A lock goes with its process, so neither a crash nor `kill -9` leaves a wrong count. A small guard process waits for
the end of the process that started the server and stops it if that process could not.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from upstander.commands.programs import Account, Programs, data_name, server_account

ADMIN = "upstander_admin"
START_SECONDS = 60
SOCKET_PATH_LIMIT = 100  # the system's own is 103 (macOS) or 107 bytes
SOCKET_NAME = ".s.PGSQL.5432"
MAX_CONNECTIONS = 60
# No statistics either: tests roll back what they write, and a planner that believes in empty tables plans for them.
THROW_AWAY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")


class ClusterFailed(Exception):
    """The server did not start or stop; `log` holds its own words."""

    def __init__(self, message: str, log: Path) -> None:
        super().__init__(message)
        self.log = log


class Cluster:
    """One cluster below `home`. `durable=False` trades safety against power loss for speed (tests)."""

    def __init__(self, home: Path, programs: Programs, *, durable: bool = True) -> None:
        self.home = home
        self.programs = programs
        self.durable = durable
        self.data = home / data_name(programs)
        self.log = home / "postgresql.log"
        self.sockets = socket_folder(home)
        self.account = server_account()
        self._users: IO[str] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str) -> str:
        """The address of a database for a role, in the form that settings read."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"

    def answers(self) -> bool:
        """Whether a connection is possible. The only trusted sign of life: process lists show zombies."""
        try:
            psycopg.connect(self.url(ADMIN, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Make the cluster if it is new, start the server if it does not answer, and count ourselves as a user."""
        with self._alone():
            if not self.data.exists():
                self._make()
            self._write_settings()
            if not self.answers():
                self._start_server()
            if self._users is None:
                self._users = (self.home / "users.lock").open("a")
                fcntl.flock(self._users, fcntl.LOCK_SH)
                self._guard = _start_guard(self)

    def stop(self) -> None:
        """Stop using the cluster, and stop the server when nobody else uses it."""
        if self._guard:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None
        if self._users:
            self._users.close()
            self._users = None
        self.stop_if_unused()

    def stop_if_unused(self) -> None:
        """Stop the server unless some process still counts as its user."""
        with self._alone(), (self.home / "users.lock").open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if (self.data / "postmaster.pid").exists():
                self._as_server("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "30", "stop")

    def remove(self) -> None:
        """Delete all of it from the disk; the server must have been stopped."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.sockets, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o755)
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        """initdb into a draft folder that gets its name when it is complete; drafts of killed starts are removed."""
        for old in self.home.glob("data.new-*"):
            shutil.rmtree(old, ignore_errors=True)  # the initdb of a killed start may still be writing in it
        draft = self.home / f"data.new-{secrets.token_hex(4)}"
        _own_folder(draft, self.account)
        done = self._as_server(
            "initdb", "-D", draft, "-U", ADMIN, "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8",
            *_locale_flags(self.programs.major), *(() if self.durable else ("--no-sync",)),
        )  # fmt: skip
        if done.returncode != 0:
            self._append_log(done.stdout)
            raise ClusterFailed("PostgreSQL could not make its data folder.", self.log)
        with (draft / "postgresql.conf").open("a") as settings:
            settings.write("include = 'upstander.conf'\n")
        draft.rename(self.data)

    def _write_settings(self) -> None:
        """Settings are a file and not arguments, so that no shell reads the paths in them."""
        _own_folder(self.sockets, self.account)
        lines = [
            "unix_socket_directories = '{}'".format(str(self.sockets).replace("'", "''")),
            "listen_addresses = ''",
            f"max_connections = {MAX_CONNECTIONS}",
            "timezone = 'UTC'",
            "log_min_duration_statement = -1",
            "log_parameter_max_length_on_error = 0",  # an error's log line shows no value a person typed
            *(() if self.durable else THROW_AWAY),
        ]
        (self.data / "upstander.conf").write_text("\n".join(lines) + "\n")

    def _start_server(self) -> None:
        """Start and wait. After a crash, memory of the dead server may be held for seconds: try again meanwhile."""
        self.log.touch()
        os.chown(self.log, self.account.uid, self.account.gid)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            pid_file = self.data / "postmaster.pid"
            if pid_file.exists() and not _is_postgres(pid_file):
                pid_file.unlink(missing_ok=True)
            if not pid_file.exists():
                # Without -l the server would inherit our pipes and whoever reads them would wait for ever.
                self._as_server("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "20", "start")
            if self.answers():
                return
            time.sleep(0.2)
        raise ClusterFailed(f"PostgreSQL did not answer within {START_SECONDS} s.", self.log)

    def _as_server(self, program: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [self.programs[program], *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env=env | {"LC_ALL": "C"},
            **self.account.as_arguments(),
        )

    def _append_log(self, text: str) -> None:
        with self.log.open("a") as log:
            log.write(text)


def home_for(var: Path) -> Path:
    """Where the cluster lives: in `var`, or, when we are root and the server's account cannot enter that, below
    /var/lib."""
    if os.geteuid() != 0 or all(folder.stat().st_mode & 0o001 for folder in (var, *var.parents)):
        return var / "postgres"
    return Path("/var/lib/upstander") / _short_name(var)


def socket_folder(home: Path) -> Path:
    """A folder for the socket whose path is short enough for the system."""
    inside = home / "run"
    if len(os.fsencode(inside / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return inside
    return Path("/tmp") / f"upstander-{os.geteuid()}-{_short_name(home)}"  # noqa: S108 - owner and mode are checked


def _short_name(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]


def _own_folder(folder: Path, account: Account) -> None:
    """Make the folder readable by the server's account alone; a stranger's folder of that name is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), account.uid}:
        raise PermissionError(f"{folder} belongs to somebody else. Remove it and start again.")
    os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def _locale_flags(major: int) -> list[str]:
    """Code point order everywhere: the same on every machine, and slim systems have no other locale."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    if sys.platform == "darwin":
        return ["--locale=C", "--lc-ctype=UTF-8"]
    return ["--locale=C.UTF-8"]


def _is_postgres(pid_file: Path) -> bool:
    """Whether the process named in the lock file is a living server: zombies and strangers with its number are not."""
    pid = (re.findall(r"^\d+$", pid_file.read_text(), re.MULTILINE) or ["0"])[0]
    if Path("/proc/self/stat").exists():
        try:
            words = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return False
        name, state = words[words.index("(") + 1 : words.rindex(")")], words[words.rindex(")") + 2]
        return name == "postgres" and state != "Z"
    said = subprocess.run(["ps", "-o", "stat=,comm=", "-p", pid], capture_output=True, text=True, check=False).stdout
    return "postgres" in said and not said.lstrip().startswith("Z")


def _start_guard(cluster: Cluster) -> "subprocess.Popen[bytes]":
    """A shell that reads from us until we are gone, by whatever end, and then stops the unused server.

    Its own session keeps Ctrl-C away from it, and a sleeping shell costs under a megabyte.
    """
    programs = cluster.programs
    after = [sys.executable, "-m", "upstander.commands.guard", cluster.home, programs.folder, programs.major]
    after += [programs.route, "leave" if cluster.durable else "remove"]
    return subprocess.Popen(
        ["/bin/sh", "-c", 'read -r _; exec "$@"', "guard", *map(str, after)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )
