"""Which sites come to a session at another: one place that says who is a guest now."""

from django.db.models import Prefetch, QuerySet

from upstander.program.training.models import Request, Session, SessionGuest


def guests_of(session: Session) -> list[SessionGuest]:
    """The session's guests that have not left, by name, each with its site and its own request."""
    return list(_live().filter(session=session))


def guests_now() -> "Prefetch[str, QuerySet[SessionGuest], str]":
    """To read sessions with their guests, as `here`."""
    return Prefetch("guests", _live(), to_attr="here")


def visit_of(request: Request) -> SessionGuest | None:
    """Where the request's site is a guest now, with that session and its site."""
    found = SessionGuest.objects.filter(request=request, left_at__isnull=True)
    return found.select_related("session__site", "session__request", "site", "request").first()


def _live() -> QuerySet[SessionGuest]:
    found = SessionGuest.objects.filter(left_at__isnull=True).select_related("site", "request__requested_by")
    return found.order_by("site__sort_key", "id")
