"""The demo and the developer's machine: plain HTTP on localhost, mails stay in the outbox page."""

from upstander.config import env
from upstander.config.settings.base import *  # noqa: F403
from upstander.config.settings.base import VAR

SHOW_DEMO_PEOPLE = True
CLOCK_FILE = env.text("UPSTANDER_CLOCK_FILE", str(VAR / "clock"))
PASSWORD_HASHERS = ["upstander.config.quick_hasher.QuickHasher"]
