"""The private cluster's life: both routes, crashes, several users."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.plugins.server import open_folder

from upstander.commands import programs
from upstander.commands.cluster import ADMIN, Cluster, home_for, socket_folder
from upstander.commands.programs import NoPrograms, Programs

ROOT = Path(__file__).resolve().parents[2]
OWNER = """
import sys, time
from pathlib import Path
from upstander.commands.cluster import Cluster
from upstander.commands.programs import Programs
home, folder, major, route = sys.argv[1:]
Cluster(Path(home), Programs(Path(folder), int(major), route)).start()
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture(params=["machine", "wheel"])
def found(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Programs:
    monkeypatch.setenv(programs.ROUTE_VARIABLE, request.param)
    if request.param == "machine" and not programs.on_this_machine():
        pytest.skip("this machine has no PostgreSQL of its own; the wheel's route is tested beside this")
    return programs.find(open_folder(), ROOT)


@pytest.fixture
def cluster(found: Programs) -> Iterator[Cluster]:
    cluster = Cluster(open_folder(), found, durable=False)
    yield cluster
    cluster.stop()
    cluster.remove()


def _ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.url(ADMIN, "postgres"), autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_a_new_cluster_answers_and_sorts_by_code_point(cluster: Cluster) -> None:
    cluster.start()
    assert _ask(cluster, "SELECT string_agg(x, '' ORDER BY x) FROM (VALUES ('a'), ('Z'), ('é'), ('z')) v(x)") == "Zazé"
    assert _ask(cluster, "SHOW listen_addresses") == ""


def test_stopping_leaves_nothing_running_and_starting_again_keeps_the_data(cluster: Cluster) -> None:
    cluster.start()
    _ask(cluster, "CREATE TABLE kept AS SELECT 7 AS x")
    cluster.stop()
    assert not cluster.answers()
    cluster.start()
    assert _ask(cluster, "SELECT x FROM kept") == 7


def test_it_starts_again_after_the_server_was_killed(cluster: Cluster) -> None:
    cluster.durable = True
    cluster.start()
    _ask(cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    server = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    cluster.start()
    assert _ask(cluster, "SELECT count(*) FROM kept") == 1000


def test_a_lock_file_that_names_a_stranger_is_not_believed(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    cluster.start()
    assert cluster.answers()


def test_an_initdb_that_was_killed_is_begun_anew(cluster: Cluster) -> None:
    half = cluster.home / "data.new-1"
    half.mkdir()
    (half / "PG_VERSION").write_text("15\n")
    cluster.start()
    assert cluster.answers()
    assert not half.exists()


def test_the_last_user_stops_the_server(cluster: Cluster) -> None:
    cluster.start()
    other = Cluster(cluster.home, cluster.programs, durable=False)
    other.start()
    cluster.stop()
    assert other.answers()
    other.stop()
    assert not other.answers()


def test_the_server_ends_when_its_owner_is_killed(cluster: Cluster) -> None:
    found = cluster.programs
    words = [str(word) for word in (cluster.home, found.folder, found.major, found.route)]
    owner = subprocess.Popen([sys.executable, "-c", OWNER, *words], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    assert owner.stdout.readline() == "up\n"
    owner.kill()
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + 10
    while cluster.answers() and time.monotonic() < until:
        time.sleep(0.1)
    assert not cluster.answers()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    assert socket_folder(Path("/srv/upstander")) == Path("/srv/upstander/run")
    long = socket_folder(tmp_path / ("x" * 100))
    assert len(str(long)) < 60


def test_a_route_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(programs.ROUTE_VARIABLE, "cloud")
    with pytest.raises(NoPrograms, match="machine or wheel"):
        programs.find(tmp_path, ROOT)


def test_the_cluster_lives_in_var_unless_the_servers_account_cannot_enter_it() -> None:
    var = open_folder()
    assert home_for(var) == var / "postgres"
    var.chmod(0o700)
    assert (home_for(var) == var / "postgres") == (os.geteuid() != 0)
