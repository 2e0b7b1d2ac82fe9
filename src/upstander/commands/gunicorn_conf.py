"""How the web server runs, in the demo and behind a proxy: two processes of four threads, one copy of the code."""

import os
import sys
from typing import Any

from upstander.commands import leash

wsgi_app = "upstander.config.wsgi:application"
bind = os.environ.get("UPSTANDER_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("UPSTANDER_WEB_PROCESSES", "2"))
worker_class = "gthread"
threads = 4
preload_app = True  # the processes share the memory of the code; nothing may connect before they part
timeout = 30
graceful_timeout = 5
keepalive = 5
loglevel = "error"  # its warnings repeat request lines and addresses
accesslog = None  # our own log lines hold route names, never paths or addresses
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a memory disk, not a shared name
WORKER_BOOT_ERROR = 3  # gunicorn's own word for "do not try again"


def on_starting(_server: Any) -> None:
    leash.wear()


def post_worker_init(_worker: Any) -> None:
    """Refuse to serve with a database role that row security does not bind."""
    from upstander.foundation.kernel.db import serving_role_flaws  # noqa: PLC0415 - after Django is set up

    flaws = serving_role_flaws()
    if flaws:
        print("\n".join([*flaws, "Set DATABASE_URL to the serving role."]), file=sys.stderr, flush=True)
        sys.exit(WORKER_BOOT_ERROR)
