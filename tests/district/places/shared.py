"""Where the real directories are, and how tests say that they are missing."""

import os
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
CONTENT = ROOT / "content"
SHARED = Path(os.environ.get("UPSTANDER_SHARED", "") or ROOT.parent / "shared" / "data")


def shared_file(name: str) -> Path:
    """A real directory; the test is skipped, saying where it was looked for, when it is not on this machine."""
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not in {SHARED}; set UPSTANDER_SHARED to the folder with the real school directories.")
    return SHARED / name


def without_limits() -> None:
    """Lift the serving role's limits for this transaction, as the command that loads a directory does."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
