"""The checkout's folders and the process environment that every command works in."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from upstander.commands.setup import stamps

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "upstander"
SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE"
LONG_WORK_VARIABLE = "UPSTANDER_LONG_WORK"
DEMO_SETTINGS = "upstander.config.settings.demo"
DEMO_KEYS = (("SECRET_KEY", "secret-key", 48), ("UPSTANDER_VAULT_KEYS", "vault-key", 32))  # variable, file, bytes


def var() -> Path:
    """Where everything lives that is made at run time and may be deleted."""
    return Path(os.environ.get("UPSTANDER_VAR", "") or ROOT / "var")


def name_settings() -> None:
    """Settle which settings hold: the demo's unless the environment says otherwise. Only the demo makes its keys."""
    os.environ.setdefault(SETTINGS_VARIABLE, DEMO_SETTINGS)
    if os.environ[SETTINGS_VARIABLE] == DEMO_SETTINGS:
        for variable, name, size in DEMO_KEYS:
            os.environ[variable] = os.environ.get(variable, "") or _demo_key(name, size)


def take_time() -> None:
    """Lift the limits that a page has in the database: this process works long, and nobody waits for its answer."""
    os.environ[LONG_WORK_VARIABLE] = "true"


def migrations_fingerprint() -> str:
    """What the database's shape depends on: every migration of ours, and the pinned packages with theirs."""
    return stamps.fingerprint([*SOURCE.rglob("migrations/*.py"), ROOT / "requirements.txt"])


def house_fingerprint() -> str:
    """What set-up depends on as a whole: code, templates, static files and content."""
    return stamps.quick_fingerprint(_sources(), str(ROOT))


def _sources() -> Iterator[Path]:
    yield ROOT / "requirements.txt"
    for folder in (SOURCE, ROOT / "content"):
        for file in folder.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".mo":
                yield file


def _demo_key(name: str, size: int) -> str:
    file = var() / name
    if not file.exists():
        stamps.write_whole(file, secrets.token_urlsafe(size), mode=0o600)
    return file.read_text()
