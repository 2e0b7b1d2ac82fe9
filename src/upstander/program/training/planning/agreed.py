"""What a plan holds fast: sessions that are agreed, who is in them, and what people allowed."""

import datetime as dt
from collections.abc import Iterator

from upstander.engines.planning import Assigned, Fixed, Member, Role, Site
from upstander.program.training import states
from upstander.program.training.models import Allowance, Assignment, Session
from upstander.program.training.planning.allowances import as_fixed
from upstander.program.training.planning.calendar import minute_of

ELSEWHERE = "session:"  # begins the ref of a session that is no site of the plan, but fills a member's day


def agreed_sessions(
    agreed: dict[str, Session], elsewhere: list[Session], of_plans: dict[int, bool], first_on: dt.date
) -> Iterator[Fixed]:
    """What is agreed with sites of the plan, and what else fills the days of its members."""
    for session in dict.fromkeys(agreed.values()):
        is_near = session.on < first_on or session.state == states.Session.OPEN  # too late to ask anybody again
        refs = [ref for ref, held in agreed.items() if held == session]
        refs.sort(key=lambda ref: not ref.startswith(session.site.ref))  # the host before its guests
        yield _as_fixed(tuple(refs), session, is_pinned=is_near or of_plans.get(session.pk, True))
    for session in elsewhere:
        yield _as_fixed((ELSEWHERE + session.ref,), session, is_pinned=True)


def allowed_sessions(
    allowed: dict[str, Allowance],
    agreed: dict[str, Session],
    cadre: tuple[Member, ...],
    hosts: dict[str, str],
    sites: tuple[Site, ...],
) -> Iterator[Fixed]:
    """Sessions by exception, unless something else is agreed, the day is over or somebody of the team has gone."""
    here, known = {member.ref for member in cadre}, {site.ref for site in sites}
    for ref, row in allowed.items():
        # A guest's own exception is of the time before it was one.
        if ref in known and ref not in agreed and ref not in hosts and here >= {each["member"] for each in row.team}:
            yield as_fixed(row, tuple(guest for guest, host in hosts.items() if host == ref))


def team_of(session: Session) -> list[Assignment]:
    """Who holds the session."""
    held: list[Assignment] = session.held  # type: ignore[attr-defined]
    return held


def _as_fixed(refs: tuple[str, ...], session: Session, *, is_pinned: bool) -> Fixed:
    team = tuple(Assigned(each.member.ref, Role(each.role)) for each in team_of(session))
    return Fixed(refs, session.on, minute_of(session.starts), team, is_pinned)
