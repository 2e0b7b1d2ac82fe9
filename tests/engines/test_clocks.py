"""A legal clock counts real hours, and a wall time that happened twice or never is told, not guessed."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from upstander.engines.clocks import Ambiguous, ElapsedHours, Exact, Missing, Spoken, due, read_wall_time, spoken

GOLDEN = list(
    csv.DictReader(
        (Path(__file__).parent.parent / "golden" / "report_clock.csv").read_text(encoding="utf-8").splitlines()
    )
)
ZONES = ["America/Los_Angeles", "America/New_York", "America/Phoenix", "Pacific/Honolulu", "Australia/Lord_Howe"]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def expected_reading(row: dict[str, str]) -> Exact | Ambiguous | Missing:
    if row["reading"] == "exact":
        return Exact(moment(row["moment"]))
    if row["reading"] == "ambiguous":
        return Ambiguous(moment(row["moment"]), moment(row["later_moment"]))
    return Missing()


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["note"])
def test_golden_wall_time(row: dict[str, str]) -> None:
    assert read_wall_time(datetime.fromisoformat(row["wall"]), ZoneInfo(row["zone"])) == expected_reading(row)


@pytest.mark.parametrize("row", [row for row in GOLDEN if row["due"]], ids=lambda row: row["note"])
def test_golden_due(row: dict[str, str]) -> None:
    result = due(moment(row["moment"]), ElapsedHours("written", int(row["hours"])), ZoneInfo(row["zone"]))
    assert result.astimezone(UTC) == moment(row["due"])
    assert result.replace(tzinfo=None, fold=0) == datetime.fromisoformat(row["due_wall"])


def moments_by_scanning(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """Oracle written another way: try every quarter hour of UTC offset and keep the moments that show this wall."""
    candidates = [wall.replace(tzinfo=UTC) - timedelta(minutes=15 * step) for step in range(-56, 57)]
    return sorted(at for at in candidates if at.astimezone(zone).strftime("%F %T") == wall.strftime("%F %T"))


@settings(deadline=None)
@given(
    wall=st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
@example(wall=datetime(2026, 3, 8, 2, 30), zone=ZoneInfo("America/New_York"))
@example(wall=datetime(2026, 11, 1, 1, 30), zone=ZoneInfo("America/New_York"))
def test_reading_agrees_with_the_oracle(wall: datetime, zone: ZoneInfo) -> None:
    match read_wall_time(wall, zone):
        case Exact(at):
            assert moments_by_scanning(wall, zone) == [at]
        case Ambiguous(earlier, later):
            assert moments_by_scanning(wall, zone) == [earlier, later]
        case Missing():
            assert moments_by_scanning(wall, zone) == []


@settings(deadline=None)
@given(
    hour=st.integers(-200, 9_000),
    hours=st.integers(1, 400),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_due_counts_real_seconds(hour: int, hours: int, zone: ZoneInfo) -> None:
    received = datetime.fromtimestamp(1_767_225_600 + hour * 3600, zone)
    assert due(received, ElapsedHours("any", hours), zone).timestamp() - received.timestamp() == hours * 3600


def test_a_clock_never_starts_from_a_time_without_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        due(datetime(2026, 1, 1, 12), ElapsedHours("written", 36), ZoneInfo("America/Los_Angeles"))
    with pytest.raises(ValueError, match="offset"):
        read_wall_time(datetime(2026, 1, 1, 12, tzinfo=UTC), ZoneInfo("America/Los_Angeles"))


def test_a_duty_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="0 hours"):
        ElapsedHours("written", 0)


def test_a_moment_is_spoken_as_the_golden_table_says() -> None:
    with (Path(__file__).parents[1] / "golden" / "clock_words.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [spoken(datetime.fromisoformat(row["moment"]), ZoneInfo(row["zone"])) for row in rows]
    assert found == [Spoken(*(int(row[name]) for name in ("weekday", "hour", "minute", "part"))) for row in rows]
