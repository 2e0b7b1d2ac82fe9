"""The one line that is written about a request. Never a path, an address or anything that a visitor sent."""

import logging
import time

from django.urls import ResolverMatch

from upstander.foundation.kernel.refs import new_ref

log = logging.getLogger("upstander.request")


def log_request(started: float, match: ResolverMatch | None, *, method: str, status: int, queries: int) -> None:
    """One JSON line: the request's ref, route name, status, milliseconds since `started`, queries."""
    fields = {
        "request": new_ref(),
        "route": match.view_name if match else "",
        "method": method,
        "status": status,
        "ms": round((time.perf_counter() - started) * 1000, 1),
        "queries": queries,
    }
    log.info("request", extra={"fields": fields})
