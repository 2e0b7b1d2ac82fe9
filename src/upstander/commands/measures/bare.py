"""The least a server can do: the same few bytes for every request, without Django. Beside it pages are measured."""

import os
from collections.abc import Callable

BODY = b"x" * int(os.environ.get("UPSTANDER_BENCH_BYTES", "2"))


def application(_environ: dict[str, object], start: Callable[..., object]) -> list[bytes]:
    """Answer from memory."""
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))])
    return [BODY]
